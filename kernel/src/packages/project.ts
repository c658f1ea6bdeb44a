/** The packages of the folder that the notebook is in: what its package.json lists and its node_modules has. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readManifest } from './manifest.ts';
import { fits } from './version.ts';

/** A package on the disk. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** Its own folder. */
  readonly folder: string;
  /** A folder whose modules find it under its name. */
  readonly from: string;
}

/** The nearest folder with a package.json; undefined where there is none. */
export function projectFolder(folder: string): string | undefined {
  return upwards(folder).find((one) => existsSync(join(one, 'package.json')));
}

/** The package that a module in `folder` finds under this name. */
export function findPackage(folder: string, name: string): InstalledPackage | undefined {
  for (const one of upwards(folder)) {
    const found = join(one, 'node_modules', name);
    const version = readManifest(found)?.version;
    if (version !== undefined) return { name, version, folder: found, from: folder };
  }
  return undefined;
}

/** The package that the notebook's own project lists and has, if it is what is wanted. */
export function findInProject(folder: string, name: string, wanted: string): InstalledPackage | undefined {
  const project = projectFolder(folder);
  const manifest = project === undefined ? undefined : readManifest(project);
  const lists = [manifest?.dependencies, manifest?.devDependencies, manifest?.optionalDependencies];
  if (!lists.some((list) => list?.[name] !== undefined)) return undefined;
  const found = findPackage(folder, name);
  return found !== undefined && fits(found.version, wanted) ? found : undefined;
}

function upwards(folder: string): string[] {
  const folders = [folder];
  for (let one = folder; dirname(one) !== one; ) {
    one = dirname(one);
    folders.push(one);
  }
  return folders;
}
