import type { CellError } from '../link.ts';
import { excerptOf, type Problem } from './problems.ts';

/** A cell with type errors. */
export interface ProblemList {
  /** `In[3]`. */
  readonly name: string;
  readonly code: string;
  readonly problems: readonly Problem[];
}

/** MIME type of the list as data, for a frontend that shows problems by itself. */
export const PROBLEMS_MIME = 'application/vnd.elara.diagnostics+json';

const RED = '\u001b[31m';
const RESET = '\u001b[39m';

/** display_data for a cell that runs all the same. */
export function problemBundle(list: ProblemList): Record<string, unknown> {
  return {
    'text/plain': list.problems.map((problem) => plainLines(list, problem, 'warning').join('\n')).join('\n\n'),
    'text/html': html(list),
    [PROBLEMS_MIME]: {
      cell: list.name,
      diagnostics: list.problems.map((problem) => ({ ...problem, severity: 'warning', source: 'ts' })),
    },
  };
}

/** The error of a cell that does not run. */
export function problemError(list: ProblemList): CellError {
  const [first, ...others] = list.problems;
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return {
    ename: 'TypeCheckError',
    evalue: first === undefined ? '' : `TS${first.code}: ${first.message}${more}`,
    traceback: list.problems.flatMap((problem) => colouredLines(list, problem)),
  };
}

/** The error of a cell that has to be checked and cannot be. */
export function uncheckedError(reason: string): CellError {
  const evalue = `types could not be checked: ${reason}. '%check warn' runs cells all the same.`;
  return { ename: 'TypeCheckError', evalue, traceback: [`TypeCheckError: ${evalue}`] };
}

function plainLines({ name, code }: ProblemList, problem: Problem, severity: string): string[] {
  const { line, marks } = excerptOf(code, problem);
  const { start, message } = problem;
  return [`${name}:${start.line}:${start.column} - ${severity} TS${problem.code}: ${message}`, '', line, marks];
}

function colouredLines({ name, code }: ProblemList, problem: Problem): string[] {
  const { line, marks } = excerptOf(code, problem);
  const { start, message } = problem;
  return [
    `${name}:${start.line}:${start.column} - error TS${problem.code}: ${message}`,
    line,
    `${RED}${marks}${RESET}`,
  ];
}

function html({ name, code, problems }: ProblemList): string {
  const items = problems.map((problem) => {
    const { line, marks } = excerptOf(code, problem);
    const { start, message } = problem;
    const from = marks.indexOf('^');
    const to = marks.length;
    const [before, at, after] = [line.slice(0, from), line.slice(from, to), line.slice(to)].map(escapeHtml);
    return (
      `<div style="margin:2px 0"><span style="color:#b58900">⚠ ${escapeHtml(name)}:${start.line}:${start.column}</span>` +
      ` <span style="opacity:.6">TS${problem.code}</span> ${escapeHtml(message)}` +
      `<pre style="margin:2px 0 4px 1.4em;padding:0;background:none">${before}` +
      `<span style="text-decoration:underline wavy #b58900">${at}</span>${after}</pre></div>`
    );
  });
  return `<div class="elara-diagnostics" style="font-size:smaller">${items.join('')}</div>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
