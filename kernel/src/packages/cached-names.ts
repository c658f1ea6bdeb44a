import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from './cache-folder.ts';
import { readManifest } from './manifest.ts';
import { isMissing } from './missing.ts';
import { projectFolder } from './project.ts';

/** Scopes whose packages nobody imports by `npm:`. */
const NOT_IMPORTED = ['@types', '@jsr'];

/** Names of packages that can be imported by `npm:` without being installed first: those of the project and of the cache. */
export function installedNames(folder: string, cache = cacheFolder()): string[] {
  const project = projectFolder(folder);
  const { dependencies, devDependencies } = (project === undefined ? undefined : readManifest(project)) ?? {};
  const npm = join(cache, 'npm');
  const cached = namesIn(npm).flatMap((name) => {
    if (!name.startsWith('@')) return [name];
    return NOT_IMPORTED.includes(name) ? [] : namesIn(join(npm, name)).map((one) => `${name}/${one}`);
  });
  return [...new Set([...Object.keys({ ...dependencies, ...devDependencies }), ...cached])];
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
