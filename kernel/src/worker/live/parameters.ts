/** Parameters of functions, read from their text. */
import { type Token, tokenize } from '../../language/tokens.ts';
import { holders, isClass, sourceText } from './reflection.ts';

/** UTF-16 units of a function in which its parameters are looked for: first in few, then in more. */
const HEADS = [200, 5_000];
/** The same of a class, whose constructor may come late. */
const CLASS_HEADS = [1_000, 20_000];

export interface Parameter {
  /** As it is written, without its default: a name, or a pattern. */
  readonly name: string;
  readonly rest: boolean;
  /** Text of its default value. */
  readonly default?: string;
}

/**
 * The parameters of a function, those of the constructor of a class (inherited, if it has none of its own). Undefined
 * where there is no text to read them from, as V8's own functions have none.
 */
export function parametersOf(fn: object): readonly Parameter[] | undefined {
  if (!isClass(fn)) {
    const text = sourceText(fn);
    return text === undefined ? undefined : readParameters(text);
  }
  for (const holder of holders(fn)) {
    const text = sourceText(holder);
    if (text === undefined) break;
    // A function may be extended like a class; then it is its own constructor.
    const parameters = text.startsWith('class') ? readConstructor(text) : readParameters(text);
    if (parameters !== undefined) return parameters;
    if (!isDerived(text)) return [];
  }
  return undefined;
}

/** `(a, b = 1, ...rest)`; undefined for V8's own functions, which do not say. */
export function signatureOf(fn: object): string | undefined {
  const parameters = parametersOf(fn);
  return parameters && `(${parameters.map(parameterText).join(', ')})`;
}

function parameterText({ name, rest, default: value }: Parameter): string {
  return `${rest ? '...' : ''}${name}${value === undefined ? '' : ` = ${value}`}`;
}

/** The parameters in the text of a function, a method, an accessor or an arrow function. */
export function readParameters(text: string): readonly Parameter[] | undefined {
  return readHeads(text, HEADS, (head) => {
    const { list } = tokenize(head);
    let depth = 0;
    for (const [index, token] of list.entries()) {
      if (depth === 0 && token.text === '(') return between(head, list, index);
      if (depth === 0 && token.text === '=>') {
        const name = list.slice(0, index).findLast(({ kind }) => kind === 'name')?.text;
        return name === undefined ? undefined : [{ name, rest: false }];
      }
      depth += depthOf(token);
    }
    return undefined;
  });
}

/** The parameters of the constructor in the text of a class. */
export function readConstructor(text: string): readonly Parameter[] | undefined {
  return readHeads(text, CLASS_HEADS, (head) => {
    const { list } = tokenize(head);
    let depth = 0;
    for (const [index, token] of list.entries()) {
      if (depth === 1 && token.text === 'constructor' && list[index + 1]?.text === '(') {
        return between(head, list, index + 1);
      }
      depth += depthOf(token);
    }
    return undefined;
  });
}

function readHeads<T>(text: string, lengths: readonly number[], read: (head: string) => T | undefined): T | undefined {
  for (const length of lengths) {
    const found = read(text.slice(0, length));
    if (found !== undefined || text.length <= length) return found;
  }
  return undefined;
}

function isDerived(text: string): boolean {
  return /^class(?:\s+[\p{ID_Continue}$]+)?\s+extends\b/u.test(text);
}

function between(text: string, list: readonly Token[], open: number): readonly Parameter[] | undefined {
  const start = list[open]?.end;
  const end = list.find((token) => token.text === ')' && token.pair === open)?.start;
  return start === undefined || end === undefined ? undefined : splitParameters(text.slice(start, end));
}

/** The parts of `a, { b } = {}, ...c`. */
export function splitParameters(text: string): readonly Parameter[] {
  const parameters: Parameter[] = [];
  let depth = 0;
  let start = 0;
  let assign: Token | undefined;
  const add = (end: number): void => {
    const written = text.slice(start, assign?.start ?? end).trim();
    const rest = written.startsWith('...');
    const name = oneLine(rest ? written.slice(3) : written);
    const value = assign === undefined ? {} : { default: oneLine(text.slice(assign.end, end)) };
    if (name !== '') parameters.push({ name, rest, ...value });
    assign = undefined;
  };
  for (const token of tokenize(text).list) {
    if (depth === 0 && token.text === ',') {
      add(token.start);
      start = token.end;
    } else if (depth === 0 && token.text === '=') assign ??= token;
    depth += depthOf(token);
  }
  add(text.length);
  return parameters;
}

function depthOf({ kind, text }: Token): number {
  if (kind !== 'punctuator') return 0;
  return '([{'.includes(text) ? 1 : ')]}'.includes(text) ? -1 : 0;
}

function oneLine(text: string): string {
  return text.trim().replace(/\s*\n\s*/g, ' ');
}
