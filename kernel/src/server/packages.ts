import type { PackageEvent } from '../link.ts';

export type FoundPackage = Omit<PackageEvent, 'op'>;

/** What the cells of this session import by `npm:`, and what was installed for their bare imports: for who knows types. */
export class FoundPackages {
  readonly #found = new Map<string, FoundPackage>();
  readonly #listeners = new Set<(found: FoundPackage) => void>();

  /** By specifier. */
  get all(): ReadonlyMap<string, FoundPackage> {
    return this.#found;
  }

  /** Hears of each package that is found from now on, or found with other types than before. */
  onFound(listener: (found: FoundPackage) => void): void {
    this.#listeners.add(listener);
  }

  add({ specifier, folder, from, types }: PackageEvent): void {
    const found = { specifier, folder, from, types };
    this.#found.set(specifier, found);
    for (const listener of this.#listeners) listener(found);
  }
}
