import { helpQuestion } from './help.ts';
import { findLineCommands } from './line-commands.ts';
import { readCell } from './parse.ts';
import { type Token, tokenize } from './tokens.ts';

/** Whether a cell can be run, or what a console should do about it. */
export type Completeness =
  | { readonly status: 'complete' | 'invalid' | 'unknown' }
  /** More has to come; `indent` is what the next line should begin with. */
  | { readonly status: 'incomplete'; readonly indent: string };

/** Errors of what is open at the end, wherever they are reported. */
const UNTERMINATED = new Set(['UnterminatedTemplate', 'UnterminatedComment', 'UnterminatedJsxContent']);

/** Answers is_complete_request from the parser; `unknown` for code that is nested deeper than it can go. */
export function completeness(cell: string): Completeness {
  try {
    return judge(cell);
  } catch (error) {
    if (error instanceof RangeError) return { status: 'unknown' };
    throw error;
  }
}

function judge(cell: string): Completeness {
  if (helpQuestion(cell) !== null) return { status: 'complete' };
  const lines = findLineCommands(cell);
  const code = lines?.typescript ?? cell;
  const wholeCell = lines?.commands.some((command) => command.wholeCell && !command.asksHelp) ?? false;
  if (wholeCell && code.trim() === '') return { status: 'incomplete', indent: '' };
  const read = readCell(code);
  if (!('error' in read)) {
    return endsInSignature(code) ? { status: 'incomplete', indent: '' } : { status: 'complete' };
  }
  const { error } = read;
  const unfinished =
    UNTERMINATED.has(error.reasonCode) ||
    code.slice(error.pos).trim() === '' ||
    (error.reasonCode === 'NoCatchOrFinally' && !('error' in readCell(`${code}\nfinally {}`)));
  return unfinished ? { status: 'incomplete', indent: indentAfter(code) } : { status: 'invalid' };
}

/** `function f()` is an overload to the parser; at the end of a cell its body is still to come. */
function endsInSignature(code: string): boolean {
  if (!code.includes('function')) return false;
  const tokens = tokenize(code).list.filter(({ kind }) => kind !== 'comment');
  const keyword = tokens.findLastIndex(({ kind, text }) => kind === 'name' && text === 'function');
  const before = tokens[keyword - 1]?.text;
  if (keyword < 0 || before === '.' || before === 'declare') return false;
  return !tokens.slice(keyword).some(({ text }) => text === '{' || text === '}' || text === ';');
}

/** As an editor would indent the next line: within the innermost open bracket, and deeper where a statement goes on. */
function indentAfter(code: string): string {
  const { list, open } = tokenize(code);
  const last = list.at(-1);
  if (last === undefined || !last.closed) return '';
  const unit = unitOf(code);
  const bracket = open.at(-1);
  const here = indentOf(code, last);
  if (bracket === undefined || lineStart(code, bracket) === lineStart(code, last)) return here + unit;
  if (last.text === ';' || last.text === '}') return indentOf(code, bracket) + unit;
  const goesOn = bracket.text === '{' && last.kind === 'punctuator' && !/^[)\],]$/.test(last.text);
  return goesOn ? here + unit : here;
}

/** What the cell indents by: tabs, four blanks or two. */
function unitOf(code: string): string {
  if (/^\t/m.test(code)) return '\t';
  const widths = [...code.matchAll(/^( +)\S/gm)].map(([, blanks = '']) => blanks.length);
  return widths.length > 0 && widths.every((width) => width % 4 === 0) ? '    ' : '  ';
}

function lineStart(code: string, { start }: Token): number {
  return code.lastIndexOf('\n', start - 1) + 1;
}

function indentOf(code: string, token: Token): string {
  return /^[ \t]*/.exec(code.slice(lineStart(code, token)))?.[0] ?? '';
}
