import { helpQuestion } from './help.ts';
import { findLineCommands } from './line-commands.ts';
import { firstError, hasJsxPragma, type ParseSettings } from './parse.ts';
import { type Token, tokenize } from './tokens.ts';

/** Whether a cell can be run, or what a console should do about it. */
export type Completeness =
  | { readonly status: 'complete' | 'invalid' }
  /** More has to come; `indent` is what the next line should begin with. */
  | { readonly status: 'incomplete'; readonly indent: string };

/** Errors of what is open at the end, wherever they are reported. */
const UNTERMINATED = new Set(['UnterminatedTemplate', 'UnterminatedComment', 'UnterminatedJsxContent']);

/** Answers is_complete_request from the parser. */
export function completeness(cell: string, settings: Partial<ParseSettings> = {}): Completeness {
  if (helpQuestion(cell) !== null) return { status: 'complete' };
  const lines = findLineCommands(cell);
  const code = lines?.typescript ?? cell;
  const wholeCell = lines?.commands.some((command) => command.wholeCell && !command.asksHelp) ?? false;
  if (wholeCell && code.trim() === '') return { status: 'incomplete', indent: '' };
  const error = firstError(code, { jsx: hasJsxPragma(code), legacyDecorators: false, ...settings });
  if (error === null) {
    return endsInSignature(code) ? { status: 'incomplete', indent: '' } : { status: 'complete' };
  }
  const unfinished =
    UNTERMINATED.has(error.reasonCode) ||
    code.slice(error.pos).trim() === '' ||
    (error.reasonCode === 'NoCatchOrFinally' &&
      firstError(`${code}\nfinally {}`, { jsx: false, legacyDecorators: false }) === null);
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

function indentAfter(code: string): string {
  const { list, open } = tokenize(code);
  const last = list.at(-1);
  if (last === undefined || !last.closed) return '';
  const unit = /^\t/m.test(code) ? '\t' : '  ';
  const bracket: Token | undefined = open.at(-1);
  const line = code.slice(code.lastIndexOf('\n', (bracket ?? last).start) + 1);
  return (/^[ \t]*/.exec(line)?.[0] ?? '') + unit;
}
