import { dirname, join, resolve } from 'node:path';
import { type Cache, createPathsMatcher, getTsconfig, type TsConfigResult } from 'get-tsconfig';
import { type CompilerOptions, DEFAULT_OPTIONS } from './language/index.ts';

/** Where the modules are that the tsconfig.json nearest to a folder names: absolute, as its option `paths` has them. */
export function pathsOf(folder: string): Readonly<Record<string, readonly string[]>> {
  const tsconfig = nearest(folder, new Map());
  const { paths = {}, baseUrl } = tsconfig?.config.compilerOptions ?? {};
  if (tsconfig === undefined) return {};
  const base = resolve(dirname(tsconfig.path), baseUrl ?? '.');
  const absolute = (targets: readonly string[]): string[] => targets.map((target) => resolve(base, target));
  return {
    ...(baseUrl !== undefined && { '*': [join(base, '*')] }),
    ...Object.fromEntries(Object.entries(paths).map(([name, targets]) => [name, absolute(targets)])),
  };
}

/** What the tsconfig.json says that is nearest to a file. One that cannot be read says nothing. */
export class Projects {
  #cache: Cache = new Map();
  readonly #nearest = new Map<string, TsConfigResult | undefined>();

  /** They may have changed. */
  forget(): void {
    this.#cache = new Map();
    this.#nearest.clear();
  }

  /** Where else than in packages `specifier` may be for a file, by `paths`. */
  pathsOf(file: string, specifier: string): readonly string[] {
    const tsconfig = this.#of(file);
    return tsconfig === undefined ? [] : (createPathsMatcher(tsconfig)?.(specifier) ?? []);
  }

  /** The options of the compiler for a file, which need not be there. */
  optionsOf(file: string): CompilerOptions {
    const {
      jsx = DEFAULT_OPTIONS.jsx,
      jsxFactory,
      jsxFragmentFactory,
      jsxImportSource,
      experimentalDecorators = DEFAULT_OPTIONS.experimentalDecorators,
      emitDecoratorMetadata = DEFAULT_OPTIONS.emitDecoratorMetadata,
      verbatimModuleSyntax = DEFAULT_OPTIONS.verbatimModuleSyntax,
      target = 'esnext',
      useDefineForClassFields = !/^es(?:3|5|6|20(?:1\d|2[01]))$/i.test(target),
    } = this.#of(file)?.config.compilerOptions ?? {};
    return {
      // What is kept for another compiler (`preserve`) is compiled as that would do it.
      jsx: jsx === 'react' || jsx === 'react-jsxdev' ? jsx : 'react-jsx',
      ...(jsxFactory !== undefined && { jsxFactory }),
      ...(jsxFragmentFactory !== undefined && { jsxFragmentFactory }),
      ...(jsxImportSource !== undefined && { jsxImportSource }),
      experimentalDecorators,
      emitDecoratorMetadata,
      useDefineForClassFields,
      verbatimModuleSyntax,
    };
  }

  #of(file: string): TsConfigResult | undefined {
    const folder = dirname(file);
    if (!this.#nearest.has(folder)) this.#nearest.set(folder, nearest(folder, this.#cache));
    return this.#nearest.get(folder);
  }
}

function nearest(folder: string, cache: Cache): TsConfigResult | undefined {
  try {
    return getTsconfig(folder, 'tsconfig.json', cache) ?? undefined;
  } catch {
    return undefined;
  }
}
