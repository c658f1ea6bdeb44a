/** What `import` may name: modules of Node, packages from the notebook's folder upwards, their subpaths, files. */
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { installedNames } from '../../packages/cached-names.ts';
import { findPackageOf } from '../../packages/find.ts';
import type { Candidate } from './candidates.ts';

const IMPORTABLE = /\.(?:[cm]?[jt]s|json|node|wasm)$/;
const DECLARATIONS = /\.d\.[cm]?ts$/;

/** All specifiers in the folder or the package that `prefix` names. */
export function specifiers(prefix: string, folder: string): Candidate[] {
  if (/^(?:\.{0,2}\/|\.\.?$)/.test(prefix)) return files(prefix, folder);
  if (prefix.startsWith('npm:')) return ofRegistry(prefix, folder);
  const [, name, subpath] = /^((?:@[^/]*\/)?[^@/][^/]*)(\/.*)?$/.exec(prefix) ?? [];
  if (name !== undefined && subpath !== undefined && !prefix.startsWith('node:')) {
    return packageFolders(folder).flatMap((modules) => subpaths(name, join(modules, name)));
  }
  return [...nodeModules(prefix), ...packageFolders(folder).flatMap((modules, rank) => packages(modules, rank))];
}

/** Packages that are installed, after `npm:`, and what one of them lets be imported. */
function ofRegistry(prefix: string, folder: string): Candidate[] {
  const written = /^(npm:(?:@[^/]+\/)?[^/@]+(?:@[^/]*)?)\//.exec(prefix)?.[1];
  if (written === undefined) return installedNames(folder).map((name) => module(`npm:${name}`, 0));
  const found = findPackageOf(written, folder);
  return found === undefined ? [] : subpaths(written, found.folder);
}

function module(name: string, rank: number): Candidate {
  return { name, rank, describe: () => ({ type: 'module' }) };
}

function path(name: string, isFolder: boolean): Candidate {
  return { name, rank: isFolder ? 1 : 0, describe: () => ({ type: isFolder ? 'path' : 'module' }) };
}

function nodeModules(prefix: string): Candidate[] {
  const own = builtinModules.filter((name) => !name.startsWith('_') && !name.startsWith('node:'));
  const needsPrefix = builtinModules.filter((name) => name.startsWith('node:'));
  const named = own.map((name) => `node:${name}`).concat(needsPrefix);
  return (prefix.startsWith('n') ? [...named, ...own] : [...own, ...named]).map((name) => module(name, 0));
}

/** The node_modules of the folder and of those around it. */
function packageFolders(folder: string): string[] {
  const found: string[] = [];
  for (let at = resolve(folder); ; at = dirname(at)) {
    found.push(join(at, 'node_modules'));
    if (dirname(at) === at) return found;
  }
}

function packages(modules: string, rank: number): Candidate[] {
  return entries(modules).flatMap((entry) => {
    if (entry.name.startsWith('.')) return [];
    if (!entry.name.startsWith('@')) return [module(entry.name, rank)];
    return entries(join(modules, entry.name)).map(({ name }) => module(`${entry.name}/${name}`, rank));
  });
}

/** What a package lets be imported: what it exports, or its files where it does not say. */
function subpaths(name: string, folder: string): Candidate[] {
  const manifest = readManifest(folder);
  if (manifest === undefined) return [];
  const { exports } = manifest;
  if (typeof exports === 'object' && exports !== null) {
    return Object.keys(exports)
      .filter((key) => key.startsWith('./') && !key.includes('*'))
      .map((key) => module(`${name}${key.slice(1)}`, 0));
  }
  return entries(folder)
    .filter(isImportable)
    .map((entry) => path(`${name}/${entry.name}${entry.isDirectory() ? '/' : ''}`, entry.isDirectory()));
}

function files(prefix: string, folder: string): Candidate[] {
  const written = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  if (written === '') return ['./', '../'].map((name) => path(name, true));
  return entries(resolve(folder, written))
    .filter(isImportable)
    .map((entry) => path(`${written}${entry.name}${entry.isDirectory() ? '/' : ''}`, entry.isDirectory()));
}

function isImportable(entry: Dirent): boolean {
  if (entry.name.startsWith('.') || entry.name === 'node_modules') return false;
  return entry.isDirectory() || (IMPORTABLE.test(entry.name) && !DECLARATIONS.test(entry.name));
}

function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function readManifest(folder: string): Record<string, unknown> | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null ? { ...manifest } : undefined;
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A folder that is not there, or may not be read, has nothing to offer. */
function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return ['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG'].includes(String(code));
}
