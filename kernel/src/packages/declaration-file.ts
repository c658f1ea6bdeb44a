/** Where the types are of what `npm:` imports: TypeScript's own rules for packages, for a package whose folder is known. */
import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { satisfies } from 'semver';
import { type Manifest, readManifest } from './manifest.ts';
import { isMissing } from './missing.ts';
import { exportedFiles } from './package-exports.ts';

/** Where a package is, and where its types are if it brings none. */
export interface PackageFolders {
  readonly folder: string;
  readonly types?: string | null | undefined;
}

/** Packages may have other types for other versions of the compiler. */
const COMPILER = '7.0.0';

/** What stands for a file of JavaScript, best first. */
const DECLARED: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.d.ts'],
  '.jsx': ['.tsx', '.d.ts'],
  '.mjs': ['.mts', '.d.mts'],
  '.cjs': ['.cts', '.d.cts'],
};
const TYPED = /\.[cm]?tsx?$|\.json$/;

/**
 * The file that declares what a package exports under `subpath` (`` or `/sub`); where nothing does, the file of JavaScript;
 * undefined where there is none.
 */
export function declarationFile({ folder, types }: PackageFolders, subpath: string): string | undefined {
  return (
    fileIn(folder, subpath, declared) ??
    (types ? fileIn(types, subpath, declared) : undefined) ??
    fileIn(folder, subpath, (path) => (isFile(path) ? path : undefined))
  );
}

/** The file that is meant by a path, if it is of the kind that is looked for. */
type Look = (path: string) => string | undefined;

function fileIn(folder: string, subpath: string, look: Look): string | undefined {
  const manifest = readManifest(folder) ?? {};
  if (manifest.exports !== undefined && manifest.exports !== null) {
    const files = exportedFiles(manifest.exports, `.${subpath}`, holds);
    return first(files, (file) => look(join(folder, file)));
  }
  return subpath === '' ? entryOf(folder, manifest, look) : inFolder(folder, manifest, subpath.slice(1), look);
}

function entryOf(folder: string, manifest: Manifest, look: Look): string | undefined {
  const { types, typings, main } = manifest;
  const named = [types, typings, main].filter((one) => typeof one === 'string');
  return first([...named, 'index.js'], (path) => inFolder(folder, manifest, path, look));
}

function inFolder(folder: string, manifest: Manifest, path: string, look: Look): string | undefined {
  return first([...versioned(manifest, path), path], (one) => {
    const whole = join(folder, one);
    return look(whole) ?? look(`${whole}.js`) ?? look(join(whole, 'index.js'));
  });
}

function holds(condition: string): boolean {
  const [name, range] = condition.split('@');
  if (range !== undefined) return name === 'types' && satisfies(COMPILER, range);
  return ['types', 'import', 'node', 'default'].includes(condition);
}

/** `typesVersions` of a package.json: other paths for compilers of some versions. */
function versioned({ typesVersions }: Manifest, path: string): string[] {
  const paths = Object.entries(typesVersions ?? {}).find(([range]) => satisfies(COMPILER, range))?.[1] ?? {};
  for (const [pattern, targets] of Object.entries(paths)) {
    const [before = '', after] = pattern.split('*');
    const fits = after === undefined ? path === pattern : path.startsWith(before) && path.endsWith(after);
    if (!fits) continue;
    const star = path.slice(before.length, path.length - (after ?? '').length);
    return targets.map((target) => target.replace('*', star));
  }
  return [];
}

function declared(path: string): string | undefined {
  if (TYPED.test(path)) return isFile(path) ? path : undefined;
  const extension = extname(path);
  const instead = DECLARED[extension];
  const stem = instead === undefined ? path : path.slice(0, -extension.length);
  return first(instead ?? DECLARED['.js'] ?? [], (ending) => (isFile(stem + ending) ? stem + ending : undefined));
}

function first<T>(all: readonly T[], look: (one: T) => string | undefined): string | undefined {
  for (const one of all) {
    const found = look(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
