import { PackageError } from '../../packages/errors.ts';
import { hasTypes, typesPackage } from '../../packages/manifest.ts';
import type { InstalledPackage } from '../../packages/project.ts';

/** A package of types, in what version. */
export interface WantedTypes {
  readonly name: string;
  readonly wanted: string;
}

export interface TypesSources {
  /** What is installed. */
  readonly find: (wanted: WantedTypes) => InstalledPackage | undefined;
  /** Installs it, without a word to anybody. */
  readonly install: (wanted: WantedTypes) => Promise<InstalledPackage>;
}

/** Types that others have written for packages without their own: `@types/…`. */
export class TypesBeside {
  readonly #sources: TypesSources;
  /** What was looked for, by name, with what came of it. */
  readonly #sought = new Map<string, Promise<InstalledPackage | undefined>>();

  constructor(sources: TypesSources) {
    this.#sources = sources;
  }

  /** Tells what a package has at once, and once more when types have come that it lacks. */
  tell(found: InstalledPackage, tell: (types: InstalledPackage | undefined) => void): void {
    const name = hasTypes(found.folder) ? undefined : typesPackage(found.name);
    if (name === undefined) {
      tell(undefined);
      return;
    }
    const wanted = { name, wanted: `^${found.version.split('.')[0]}` };
    const { find } = this.#sources;
    const types = find(wanted) ?? find({ name, wanted: '' });
    tell(types);
    if (types !== undefined) return;
    const sought = this.#sought.get(name) ?? this.#seek(wanted);
    this.#sought.set(name, sought);
    void sought.then((come) => come && tell(come));
  }

  /** Of the same major version, or else of any. Nobody waits for them, and where there are none that is no error. */
  async #seek(wanted: WantedTypes): Promise<InstalledPackage | undefined> {
    for (const one of [wanted, { ...wanted, wanted: '' }]) {
      try {
        return await this.#sources.install(one);
      } catch (error) {
        const noVersion = error instanceof PackageError && error.code === 'ERR_NPM_NO_VERSION';
        if (!noVersion) return undefined;
      }
    }
    return undefined;
  }
}
