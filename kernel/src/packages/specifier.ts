import { PackageError } from './errors.ts';

/** What `npm:@scope/name@1/sub` asks for. */
export interface PackageSpecifier {
  /** As npm knows it: `lodash-es`, `@scope/name`. */
  readonly name: string;
  /** A range of versions or a tag, as written; empty where nothing is asked for. */
  readonly wanted: string;
  /** From the package on: `/debounce.js`, or empty. */
  readonly subpath: string;
}

const SPECIFIER = /^(@[^/@\s]+\/)?([^/@\s]+)(?:@([^/]*))?(\/.*)?$/;
/** What npm takes as the name of a package: nothing of it is anything to a file system, a URL or a command line. */
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/i;
/** Versions, ranges and tags. */
const WANTED = /^[\w.+*^~<>=| -]*$/;

/** Whether an import is of a package of a registry: it is not known yet whether it is well written. */
export function isPackageSpecifier(specifier: unknown): specifier is string {
  return typeof specifier === 'string' && (specifier.startsWith('npm:') || specifier.startsWith('jsr:'));
}

/** @throws PackageError ERR_NPM_SPECIFIER */
export function parsePackageSpecifier(specifier: string): PackageSpecifier {
  const written = specifier.slice('npm:'.length).replace(/^\//, '');
  const parsed = parsePackage(decoded(written));
  if (parsed === null) {
    throw new PackageError(
      'ERR_NPM_SPECIFIER',
      `'${specifier}' names no package. Write npm:name, npm:name@version, npm:@scope/name@version/file.js.`,
    );
  }
  return specifier.startsWith('jsr:') ? fromJsr(specifier, parsed) : parsed;
}

/** What `name@wanted/sub` asks for, as npm itself takes it; null where it is something else. */
export function parsePackage(text: string): PackageSpecifier | null {
  const [, scope = '', rest = '', wanted = '', subpath = ''] = SPECIFIER.exec(text) ?? [];
  const name = `${scope}${rest}`;
  if (!NAME.test(name) || !WANTED.test(wanted) || subpath.split('/').includes('..')) return null;
  return { name, wanted: wanted.trim(), subpath: subpath === '/' ? '' : subpath };
}

/** The name that a bare import begins with, and what follows it; null where it is relative, a URL or nothing. */
export function splitBare(specifier: string): Pick<PackageSpecifier, 'name' | 'subpath'> | null {
  const [, name = '', subpath = ''] = /^((?:@[^/]+\/)?[^/]+)(\/.*)?$/.exec(specifier) ?? [];
  return NAME.test(name) ? { name, subpath } : null;
}

/** JSR's packages are on its registry for npm too, as those of one scope. */
function fromJsr(specifier: string, { name, wanted, subpath }: PackageSpecifier): PackageSpecifier {
  const [, scope, rest] = /^@([^/]+)\/(.+)$/.exec(name) ?? [];
  if (scope === undefined || rest === undefined) {
    throw new PackageError(
      'ERR_NPM_SPECIFIER',
      `'${specifier}' names no package of JSR: these are written jsr:@scope/name or jsr:@scope/name@version.`,
    );
  }
  return { name: `@jsr/${scope}__${rest}`, wanted, subpath };
}

/** A blank or a `^` of a range may be written as in a URL. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
