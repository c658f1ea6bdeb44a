import { createRequire, SourceMap } from 'node:module';
import type ts from 'typescript-js';
import type { ParsedCell } from './parse.ts';
import { CellSyntaxError, type Place, placeOf } from './syntax-error.ts';

/** How Node loads a file. */
export type FileFormat = 'module' | 'commonjs';

/** Options of TypeScript, by its names for them, that count for what a cell or a file means. */
export interface CompilerOptions {
  readonly jsx: 'react' | 'react-jsx' | 'react-jsxdev';
  readonly jsxFactory?: string;
  readonly jsxFragmentFactory?: string;
  readonly jsxImportSource?: string;
  readonly experimentalDecorators: boolean;
  readonly emitDecoratorMetadata: boolean;
  readonly useDefineForClassFields: boolean;
  /** Imports stand as they are written; else those that are used in types only, or not at all, are none. For files. */
  readonly verbatimModuleSyntax: boolean;
}

/** Where no tsconfig.json says otherwise. */
export const DEFAULT_OPTIONS: CompilerOptions = {
  jsx: 'react',
  experimentalDecorators: false,
  emitDecoratorMetadata: false,
  useDefineForClassFields: true,
  verbatimModuleSyntax: false,
};

export interface Lowered {
  readonly code: string;
  /** From a place in `code` to its place in the source. */
  readonly position: (place: Place) => Place;
}

let compiler: typeof ts | undefined;

/**
 * Makes ready to compile code that must be, from the offset `at` on: loads the TypeScript compiler when first called (about
 * 400 ms and 65 MiB).
 * @throws CellSyntaxError where it is not installed, or the options do not have what the code does
 */
export function prepareToLower(code: string, { legacyAt }: ParsedCell, at: number, options: CompilerOptions): void {
  if (legacyAt >= 0 && !options.experimentalDecorators) {
    const message = 'Decorators of parameters need "experimentalDecorators": true in the tsconfig.json of the folder';
    throw new CellSyntaxError(message, code, placeOf(code, legacyAt));
  }
  try {
    compiler ??= createRequire(import.meta.url)('typescript-js') as typeof ts;
  } catch {
    const message = 'This needs the TypeScript compiler (npm package typescript), which is not installed here';
    throw new CellSyntaxError(message, code, placeOf(code, at));
  }
}

/** Compiles a cell of which the types cannot just be erased, after `prepareToLower`. */
export function lower(code: string, jsx: boolean, options: CompilerOptions): Lowered {
  return compile(code, jsx ? 'cell.tsx' : 'cell.ts', options, ({ ModuleDetectionKind, ModuleKind }) => ({
    module: ModuleKind.Preserve,
    verbatimModuleSyntax: true,
    // A cell is sloppy unless it says otherwise, and this compiler only says so with a deprecated option.
    alwaysStrict: false,
    ignoreDeprecations: '6.0',
    // Only into a module it imports what `react-jsx` makes elements with.
    ...(jsx && { moduleDetection: ModuleDetectionKind.Force }),
  }));
}

/** The same for a file. */
export function lowerFile(code: string, fileName: string, format: FileFormat, options: CompilerOptions): Lowered {
  return compile(code, fileName, options, ({ ModuleKind }) => ({
    module: format === 'module' ? ModuleKind.Preserve : ModuleKind.CommonJS,
    esModuleInterop: true,
  }));
}

function compile(
  code: string,
  fileName: string,
  options: CompilerOptions,
  own: (compiler: typeof ts) => ts.CompilerOptions,
): Lowered {
  if (compiler === undefined) throw new TypeError('the compiler has not been loaded');
  const { JsxEmit, ScriptTarget } = compiler;
  const { outputText, sourceMapText } = compiler.transpileModule(code, {
    fileName,
    compilerOptions: {
      ...options,
      jsx: { react: JsxEmit.React, 'react-jsx': JsxEmit.ReactJSX, 'react-jsxdev': JsxEmit.ReactJSXDev }[options.jsx],
      target: ScriptTarget.ES2022,
      sourceMap: true,
      ...own(compiler),
    },
  });
  let map: SourceMap | undefined;
  return {
    code: outputText.replace(/^\/\/# sourceMappingURL=.*$/m, ''),
    position: ({ line, column }) => {
      map ??= new SourceMap(JSON.parse(sourceMapText ?? '{}'));
      const entry = map.findEntry(line - 1, column - 1);
      if (!('originalLine' in entry)) return { line, column };
      return { line: entry.originalLine + 1, column: entry.originalColumn + 1 };
    },
  };
}
