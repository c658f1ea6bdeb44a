import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction, constants } from 'node:vm';
import { type CellHelper, HELPER } from '../language/index.ts';
import type { LazyFiles } from './files/lazy.ts';
import { hold, holdEach } from './hold.ts';
import type { LazyPackages } from './packages/lazy.ts';

/** Name of the module that the cells are, for what they import. There is no such file. */
export const NOTEBOOK = '[notebook].ts';

type ImportFunction = (specifier: unknown, options?: ImportCallOptions) => Promise<Record<string, unknown>>;

/** Where the cells are modules. */
export interface Modules {
  /** The notebook's folder, until a cell changes it: relative paths and node_modules are found from here. */
  readonly folder: string;
  changeFolder(folder: string): void;
  /** What rewritten cells speak to; its `commands` are added by who has them. */
  readonly helper: Omit<CellHelper, 'commands'>;
}

/** Gives the cells `import`, `require`, `import.meta`, `__filename` and `__dirname`, as a module in `start` has them. */
export function installModules(start: string, packages: LazyPackages, files: LazyFiles): Modules {
  let folder = start;
  let importFrom: ImportFunction;
  const meta = Object.create(null) as ImportMeta;

  const helper: Modules['helper'] = {
    async import(specifier, options, names) {
      const module = await packages.import(specifier, () =>
        files.import(specifier, () => importFrom(specifier, options ?? attributesFor(specifier))),
      );
      const missing = names?.find((name) => !(name in module));
      if (missing !== undefined)
        throw new SyntaxError(
          `The requested module '${String(specifier)}' does not provide an export named '${missing}'`,
        );
      return module;
    },
    packages: (specifiers) => packages.prepare(specifiers),
    meta,
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

  function changeFolder(to: string): void {
    folder = to;
    const filename = join(folder, NOTEBOOK);
    const require = files.requiring(packages.requiring(createRequire(filename)));
    // `import()` in a function compiled under this name resolves as from there.
    importFrom = compileFunction('return (specifier, options) => import(specifier, options)', [], {
      filename,
      importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    })() as ImportFunction;
    Object.assign(meta, {
      url: pathToFileURL(filename).href,
      filename,
      dirname: folder,
      main: true,
      resolve: (specifier: string) => pathToFileURL(require.resolve(specifier)).href,
    });
    define({ require, module: new Module(filename), __filename: filename, __dirname: folder });
  }
  define({ exports: {} });
  changeFolder(folder);
  return {
    get folder() {
      return folder;
    },
    changeFolder,
    helper,
  };
}

function define(globals: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
}

/** JSON needs no attribute to be named in a cell. */
function attributesFor(specifier: unknown): ImportCallOptions | undefined {
  return typeof specifier === 'string' && specifier.endsWith('.json') ? { with: { type: 'json' } } : undefined;
}
