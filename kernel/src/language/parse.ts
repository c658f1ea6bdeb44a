import { type ParserOptions, type ParserPlugin, parse, parseExpression } from '@babel/parser';
import type * as t from '@babel/types';
import { CellSyntaxError, placeOf } from './syntax-error.ts';
import { tokenize } from './tokens.ts';

/** A cell as its parser saw it. */
export interface ParsedCell {
  readonly directives: readonly t.Directive[];
  readonly body: readonly t.Statement[];
  /** The whole cell, when all of it is one object literal: `{ a: 1 }` is an object in a notebook, not a block. */
  readonly expression: t.Expression | null;
  readonly comments: readonly t.Comment[];
  readonly interpreter: t.InterpreterDirective | null;
  /** Whether `<a>` in it is JSX. */
  readonly jsx: boolean;
  /** Offset of what only TypeScript's decorators of old may do, which decorate parameters too; or -1. */
  readonly legacyAt: number;
}

/** A cell that its parser refuses. */
export interface UnreadCell {
  readonly error: ParserError;
  readonly jsx: boolean;
}

export interface ParseSettings {
  /** Whether `<a>` is JSX. Default: see `parseCell`. */
  readonly jsx?: boolean;
}

/** How code may be read. */
interface Dialect {
  readonly jsx: boolean;
  readonly legacyDecorators: boolean;
}

const TYPESCRIPT: Dialect = { jsx: false, legacyDecorators: false };
const PRAGMA = /@jsx(?:Frag|ImportSource|Runtime)?\s+\S/;

/** Whether the comments that a cell begins with say that it is JSX, as `@jsx h` does. */
function hasJsxPragma(code: string): boolean {
  return code.includes('@jsx') && PRAGMA.test(code.slice(0, skipTrivia(code, 0)));
}

/** What the parser reports about scripts and modules, and a cell may do. */
const PERMITTED = new Set(['ImportMetaOutsideModule', 'DuplicateExport', 'DuplicateDefaultExport']);

/**
 * Parses a cell: TypeScript, sloppy mode, `await`, `import` and `export` at its top level. A cell that says so in its first
 * comment (`@jsx h`) is JSX, as is one that is none without it.
 * Throws CellSyntaxError for the first error in the order of the text.
 */
export function parseCell(code: string, settings: ParseSettings = {}): ParsedCell {
  const read = readCell(code, settings);
  if (!('error' in read)) return read;
  const { message, offset } = inPlainWords(code, read.error);
  throw new CellSyntaxError(message, code, placeOf(code, offset));
}

/** The same for code that may be broken: in none of the ways to read it. It is refused for the error that is furthest. */
export function readCell(code: string, settings: ParseSettings = {}): ParsedCell | UnreadCell {
  let refused: UnreadCell | undefined;
  let last = -1;
  for (const dialect of dialects(code, settings)) {
    const read = tryCell(code, dialect);
    if (!isParserError(read)) return dialect.legacyDecorators ? { ...read, legacyAt: last } : read;
    last = read.pos;
    if (refused === undefined || last > refused.error.pos) refused = { error: read, jsx: dialect.jsx };
  }
  if (refused === undefined) throw new TypeError('code can always be read in some way');
  return refused;
}

/** Parses code that is one TypeScript expression. Returns null if it is not. */
export function parseExpressionCell(code: string): ParsedCell | null {
  const parsed = tryExpression(code, TYPESCRIPT);
  return isParserError(parsed) ? null : parsed;
}

/** In the order in which they are tried. */
function* dialects(code: string, { jsx = hasJsxPragma(code) || undefined }: ParseSettings): Generator<Dialect> {
  const ways = jsx === undefined && MAY_BE_JSX.test(code) ? [false, true] : [jsx ?? false];
  for (const way of ways) {
    yield { jsx: way, legacyDecorators: false };
    if (code.includes('@')) yield { jsx: way, legacyDecorators: true };
  }
}

const MAY_BE_JSX = /<[\p{ID_Start}$_>]/u;

/** What begins with a brace is an object literal if it reads as one from end to end, as in Node's REPL, or a block. */
function tryCell(code: string, dialect: Dialect): ParsedCell | ParserError {
  if (!startsWithBrace(code)) return tryProgram(code, dialect);
  const whole = tryExpression(code, dialect);
  if (!isParserError(whole) && isObject(whole.expression)) return whole;
  const program = tryProgram(code, dialect);
  if (!isParserError(program)) return program;
  return isParserError(whole) && whole.pos <= program.pos ? program : whole;
}

function tryExpression(code: string, dialect: Dialect): ParsedCell | ParserError {
  try {
    const expression = parseExpression(code, optionsFor(dialect));
    const [first] = errorsThatMatter(expression.errors ?? [], new Set());
    if (first !== undefined) return first;
    const { comments } = expression;
    return { directives: [], body: [], expression, comments: comments ?? [], interpreter: null, ...as(dialect) };
  } catch (error) {
    return isParserError(error) ? error : afterCrash(code, dialect, error);
  }
}

function tryProgram(code: string, dialect: Dialect): ParsedCell | ParserError {
  try {
    const { program, errors, comments } = parse(code, optionsFor(dialect));
    const { body, directives, interpreter = null } = program;
    if (hasGaps(body)) return afterCrash(code, dialect, new SyntaxError('Unexpected token'));
    if (errors && errors.length > 0) {
      const [first] = errorsThatMatter(errors, new Set(body.map(({ start }) => start)));
      if (first !== undefined) return first;
    }
    return { directives, body, expression: null, comments: comments ?? [], interpreter, ...as(dialect) };
  } catch (error) {
    return isParserError(error) ? earliest(code, dialect, error) : afterCrash(code, dialect, error);
  }
}

function as({ jsx }: Dialect): Pick<ParsedCell, 'jsx' | 'legacyAt'> {
  return { jsx, legacyAt: -1 };
}

function isObject(expression: t.Expression | null): boolean {
  let inner = expression;
  while (inner?.type === 'TSAsExpression' || inner?.type === 'TSSatisfiesExpression') inner = inner.expression;
  return inner?.type === 'ObjectExpression';
}

const optionsCache = new Map<string, ParserOptions>();

function optionsFor({ jsx, legacyDecorators }: Dialect): ParserOptions {
  const key = `${jsx}${legacyDecorators}`;
  let options = optionsCache.get(key);
  if (options === undefined) {
    const plugins: ParserPlugin[] = legacyDecorators
      ? ['typescript', 'decorators-legacy', 'decoratorAutoAccessors']
      : ['typescript', 'decorators', 'decoratorAutoAccessors'];
    if (jsx) plugins.push('jsx');
    options = {
      sourceType: 'script',
      allowAwaitOutsideFunction: true,
      allowImportExportEverywhere: true,
      allowUndeclaredExports: true,
      errorRecovery: true,
      attachComment: false,
      plugins,
    };
    optionsCache.set(key, options);
  }
  return options;
}

const TRIVIA = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/y;

function startsWithBrace(code: string): boolean {
  return code[skipTrivia(code, 0)] === '{';
}

function skipTrivia(code: string, from: number): number {
  TRIVIA.lastIndex = from;
  TRIVIA.test(code);
  return TRIVIA.lastIndex;
}

export interface ParserError extends SyntaxError {
  readonly pos: number;
  readonly reasonCode: string;
}

function isParserError(error: unknown): error is ParserError {
  return error instanceof SyntaxError && 'pos' in error && typeof error.pos === 'number' && 'reasonCode' in error;
}

/** In the order of the text. `topLevel`: where statements begin at which `using` is no error. */
function errorsThatMatter(errors: readonly ParserError[], topLevel: ReadonlySet<unknown>): ParserError[] {
  return errors
    .filter(
      ({ reasonCode, pos }) =>
        !PERMITTED.has(reasonCode) && !(reasonCode === 'UnexpectedUsingDeclaration' && topLevel.has(pos)),
    )
    .sort((a, b) => a.pos - b.pos);
}

/**
 * The parser stumbles over some errors, `import(,)` and `namespace delete` for two. It is asked for the first error only,
 * as a module if that is one that a cell may do; if it stumbles again, the token is to blame at which it does.
 */
function afterCrash(code: string, dialect: Dialect, crash: unknown): ParserError {
  if (crash instanceof RangeError) throw crash;
  const options: ParserOptions = { ...optionsFor(dialect), errorRecovery: false };
  const first = errorOrCrash(code, options);
  if (isParserError(first) && !PERMITTED.has(first.reasonCode)) return first;
  const inModule = first === null ? null : errorOrCrash(code, { ...options, sourceType: 'module' });
  if (isParserError(inModule) && isParserError(first)) return inModule;
  const token = tokenize(code).list.find(({ end }) => {
    const error = errorOrCrash(code.slice(0, end), options);
    return error !== null && !isParserError(error);
  });
  if (token === undefined) throw crash;
  return Object.assign(new SyntaxError('Unexpected token'), { reasonCode: 'UnexpectedToken', pos: token.start });
}

function errorOrCrash(code: string, options: ParserOptions): unknown {
  try {
    return hasGaps(parse(code, options).program.body) ? new TypeError('a statement is missing') : null;
  } catch (error) {
    return error;
  }
}

/** Whether the parser lost a statement, against its types. */
function hasGaps(body: readonly (t.Statement | undefined)[]): boolean {
  return body.includes(undefined);
}

/** After an error that ends the parse, those that it had recovered from before are only found by parsing again. */
function earliest(code: string, dialect: Dialect, last: ParserError): ParserError {
  try {
    parse(code, { ...optionsFor(dialect), errorRecovery: false });
  } catch (error) {
    if (!isParserError(error)) throw error;
    if (error.pos < last.pos && !PERMITTED.has(error.reasonCode)) return error;
  }
  return last;
}

/** The parser's message as V8 would word it, and where to point. */
function inPlainWords(code: string, { message, reasonCode, pos }: ParserError): { message: string; offset: number } {
  const plain = message.replace(/\s*\(\d+:\d+\)$/, '').replace(/\.$/, '');
  if (reasonCode.startsWith('Missing') && reasonCode.includes('Plugin')) {
    return { message: 'This is neither TypeScript nor JavaScript', offset: pos };
  }
  const namesNoToken = /^Unexpected token(?:,|$)/.test(plain) || reasonCode === 'MissingSemicolon';
  if (!namesNoToken) return { message: plain, offset: pos };
  const offset = skipTrivia(code, pos);
  const [token] = tokenize(code.slice(offset)).list;
  if (token === undefined)
    return { message: plain.replace(/^Unexpected token/, 'Unexpected end of input'), offset: pos };
  const what = `Unexpected ${token.kind === 'name' ? 'name' : 'token'} '${token.text.split('\n')[0]}'`;
  return { message: reasonCode === 'MissingSemicolon' ? what : plain.replace(/^Unexpected token/, what), offset };
}
