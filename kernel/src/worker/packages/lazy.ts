import { NotInstalledError } from '../../packages/errors.ts';
import { isPackageSpecifier } from '../../packages/specifier.ts';
import { loadRoom } from '../elara.ts';
import { requireAfter } from '../require.ts';
import type { PackagesRoom } from './index.ts';
import type { PackagesOptions } from './packages.ts';

/** The packages room, which is opened by the first cell that needs it. */
export class LazyPackages implements PackagesRoom {
  readonly #options: PackagesOptions;
  #room: PackagesRoom | undefined;

  constructor(options: PackagesOptions) {
    this.#options = options;
  }

  prepare(specifiers: readonly string[]): Promise<void> {
    return this.#open().prepare(specifiers);
  }

  npm(line: string): Promise<void> {
    return this.#open().npm(line);
  }

  interrupt(): void {
    this.#room?.interrupt();
  }

  /** Imports for a cell, by `action`; installs what it needs, and what the modules of the notebook need that it imports. */
  async import<T>(specifier: unknown, action: () => Promise<T>): Promise<T> {
    const needed = new Set<string>();
    const need = async (one: string): Promise<void> => {
      needed.add(one);
      await this.prepare([one]);
    };
    if (isPackageSpecifier(specifier)) await need(specifier);
    for (;;) {
      try {
        return await action();
      } catch (error) {
        if (error instanceof NotInstalledError && !needed.has(error.specifier)) await need(error.specifier);
        else if (this.#room === undefined && isOfUnknownScheme(error)) this.#open();
        else throw error;
      }
    }
  }

  /** A `require` that finds packages as imports do, if they are installed. */
  requiring(require: NodeJS.Require): NodeJS.Require {
    return requireAfter(require, (id) => {
      if (isPackageSpecifier(id)) this.#open();
    });
  }

  #open(): PackagesRoom {
    this.#room ??= loadRoom<typeof import('./index.ts')>('packages').openPackages(this.#options);
    return this.#room;
  }
}

/** What Node says of `npm:` in a module before the room is open. */
function isOfUnknownScheme(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_UNSUPPORTED_ESM_URL_SCHEME';
}
