import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction, constants } from 'node:vm';
import { type CellHelper, HELPER } from '../language/index.ts';
import { hold, holdEach } from './hold.ts';
import type { LazyPackages } from './packages/lazy.ts';

/** Name of the module that the cells are, for what they import. There is no such file. */
export const NOTEBOOK = '[notebook].ts';

type ImportFunction = (specifier: unknown, options?: ImportCallOptions) => Promise<Record<string, unknown>>;

/**
 * Gives the cells `import`, `require`, `import.meta`, `__filename` and `__dirname`, as a module in `folder` has them: the
 * notebook's folder, from which relative paths and node_modules are found.
 */
export function installModules(folder: string, packages: LazyPackages): void {
  const filename = join(folder, NOTEBOOK);
  const require = packages.requiring(createRequire(filename));
  // `import()` in a function compiled under this name resolves as from there.
  const importFrom = compileFunction('return (specifier, options) => import(specifier, options)', [], {
    filename,
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  })() as ImportFunction;

  const helper: CellHelper = {
    async import(specifier, options, names) {
      const module = await packages.import(specifier, () => importFrom(specifier, options ?? attributesFor(specifier)));
      const missing = names?.find((name) => !(name in module));
      if (missing !== undefined)
        throw new SyntaxError(
          `The requested module '${String(specifier)}' does not provide an export named '${missing}'`,
        );
      return module;
    },
    packages: (specifiers) => packages.prepare(specifiers),
    meta: Object.assign(Object.create(null), {
      url: pathToFileURL(filename).href,
      filename,
      dirname: folder,
      main: true,
      resolve: (specifier: string) => pathToFileURL(require.resolve(specifier)).href,
    }) as ImportMeta,
    hold,
    holdEach,
    constant: new Proxy(
      {},
      {
        set() {
          throw new TypeError('Assignment to constant variable.');
        },
      },
    ),
  };
  Object.defineProperty(globalThis, HELPER, { value: helper });
  const commonJs = { require, module: new Module(filename), exports: {}, __filename: filename, __dirname: folder };
  for (const [name, value] of Object.entries(commonJs)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

/** JSON needs no attribute to be named in a cell. */
function attributesFor(specifier: unknown): ImportCallOptions | undefined {
  return typeof specifier === 'string' && specifier.endsWith('.json') ? { with: { type: 'json' } } : undefined;
}
