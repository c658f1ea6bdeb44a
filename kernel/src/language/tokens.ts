export type TokenKind = 'name' | 'number' | 'string' | 'template' | 'regexp' | 'punctuator' | 'comment' | 'command';

/** A token of code that may be broken. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** False for a string, a template, a comment that has no end. */
  readonly closed: boolean;
  /** Of a closing bracket: the index of its opening one. Of a later part of a template: that of the part before. Or -1. */
  readonly pair: number;
}

const BLANK = /\s+/y;
const COMMENT = /\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?(?:\*\/|$)/y;
const NAME = /#?(?:[\p{ID_Continue}$\u200c\u200d]|\\u(?:[\da-fA-F]{4}|\{[\da-fA-F]+\}))+/uy;
const NUMBER = /0[xXoObB][\da-fA-F_]+n?|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?n?/y;
const STRING = /(['"])(?:(?!\1)[^\\\n\r]|\\(?:\r\n|[\s\S]))*(\1?)/y;
const TEMPLATE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(`|\$\{|$|\\$)/y;
const REGEXP = /\/(?![*/])(?:[^\\/[\n\r]|\\[^\n\r]|\[(?:[^\]\\\n\r]|\\[^\n\r])*\])+\/[\p{ID_Continue}]*/uy;
const PUNCTUATOR = /\.\.\.|\?\.(?!\d)|=>|[-+*/%&|^<>=!?]=|\+\+|--|&&|\|\||\?\?|[\s\S]/uy;

/** Keywords after which an expression begins, so that a slash begins a regular expression. */
const BEFORE_EXPRESSION = new Set(
  'return typeof instanceof in of new delete void throw case do else await yield default extends'.split(' '),
);
const OPENERS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

export interface Tokens {
  /** All tokens, comments among them. */
  readonly list: readonly Token[];
  /** The brackets and the `${` that are open at the end, outermost first. */
  readonly open: readonly Token[];
}

/** Says how many UTF-16 units at `at` are a command and no TypeScript, 0 for none. */
export type FindCommand = (at: number, before: Before) => number;

/** What stands before a place of a text. */
export interface Before {
  readonly tokens: readonly Token[];
  /** The last of them that is no comment. */
  readonly previous: Token | undefined;
  /** The innermost bracket that is open. */
  readonly open: Token | undefined;
}

/** The tokens of any text, whether or not it is a program. */
export function tokenize(code: string, findCommand?: FindCommand): Tokens {
  const tokens: Token[] = [];
  const open: number[] = [];
  let at = 0;
  let previous: Token | undefined;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(code)?.[0];
  };
  const push = (kind: TokenKind, text: string, closed = true, pair = -1): void => {
    const token: Token = { kind, text, start: at, end: at + text.length, closed, pair };
    tokens.push(token);
    at = token.end;
    if (kind !== 'comment') previous = token;
  };
  /** Text of a template up to its end or to the next `${`; `from` is the index of the `${` that it goes on after. */
  const template = (from: number): void => {
    TEMPLATE.lastIndex = at + 1;
    const text = code.charAt(at) + (TEMPLATE.exec(code)?.[0] ?? '');
    const goesOn = text.endsWith('${');
    push('template', text, goesOn || (text.length > 1 && text.endsWith('`')), from);
    if (goesOn) open.push(tokens.length - 1);
  };

  while (at < code.length) {
    const blank = take(BLANK);
    if (blank !== undefined) {
      at += blank.length;
      continue;
    }
    const command = findCommand?.(at, { tokens, previous, open: tokens[open.at(-1) ?? -1] }) ?? 0;
    if (command > 0) {
      push('command', code.slice(at, at + command));
      continue;
    }
    const comment = take(COMMENT);
    if (comment !== undefined) {
      push('comment', comment, comment.startsWith('//') || (comment.length > 3 && comment.endsWith('*/')));
      continue;
    }
    const character = code.charAt(at);
    if (character === '"' || character === "'") {
      const text = take(STRING) ?? character;
      push('string', text, text.length > 1 && text.endsWith(character));
      continue;
    }
    if (character === '`') {
      template(-1);
      continue;
    }
    const number = take(NUMBER);
    if (number !== undefined) {
      push('number', number);
      continue;
    }
    const name = take(NAME);
    if (name !== undefined) {
      push('name', name);
      continue;
    }
    const regexp = character === '/' && beginsExpression(previous) ? take(REGEXP) : undefined;
    if (regexp !== undefined) {
      push('regexp', regexp);
      continue;
    }
    const opener = OPENERS[character];
    if (opener !== undefined) {
      // A bracket that is missing does not hide the partner of those around it.
      const depth = open.findLastIndex((index) => opens(tokens[index], opener));
      const pair = open[depth];
      if (pair !== undefined) open.length = depth;
      if (pair !== undefined && tokens[pair]?.kind === 'template') template(pair);
      else push('punctuator', character, true, pair);
      continue;
    }
    push('punctuator', take(PUNCTUATOR) ?? character);
    if (character === '(' || character === '[' || character === '{') open.push(tokens.length - 1);
  }
  return { list: tokens, open: open.flatMap((index) => tokens[index] ?? []) };
}

function opens(token: Token | undefined, opener: string): boolean {
  return token?.text === opener || (opener === '{' && token?.kind === 'template');
}

/** Whether an expression may begin after `token`, rather than go on. */
function beginsExpression(token: Token | undefined): boolean {
  if (token === undefined || token.kind === 'command') return true;
  if (token.kind === 'name') return BEFORE_EXPRESSION.has(token.text);
  if (token.kind === 'punctuator') return token.text !== ')' && token.text !== ']' && token.text !== '}';
  return token.kind === 'template' && token.text.endsWith('${');
}

/** Index of the first part of the template that the part at `index` belongs to. */
export function templateStart(tokens: readonly Token[], index: number): number {
  let first = index;
  for (let part = tokens[first]; part !== undefined && part.pair >= 0; part = tokens[first]) first = part.pair;
  return first;
}
