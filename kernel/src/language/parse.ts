import { type ParserOptions, type ParserPlugin, parse, parseExpression } from '@babel/parser';
import type * as t from '@babel/types';
import { CellSyntaxError, placeOf } from './syntax-error.ts';

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

/** What the parser reports about scripts and modules, and a cell may do. */
const PERMITTED = new Set(['ImportMetaOutsideModule', 'DuplicateExport', 'DuplicateDefaultExport']);

/**
 * Parses a cell: TypeScript, sloppy mode, `await`, `import` and `export` at its top level.
 * Throws CellSyntaxError for the first error in the order of the text.
 */
export function parseCell(code: string, settings: ParseSettings): ParsedCell {
  if (startsWithBrace(code)) {
    const object = parseObject(code, settings);
    if (object !== null) return object;
  }
  let file: ReturnType<typeof parse>;
  try {
    file = parse(code, optionsFor(settings));
  } catch (error) {
    if (isParserError(error)) throw cellError(code, earliest(code, settings, error));
    throw error;
  }
  const { program, errors } = file;
  if (errors && errors.length > 0) {
    const [first] = errorsThatMatter(errors, new Set(program.body.map(({ start }) => start)));
    if (first !== undefined) throw cellError(code, first);
  }
  return {
    directives: program.directives,
    body: program.body,
    expression: null,
    comments: file.comments ?? [],
    interpreter: program.interpreter ?? null,
  };
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
  TRIVIA.lastIndex = 0;
  TRIVIA.test(code);
  return code[TRIVIA.lastIndex] === '{';
}

/** A block that reads as an object literal from end to end is one, as in Node's REPL. */
function parseObject(code: string, settings: ParseSettings): ParsedCell | null {
  const parsed = parseExpressionCell(code, settings);
  return parsed?.expression && withoutTypes(parsed.expression).type === 'ObjectExpression' ? parsed : null;
}

/** Parses code that is one expression. Returns null if it is not. */
export function parseExpressionCell(code: string, settings: ParseSettings): ParsedCell | null {
  try {
    const expression = parseExpression(code, optionsFor(settings));
    if (errorsThatMatter(expression.errors ?? [], new Set()).length > 0) return null;
    return { directives: [], body: [], expression, comments: expression.comments ?? [], interpreter: null };
  } catch (error) {
    if (isParserError(error)) return null;
    throw error;
  }
}

/**
 * The error for which a cell is refused, or null. An object literal that is not finished counts as one, although a
 * block would be wrong earlier.
 */
export function firstError(code: string, settings: ParseSettings): ParserError | null {
  if (startsWithBrace(code)) {
    try {
      const { errors } = parseExpression(code, optionsFor(settings));
      if (errorsThatMatter(errors ?? [], new Set()).length === 0) return null;
    } catch (error) {
      if (!isParserError(error)) throw error;
      if (code.slice(error.pos).trim() === '') return error;
    }
  }
  try {
    const { program, errors } = parse(code, optionsFor(settings));
    const topLevel = new Set(program.body.map(({ start }) => start));
    return errorsThatMatter(errors ?? [], topLevel)[0] ?? null;
  } catch (error) {
    if (!isParserError(error)) throw error;
    return earliest(code, settings, error);
  }
}

function withoutTypes(expression: t.Expression): t.Expression {
  let inner = expression;
  while (inner.type === 'TSAsExpression' || inner.type === 'TSSatisfiesExpression') inner = inner.expression;
  return inner;
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

function cellError(code: string, error: ParserError): CellSyntaxError {
  const atEnd = error.reasonCode === 'UnexpectedToken' && code.slice(error.pos).trim() === '';
  const message = error.message.replace(/\s*\(\d+:\d+\)$/, '').replace(/\.$/, '');
  return new CellSyntaxError(
    atEnd ? message.replace(/^Unexpected token/, 'Unexpected end of input') : message,
    code,
    placeOf(code, error.pos),
  );
}
