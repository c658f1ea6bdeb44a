import { findInCache, versionsInCache } from './cache.ts';
import { cacheFolder } from './cache-folder.ts';
import { declarationFile } from './declaration-file.ts';
import { PackageError } from './errors.ts';
import { hasTypes, typesPackage } from './manifest.ts';
import { findInProject, findPackage, type InstalledPackage } from './project.ts';
import { type PackageSpecifier, parsePackageSpecifier } from './specifier.ts';

/** Where what a cell imports by `npm:` is declared, if it is installed already: for types of code that has not run. */
export function findDeclaration(specifier: string, folder: string, cache = cacheFolder()): string | undefined {
  const wanted = parsed(specifier);
  const found = findPackageOf(specifier, folder, cache);
  if (wanted === undefined || found === undefined) return undefined;
  const types = hasTypes(found.folder) ? undefined : typesOf(found, folder, cache);
  return declarationFile({ folder: found.folder, types: types?.folder }, wanted.subpath);
}

/** The package that a specifier stands for, if it is installed already. */
export function findPackageOf(specifier: string, folder: string, cache = cacheFolder()): InstalledPackage | undefined {
  const wanted = parsed(specifier);
  return wanted && findInstalled(wanted, folder, cache);
}

/** Undefined for one that is still being written. */
function parsed(specifier: string): PackageSpecifier | undefined {
  try {
    return parsePackageSpecifier(specifier);
  } catch (error) {
    if (error instanceof PackageError) return undefined;
    throw error;
  }
}

type Wanted = Pick<PackageSpecifier, 'name' | 'wanted'>;

function findInstalled({ name, wanted }: Wanted, folder: string, cache: string): InstalledPackage | undefined {
  const found = findInProject(folder, name, wanted) ?? findInCache(cache, name, wanted)[0];
  return found ?? (wanted === '' ? versionsInCache(cache, name, wanted)[0] : undefined);
}

function typesOf(
  { name, version, from }: InstalledPackage,
  folder: string,
  cache: string,
): InstalledPackage | undefined {
  const types = typesPackage(name);
  if (types === undefined) return undefined;
  return (
    findPackage(from, types) ??
    findInstalled({ name: types, wanted: `^${version.split('.')[0]}` }, folder, cache) ??
    findInstalled({ name: types, wanted: '' }, folder, cache)
  );
}
