import { helpQuestion } from '../language/help.ts';
import { compileLineCommands, explainCommand } from '../language/line-command-compiler.ts';
import { parseCell } from '../language/parse.ts';
import { CellSyntaxError } from '../language/syntax-error.ts';
import { factsOf } from './cell-facts.ts';
import type { Types } from './index.ts';
import type { NotebookCell } from './notebook.ts';
import { type Problem, problemsIn } from './problems.ts';

/**
 * The type errors of a cell that has begun.
 * @throws Error where the compiler cannot tell: it says why.
 */
export async function checkCell(types: Types, cell: NotebookCell): Promise<readonly Problem[]> {
  const service = await types.service();
  const entry = service.notebook.begun(cell);
  if (entry === undefined || !entry.facts.parsed) return [];
  if (!(await service.ready())) throw new Error('the language server does not run');
  const problems = await service.inTurn('check', () =>
    problemsIn(service, service.open('check', entry).uri, entry.facts),
  );
  if (problems === undefined) throw new Error('the language server did not answer in time');
  return problems;
}

/** Codes of errors that a name is not known: Cannot find name, with and without a suggestion; of a namespace; of a shorthand. */
const UNKNOWN_NAME = new Set([2304, 2552, 2503, 18004]);

/** What is wrong with code that is being written. What the parser refuses has no number of the compiler's. */
export type DraftProblem = Omit<Problem, 'code'> & { readonly code?: number };

export interface DraftOptions {
  /** False: only whether it can be parsed. Default: true. */
  readonly typed?: boolean;
  /** Cells of the notebook that have not run: their names are known, if not of what type. */
  readonly others?: readonly string[];
  readonly signal?: AbortSignal;
}

/**
 * Where the parser refuses code that is being written, or else its type errors on top of all cells; undefined where the compiler
 * cannot tell.
 */
export async function checkDraft(
  types: Types,
  code: string,
  { typed = true, others = [], signal }: DraftOptions = {},
): Promise<DraftProblem[] | undefined> {
  if (helpQuestion(code) !== null) return [];
  const refused = refusalOf(code);
  if (refused !== undefined) return [refused];
  if (!typed) return [];
  const service = await types.service();
  if (!(await service.ready())) return undefined;
  const problems = await service.inTurn('problems', () => {
    const { uri, draft } = service.openDraft('problems', code);
    return problemsIn(service, uri, draft.facts, signal);
  });
  if (!problems?.some(({ code: number }) => UNKNOWN_NAME.has(number))) return problems;
  const declared = new Set(others.flatMap((other) => [...factsOf(other).declares.keys()]));
  const lines = code.split('\n');
  return problems.filter(({ code: number, start, end }) => {
    const name = lines[start.line - 1]?.slice(start.column - 1, end.column - 1) ?? '';
    return !UNKNOWN_NAME.has(number) || !declared.has(name);
  });
}

function refusalOf(written: string): DraftProblem | undefined {
  const code = written.replace(/^#!/, '//');
  try {
    if (compileLineCommands(code) === null) parseCell(code);
    return undefined;
  } catch (error) {
    // What is nested deeper than the parser can go is not known to be wrong.
    if (!(error instanceof CellSyntaxError)) return undefined;
    const { message, line, column } = explainCommand(code, error);
    return { message, start: { line, column }, end: { line, column } };
  }
}
