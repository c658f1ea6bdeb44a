/** Where what the cells import from packages of a registry is declared: `npm:lodash-es@4`, and what `%npm install` brought. */
import { declarationFile } from '../packages/declaration-file.ts';
import { findDeclaration } from '../packages/find.ts';
import { isPackageSpecifier, parsePackageSpecifier } from '../packages/specifier.ts';
import type { FoundPackage } from '../server/packages.ts';

const REGISTRY = /(["'`])((?:npm|jsr):[^"'`\r\n]+)\1/g;

export class PackageModules {
  /** The notebook's folder. */
  readonly #folder: string;
  /** Packages that were installed for bare imports, by name. */
  readonly #bare = new Map<string, FoundPackage>();
  readonly #told = new Set<string>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The worker has imported or installed a package. Returns the file that declares it, if the compiler has to be told. */
  found(found: FoundPackage): string | undefined {
    this.#told.add(found.specifier);
    if (isPackageSpecifier(found.specifier)) {
      return declarationFile(found, parsePackageSpecifier(found.specifier).subpath);
    }
    // Those of the notebook's own node_modules the compiler finds by itself.
    if (found.from === this.#folder) return undefined;
    this.#bare.set(found.specifier, found);
    return declarationFile(found, '');
  }

  /** What code imports, and nobody has told of: it may be installed already, though the code has not run. */
  *in(code: string): Generator<readonly [specifier: string, file: string]> {
    for (const [, , specifier = ''] of code.includes(':') ? code.matchAll(REGISTRY) : []) {
      const file = this.#told.has(specifier) ? undefined : findDeclaration(specifier, this.#folder);
      if (file !== undefined) yield [specifier, file];
    }
    for (const [name, found] of this.#bare) {
      for (const [, , subpath = ''] of code.includes(`${name}/`) ? code.matchAll(subpathsOf(name)) : []) {
        const file = declarationFile(found, subpath);
        if (file !== undefined) yield [`${name}${subpath}`, file];
      }
    }
  }
}

function subpathsOf(name: string): RegExp {
  return new RegExp(`(["'\`])${name.replaceAll('.', '\\.')}(/[^"'\`\\r\\n]+)\\1`, 'g');
}
