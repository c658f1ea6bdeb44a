import { dottedPath } from './dotted-path.ts';
import { CellRewriter } from './rewriter.ts';
import { type Token, templateStart, tokenize } from './tokens.ts';

/** An expression of the cell; `start` and `end` are UTF-16 offsets of what it is made from. */
export interface NamedExpression {
  /** JavaScript, without types. To evaluate it among the cells' names, give it to `CellRewriter.expression`. */
  readonly expression: string;
  readonly start: number;
  readonly end: number;
}

/** What may be written at the cursor. `start` and `end` are the UTF-16 offsets of `prefix`. */
export type CompletionContext =
  | {
      readonly kind: 'member';
      readonly object: string;
      readonly prefix: string;
      readonly start: number;
      readonly end: number;
    }
  /** A key in brackets: `object['pre`. `quote` is the character that the string began with. */
  | {
      readonly kind: 'key';
      readonly object: string;
      readonly quote: string;
      readonly prefix: string;
      readonly start: number;
      readonly end: number;
    }
  /** The specifier of an import, in a string. */
  | { readonly kind: 'module'; readonly prefix: string; readonly start: number; readonly end: number }
  | { readonly kind: 'name'; readonly prefix: string; readonly start: number; readonly end: number }
  | { readonly kind: 'string' | 'comment' | 'none' };

/** Knows no cells: it erases types. */
const eraser = new CellRewriter();

const NOT_VALUES = new Set(
  (
    'break case catch class const continue debugger default delete do else enum export extends finally for function if ' +
    'in instanceof new return switch throw try typeof var void while with yield await let'
  ).split(' '),
);

/** The dotted or indexed expression under the cursor or before it, or the function of the call around it. */
export function nameAt(code: string, cursor: number): NamedExpression | null {
  const tokens = significant(tokenize(code).list);
  const under = tokens.findIndex(({ kind, start, end }) => kind === 'name' && start <= cursor && cursor <= end);
  if (under >= 0) return named(code, tokens, under);
  const inText = tokens.some(({ kind, start, end }) => isText(kind) && start < cursor && cursor < end);
  const before = tokens.findLastIndex(({ end }) => end <= cursor);
  const last = tokens[before];
  if (!inText && last !== undefined && !code.slice(last.end, cursor).includes('\n')) {
    if (last.text === '.' || last.text === '?.') return named(code, tokens, before - 1);
    if (last.text === ')' && last.pair > 0) return called(code, tokens, last.pair);
    if (last.kind === 'name' || last.text === ']') return named(code, tokens, before);
  }
  const around = tokenize(code.slice(0, cursor));
  const call = around.open.findLast(({ text }) => text === '(');
  if (call === undefined) return null;
  const list = significant(around.list);
  return called(
    code,
    list,
    list.findIndex(({ start }) => start === call.start),
  );
}

/** What to complete at the cursor, found from what stands before it. */
export function completionContext(code: string, cursor: number): CompletionContext {
  const { list } = tokenize(code.slice(0, cursor));
  const last = list.at(-1);
  if (last?.kind === 'comment' && last.end === cursor && (!last.closed || last.text.startsWith('//'))) {
    return { kind: 'comment' };
  }
  const tokens = significant(list);
  if (last !== undefined && !last.closed)
    return last.kind === 'string' ? inString(code, tokens, cursor) : { kind: 'string' };
  if (last?.end === cursor && (last.kind === 'number' || last.kind === 'string' || last.kind === 'regexp')) {
    return { kind: 'none' };
  }
  const written = last?.kind === 'name' && last.end === cursor ? last.text : '';
  const before = tokens.length - (written === '' ? 1 : 2);
  const place = { prefix: written, start: cursor - written.length, end: cursor };
  const dot = tokens[before];
  if (dot?.kind === 'punctuator' && (dot.text === '.' || dot.text === '?.')) {
    const object = written.startsWith('#') ? null : named(code, tokens, before - 1);
    return object === null ? { kind: 'none' } : { kind: 'member', object: object.expression, ...place };
  }
  return written.startsWith('#') ? { kind: 'none' } : { kind: 'name', ...place };
}

function inString(code: string, tokens: readonly Token[], cursor: number): CompletionContext {
  const string = tokens.at(-1);
  const before = tokens.at(-2);
  if (string === undefined) return { kind: 'string' };
  const quote = string.text.charAt(0);
  const place = { prefix: string.text.slice(1), start: string.start + 1, end: cursor };
  if (before?.text === '[') {
    const object = named(code, tokens, tokens.length - 3);
    return object === null ? { kind: 'string' } : { kind: 'key', object: object.expression, quote, ...place };
  }
  const caller = before?.text === '(' ? tokens.at(-3)?.text : before?.text;
  const isModule =
    caller === 'import' ||
    (caller === 'from' && before?.text === 'from') ||
    (caller === 'require' && before?.text === '(');
  return isModule ? { kind: 'module', ...place } : { kind: 'string' };
}

function isText(kind: Token['kind']): boolean {
  return kind === 'string' || kind === 'template' || kind === 'regexp';
}

/** Without comments; `pair` still counts from the start. */
function significant(list: readonly Token[]): Token[] {
  const kept: Token[] = [];
  const indices = new Map<number, number>([[-1, -1]]);
  list.forEach((token, index) => {
    if (token.kind === 'comment') return;
    indices.set(index, kept.length);
    kept.push({ ...token, pair: indices.get(token.pair) ?? -1 });
  });
  return kept;
}

/** The expression that ends with the token at `last`. */
function named(code: string, tokens: readonly Token[], last: number): NamedExpression | null {
  const first = tokens[operandStart(tokens, last)];
  const end = tokens[last]?.end;
  if (first === undefined || end === undefined) return null;
  const expression = erased(code.slice(first.start, end));
  return expression === null ? null : { expression, start: first.start, end };
}

function erased(expression: string): string | null {
  if (dottedPath(expression) !== undefined) return expression;
  try {
    return eraser.expression(expression);
  } catch (error) {
    // The parser's stack has an end.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** What is called with the arguments whose bracket is at `open`. */
function called(code: string, tokens: readonly Token[], open: number): NamedExpression | null {
  return named(code, tokens, beforeTypeArguments(tokens, open - 1));
}

function isValue(token: Token | undefined): boolean {
  if (token === undefined) return false;
  if (token.kind === 'name') return !NOT_VALUES.has(token.text);
  if (token.kind === 'punctuator') return token.text === ')' || token.text === ']';
  return token.closed && !token.text.endsWith('${');
}

/** Index of the first token of the member expression or the call that ends at `last`, or -1. */
function operandStart(tokens: readonly Token[], last: number): number {
  let at = last;
  for (;;) {
    const token = tokens[at];
    const before = tokens[at - 1];
    if (token === undefined) return -1;
    if (token.kind === 'name') {
      if (before?.text === '.' || before?.text === '?.') {
        at -= 2;
        // `a?.[0]` and `a?.(0)` have the question mark before a bracket.
        continue;
      }
      return NOT_VALUES.has(token.text) || token.text.startsWith('#') ? -1 : withNew(tokens, at, last);
    }
    if (token.text === '!' && isValue(before) && before?.end === token.start) {
      at -= 1;
      continue;
    }
    if ((token.text === ')' || token.text === ']') && token.pair >= 0) {
      const outside = token.text === ')' ? beforeTypeArguments(tokens, token.pair - 1) : token.pair - 1;
      if (tokens[outside]?.text === '?.') at = outside - 1;
      else if (isValue(tokens[outside])) at = outside;
      else if (token.text === ')' && isKeywordOfHead(tokens[outside])) return -1;
      else return token.pair;
      continue;
    }
    if (token.text === '}' && token.kind === 'punctuator') {
      const outside = tokens[token.pair - 1];
      return token.pair >= 0 && outside?.kind === 'punctuator' && /^[(=,:[?]$/.test(outside.text) ? token.pair : -1;
    }
    if (token.kind === 'template' && token.closed) {
      const start = templateStart(tokens, at);
      if (!isValue(tokens[start - 1])) return start;
      at = start - 1;
      continue;
    }
    return token.closed && token.kind !== 'punctuator' ? at : -1;
  }
}

/** `new Map().` means the map, `new Map` the class. */
function withNew(tokens: readonly Token[], first: number, last: number): number {
  const calls = tokens.slice(first, last + 1).some(({ text }) => text === '(');
  return calls && tokens[first - 1]?.text === 'new' ? first - 1 : first;
}

/** Index of what `<T>` before a call belongs to; `at` itself where there is none. */
function beforeTypeArguments(tokens: readonly Token[], at: number): number {
  let depth = 0;
  for (let index = at; index > 0; index -= 1) {
    const token = tokens[index];
    if (token?.text === '>') depth += 1;
    else if (token?.text === '<') depth -= 1;
    else if (token?.kind === 'punctuator' && !/^[.,[\]|&{}:;?()]$|^=>$/.test(token.text)) return at;
    if (depth === 0) {
      const callee = tokens[index - 1];
      return token?.text === '<' && callee?.kind === 'name' && callee.end === token.start ? index - 1 : at;
    }
  }
  return at;
}

function isKeywordOfHead(token: Token | undefined): boolean {
  return token !== undefined && ['if', 'while', 'for', 'switch', 'catch', 'with', 'function'].includes(token.text);
}
