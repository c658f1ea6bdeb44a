import { LINE_COMMANDS } from './line-command-table.ts';
import { type Before, type Token, tokenize } from './tokens.ts';

/** `%name rest` on a line of its own, or `%%name rest` as the first line of a cell. */
export interface LineCommand {
  /** Without `%`. Empty for a lone `%`. */
  readonly name: string;
  /** What follows the name, without blanks around. Of a command that takes code: its options. */
  readonly rest: string;
  /** Whether it is a question: `%name?`. */
  readonly asksHelp: boolean;
  readonly wholeCell: boolean;
  /** UTF-16 offsets of what is no TypeScript: from the `%` to the end of the line, or to where the code begins. */
  readonly start: number;
  readonly end: number;
}

/** A cell with line commands. */
export interface LineCommands {
  readonly commands: readonly LineCommand[];
  /**
   * The cell with semicolons, comments and blanks in place of the commands: as long as it in UTF-16 units and in code
   * points, with every other character in its place.
   */
  readonly typescript: string;
}

const COMMAND = /(%%?)([\p{ID_Start}$_][\p{ID_Continue}$]*)?(?![^\s?])/uy;
const QUESTION = /[ \t]*\?{1,2}[ \t]*(?=[\r\n\u2028\u2029]|$)/y;
const OPTIONS = /[ \t]*(?:-[nr][ \t]*\d+(?!\S)[ \t]*)*/y;
const REST_OF_LINE = /[^\r\n\u2028\u2029]*/y;

/** Punctuators that may end a statement without a semicolon, or stand before one. */
const ENDINGS = new Set([')', ']', '}', '>', '!', '++', '--', ':']);
/** What `(…)` before a statement belongs to. */
const HEADS = new Set(['if', 'while', 'for', 'with']);

/** One cheap test, with which most cells are done. */
export function mayHaveLineCommands(code: string): boolean {
  for (let at = code.indexOf('%'); at >= 0; at = code.indexOf('%', at + 1)) if (beginsLine(code, at)) return true;
  return false;
}

/**
 * Finds the line commands of a cell, whether or not the rest of it is TypeScript. Null where there are none.
 *
 * `%` that goes on with an expression is the remainder operator. After a line that may be a statement without a semicolon
 * it begins a command only if the name of one follows without a blank.
 */
export function findLineCommands(code: string): LineCommands | null {
  if (!mayHaveLineCommands(code)) return null;
  const commands: LineCommand[] = [];
  const parts: string[] = [];
  let done = 0;
  tokenize(code, (at, before) => {
    if (!beginsLine(code, at) || (before.open !== undefined && before.open.text !== '{')) return 0;
    const command = commandAt(code, at);
    if (command === null || !mayBegin(command, before.previous)) return 0;
    commands.push(command);
    const separates = !command.wholeCell && (!takesCode(command) || endsStatement(before));
    parts.push(code.slice(done, at), separates ? ';' : ' ', placeholder(code.slice(at + 1, command.end), command));
    done = command.end;
    return command.end - at;
  });
  return commands.length === 0 ? null : { commands, typescript: parts.join('') + code.slice(done) };
}

/** A cell as the language service and the parser are to see it: as long as it is, without its line commands. */
export function withoutLineCommands(code: string): string {
  return findLineCommands(code)?.typescript ?? code;
}

export function takesCode({ name, asksHelp }: LineCommand): boolean {
  return !asksHelp && LINE_COMMANDS.get(name)?.takes === 'code';
}

/** Options are ASCII; other text is kept in a comment, since blanks could not be as many code points. */
function placeholder(text: string, command: LineCommand): string {
  return text.length < 2 || takesCode(command) ? ' '.repeat(text.length) : `//${text.slice(2)}`;
}

function beginsLine(code: string, at: number): boolean {
  if (code[at] !== '%') return false;
  let start = at;
  while (code[start - 1] === ' ' || code[start - 1] === '\t') start -= 1;
  return start === 0 || /[\r\n\u2028\u2029]/.test(code.charAt(start - 1));
}

function commandAt(code: string, start: number): LineCommand | null {
  const [written, percent, name = ''] = match(COMMAND, code, start) ?? [];
  if (written === undefined) return null;
  const wholeCell = percent === '%%';
  const named = start + written.length;
  const question = match(QUESTION, code, named)?.[0];
  if (question !== undefined) {
    return { name, rest: '', asksHelp: true, wholeCell, start, end: named + question.length };
  }
  const pattern = LINE_COMMANDS.get(name)?.takes === 'code' ? OPTIONS : REST_OF_LINE;
  const rest = match(pattern, code, named)?.[0] ?? '';
  // A lone `%` only: `% b` is an expression that lacks its beginning.
  if (name === '' && rest.trim() !== '') return null;
  return { name, rest: rest.trim(), asksHelp: false, wholeCell, start, end: named + rest.length };
}

/** Whether a statement may begin after `previous`, so that this is a command rather than an operator. */
function mayBegin({ name }: LineCommand, previous: Token | undefined): boolean {
  if (previous === undefined || previous.kind === 'command' || previous.text === ';' || previous.text === '{')
    return true;
  if (!LINE_COMMANDS.has(name)) return false;
  return previous.kind !== 'punctuator' || ENDINGS.has(previous.text);
}

/** Whether a statement may end here, which a semicolon then separates from what comes after it. */
function endsStatement({ tokens, previous }: Before): boolean {
  switch (previous?.kind) {
    case undefined:
    case 'command':
      return false;
    case 'name':
      return previous.text !== 'else' && previous.text !== 'do';
    case 'punctuator': {
      if (previous.text !== ')') return ENDINGS.has(previous.text) && previous.text !== ':';
      const outside = tokens.slice(0, Math.max(previous.pair, 0)).filter(({ kind }) => kind !== 'comment');
      const head = outside.at(-1)?.text === 'await' ? outside.at(-2) : outside.at(-1);
      return head?.kind !== 'name' || !HEADS.has(head.text);
    }
    default:
      return true;
  }
}

function match(pattern: RegExp, code: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(code);
}
