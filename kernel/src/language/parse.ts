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
}

export interface ParseSettings {
  readonly jsx: boolean;
  /** TypeScript's decorators of old, which decorate parameters too. */
  readonly legacyDecorators: boolean;
}

const PRAGMA = /@jsx(?:Frag|ImportSource|Runtime)?\s+\S/;

/** Whether the comments that a cell begins with say that it is JSX, as `@jsx h` does. */
export function hasJsxPragma(code: string): boolean {
  return code.includes('@jsx') && PRAGMA.test(code.slice(0, skipTrivia(code, 0)));
}

/** What the parser reports about scripts and modules, and a cell may do. */
const PERMITTED = new Set(['ImportMetaOutsideModule', 'DuplicateExport', 'DuplicateDefaultExport']);

/**
 * Parses a cell: TypeScript, sloppy mode, `await`, `import` and `export` at its top level.
 * Throws CellSyntaxError for the first error in the order of the text.
 */
export function parseCell(code: string, settings: ParseSettings): ParsedCell {
  const parsed = tryCell(code, settings);
  if (!isParserError(parsed)) return parsed;
  const couldBeJsx = !settings.jsx && /<\/|\/>/.test(code);
  const isJsx = couldBeJsx && !isParserError(tryCell(code, { ...settings, jsx: true }));
  const { message, offset } = inPlainWords(code, parsed);
  const hint = 'JSX is off: switch it on with a comment like /** @jsx h */ in the cell';
  throw new CellSyntaxError(isJsx ? hint : message, code, placeOf(code, offset));
}

/** Parses code that is one expression. Returns null if it is not. */
export function parseExpressionCell(code: string, settings: ParseSettings): ParsedCell | null {
  const parsed = tryExpression(code, settings);
  return isParserError(parsed) ? null : parsed;
}

/** The error for which a cell is refused, or null. */
export function firstError(code: string, settings: ParseSettings): ParserError | null {
  const parsed = tryCell(code, settings);
  return isParserError(parsed) ? parsed : null;
}

/** What begins with a brace is an object literal if it reads as one from end to end, as in Node's REPL, or a block. */
function tryCell(code: string, settings: ParseSettings): ParsedCell | ParserError {
  if (!startsWithBrace(code)) return tryProgram(code, settings);
  const whole = tryExpression(code, settings);
  if (!isParserError(whole) && isObject(whole.expression)) return whole;
  const program = tryProgram(code, settings);
  if (!isParserError(program)) return program;
  return isParserError(whole) && whole.pos <= program.pos ? program : whole;
}

function tryExpression(code: string, settings: ParseSettings): ParsedCell | ParserError {
  try {
    const expression = parseExpression(code, optionsFor(settings));
    const [first] = errorsThatMatter(expression.errors ?? [], new Set());
    return first ?? { directives: [], body: [], expression, comments: expression.comments ?? [], interpreter: null };
  } catch (error) {
    return isParserError(error) ? error : afterCrash(code, settings, error);
  }
}

function tryProgram(code: string, settings: ParseSettings): ParsedCell | ParserError {
  try {
    const { program, errors, comments } = parse(code, optionsFor(settings));
    const { body, directives, interpreter = null } = program;
    if (hasGaps(body)) return afterCrash(code, settings, new SyntaxError('Unexpected token'));
    if (errors && errors.length > 0) {
      const [first] = errorsThatMatter(errors, new Set(body.map(({ start }) => start)));
      if (first !== undefined) return first;
    }
    return { directives, body, expression: null, comments: comments ?? [], interpreter };
  } catch (error) {
    return isParserError(error) ? earliest(code, settings, error) : afterCrash(code, settings, error);
  }
}

function isObject(expression: t.Expression | null): boolean {
  let inner = expression;
  while (inner?.type === 'TSAsExpression' || inner?.type === 'TSSatisfiesExpression') inner = inner.expression;
  return inner?.type === 'ObjectExpression';
}

const optionsCache = new Map<string, ParserOptions>();

function optionsFor({ jsx, legacyDecorators }: ParseSettings): ParserOptions {
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
function afterCrash(code: string, settings: ParseSettings, crash: unknown): ParserError {
  if (crash instanceof RangeError) throw crash;
  const options: ParserOptions = { ...optionsFor(settings), errorRecovery: false };
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
function earliest(code: string, settings: ParseSettings, last: ParserError): ParserError {
  try {
    parse(code, { ...optionsFor(settings), errorRecovery: false });
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
