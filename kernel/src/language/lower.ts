import { createRequire, SourceMap } from 'node:module';
import type ts from 'typescript-js';
import type { Place } from './syntax-error.ts';

export interface LowerSettings {
  readonly jsx: boolean;
  readonly jsxFactory: string;
  readonly jsxFragmentFactory: string;
  readonly legacyDecorators: boolean;
}

/** How Node loads a file. */
export type FileFormat = 'module' | 'commonjs';

/** Options of TypeScript, by its names for them, that count for what a file means. */
export interface FileOptions {
  readonly jsx: 'react' | 'react-jsx' | 'react-jsxdev';
  readonly jsxFactory?: string;
  readonly jsxFragmentFactory?: string;
  readonly jsxImportSource?: string;
  readonly experimentalDecorators: boolean;
  readonly emitDecoratorMetadata: boolean;
  readonly useDefineForClassFields: boolean;
  /** Imports stand as they are written; else those that are used in types only, or not at all, are none. */
  readonly verbatimModuleSyntax: boolean;
}

export interface Lowered {
  readonly code: string;
  /** From a place in `code` to its place in the source. */
  readonly position: (place: Place) => Place;
}

let compiler: typeof ts | undefined;

/** Loads the TypeScript compiler when first called (about 400 ms and 65 MiB). False where it is not installed. */
export function canLower(): boolean {
  try {
    compiler ??= createRequire(import.meta.url)('typescript-js') as typeof ts;
    return true;
  } catch {
    return false;
  }
}

/** Compiles a cell of which the types cannot just be erased. Only where `canLower()`. */
export function lower(code: string, settings: LowerSettings): Lowered {
  return compile(code, settings.jsx ? 'cell.tsx' : 'cell.ts', ({ JsxEmit, ModuleKind }) => ({
    module: ModuleKind.Preserve,
    verbatimModuleSyntax: true,
    // A cell is sloppy unless it says otherwise, and this compiler only says so with a deprecated option.
    alwaysStrict: false,
    ignoreDeprecations: '6.0',
    experimentalDecorators: settings.legacyDecorators,
    jsx: JsxEmit.React,
    jsxFactory: settings.jsxFactory,
    jsxFragmentFactory: settings.jsxFragmentFactory,
  }));
}

/** The same for a file. */
export function lowerFile(code: string, fileName: string, format: FileFormat, options: FileOptions): Lowered {
  return compile(code, fileName, ({ JsxEmit, ModuleKind }) => ({
    ...options,
    jsx: { react: JsxEmit.React, 'react-jsx': JsxEmit.ReactJSX, 'react-jsxdev': JsxEmit.ReactJSXDev }[options.jsx],
    module: format === 'module' ? ModuleKind.Preserve : ModuleKind.CommonJS,
    esModuleInterop: true,
  }));
}

function compile(code: string, fileName: string, options: (compiler: typeof ts) => ts.CompilerOptions): Lowered {
  if (compiler === undefined) throw new TypeError('the compiler has not been loaded');
  const { outputText, sourceMapText } = compiler.transpileModule(code, {
    fileName,
    compilerOptions: { target: compiler.ScriptTarget.ES2022, sourceMap: true, ...options(compiler) },
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
