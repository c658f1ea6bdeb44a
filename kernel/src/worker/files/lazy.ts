import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { CompilerOptions, Place } from '../../language/index.ts';
import { isPackageSpecifier } from '../../packages/specifier.ts';
import { loadRoom } from '../elara.ts';
import { NOTEBOOK } from '../modules.ts';
import { requireAfter } from '../require.ts';
import type { FilesRoom } from './index.ts';

/** The files room, which is opened by the first cell that imports what may be a file. */
export class LazyFiles {
  #room: FilesRoom | undefined;

  /** Imports for a cell, by `action`. */
  import<T>(specifier: unknown, action: () => Promise<T>): Promise<T> {
    return mayBeFile(String(specifier)) ? this.#open().import(action) : action();
  }

  /** A `require` that finds files as imports do. */
  requiring(require: NodeJS.Require): NodeJS.Require {
    return requireAfter(require, (id) => {
      if (mayBeFile(id)) this.#open();
    });
  }

  /** From a place in the code of a module to its place in the file. */
  placeOf(url: string, place: Place): Place {
    return this.#room?.placeOf(url, place) ?? place;
  }

  /** Those of the project that the cells of a notebook in `folder` belong to. */
  compilerOptions(folder: string): CompilerOptions {
    return this.#open().compilerOptions(join(folder, NOTEBOOK));
  }

  #open(): FilesRoom {
    this.#room ??= loadRoom<typeof import('./index.ts')>('files').openFiles();
    return this.#room;
  }
}

function mayBeFile(specifier: string): boolean {
  return !specifier.startsWith('data:') && !isBuiltin(specifier) && !isPackageSpecifier(specifier);
}
