import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is read of a package.json. */
export interface Manifest {
  readonly name?: string;
  readonly version?: string;
  readonly main?: string;
  readonly types?: string;
  readonly typings?: string;
  readonly exports?: unknown;
  readonly typesVersions?: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The package.json of a folder; undefined where there is none that can be read. */
export function readManifest(folder: string): Manifest | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    return typeof manifest === 'object' && manifest !== null ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a package brings its own types. */
export function hasTypes(folder: string): boolean {
  const manifest = readManifest(folder);
  if (manifest === undefined) return false;
  if (manifest.types !== undefined || manifest.typings !== undefined) return true;
  if (JSON.stringify(manifest.exports ?? '').includes('"types')) return true;
  const main = manifest.main ?? 'index.js';
  return (
    existsSync(join(folder, main.replace(/(?:\.([cm]?)js)?$/, '.d.$1ts'))) || existsSync(join(folder, 'index.d.ts'))
  );
}

/** The package of DefinitelyTyped that has the types of another one; undefined for those themselves. */
export function typesPackage(name: string): string | undefined {
  return name.startsWith('@types/') ? undefined : `@types/${name.replace(/^@/, '').replace('/', '__')}`;
}
