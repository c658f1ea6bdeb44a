import { type ParserOptions, type ParserPlugin, parse, parseExpression } from '@babel/parser';
import type * as t from '@babel/types';
import { CellSyntaxError, placeOf } from './syntax-error.ts';

/** A cell as its parser saw it. */
export interface ParsedCell {
  readonly directives: readonly t.Directive[];
  readonly body: readonly t.Statement[];
  /** The whole cell, when all of it is one object literal: `{ a: 1 }` is an object in a notebook, not a block. */
  readonly object: t.Expression | null;
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
    throw earliest(code, settings, error);
  }
  const { program, errors } = file;
  if (errors !== null && errors !== undefined && errors.length > 0) {
    const topLevel = new Set(program.body.map((statement) => statement.start));
    const errorsThatMatter = errors.filter(
      ({ reasonCode, pos }) =>
        !PERMITTED.has(reasonCode) && !(reasonCode === 'UnexpectedUsingDeclaration' && topLevel.has(pos)),
    );
    const [first] = errorsThatMatter.sort((a, b) => a.pos - b.pos);
    if (first !== undefined) throw cellError(code, first);
  }
  return {
    directives: program.directives,
    body: program.body,
    object: null,
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
  let expression: ReturnType<typeof parseExpression>;
  try {
    expression = parseExpression(code, { ...optionsFor(settings), errorRecovery: false });
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  if (withoutTypes(expression).type !== 'ObjectExpression') return null;
  return { directives: [], body: [], object: expression, comments: expression.comments ?? [], interpreter: null };
}

function withoutTypes(expression: t.Expression): t.Expression {
  let inner = expression;
  while (inner.type === 'TSAsExpression' || inner.type === 'TSSatisfiesExpression') inner = inner.expression;
  return inner;
}

interface ParserError extends SyntaxError {
  readonly pos: number;
  readonly reasonCode: string;
}

function isParserError(error: unknown): error is ParserError {
  return error instanceof SyntaxError && 'pos' in error && typeof error.pos === 'number' && 'reasonCode' in error;
}

/** After an error that ends the parse, those that it had recovered from before are only found by parsing again. */
function earliest(code: string, settings: ParseSettings, error: unknown): unknown {
  if (!isParserError(error)) return error;
  try {
    parse(code, { ...optionsFor(settings), errorRecovery: false });
  } catch (first) {
    if (isParserError(first) && first.pos < error.pos && !PERMITTED.has(first.reasonCode)) {
      return cellError(code, first);
    }
  }
  return cellError(code, error);
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
