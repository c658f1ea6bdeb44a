import { createRequire, SourceMap } from 'node:module';
import type ts from 'typescript-js';
import type { Place } from './syntax-error.ts';

export interface LowerSettings {
  readonly jsx: boolean;
  readonly jsxFactory: string;
  readonly jsxFragmentFactory: string;
  readonly legacyDecorators: boolean;
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

/** Compiles what cannot just be erased to JavaScript. Only where `canLower()`. */
export function lower(code: string, settings: LowerSettings): Lowered {
  if (compiler === undefined) throw new TypeError('the compiler has not been loaded');
  const { outputText, sourceMapText } = compiler.transpileModule(code, {
    fileName: settings.jsx ? 'cell.tsx' : 'cell.ts',
    compilerOptions: {
      target: compiler.ScriptTarget.ES2022,
      module: compiler.ModuleKind.Preserve,
      verbatimModuleSyntax: true,
      // A cell is sloppy unless it says otherwise, and this compiler only says so with a deprecated option.
      alwaysStrict: false,
      ignoreDeprecations: '6.0',
      experimentalDecorators: settings.legacyDecorators,
      jsx: compiler.JsxEmit.React,
      jsxFactory: settings.jsxFactory,
      jsxFragmentFactory: settings.jsxFragmentFactory,
      sourceMap: true,
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
