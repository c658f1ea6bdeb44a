/**
 * The packages that kernels have installed for cells: an npm project for each package in each version, with all that it
 * depends on, in `npm/NAME/VERSION` of the cache. A project is complete, and never changes.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { valid } from 'semver';
import { type Manifest, readManifest } from './manifest.ts';
import { isMissing } from './missing.ts';
import type { InstalledPackage } from './project.ts';
import { fitting, isTag } from './version.ts';

/** A package of the cache with what it depends on. */
export interface CachedPackage extends InstalledPackage {
  /** Versions of its peers that it was installed to go with, by name. */
  readonly peers: Readonly<Record<string, string>>;
  /** Whether the install scripts of its packages were run. */
  readonly scripts: boolean;
}

/** The package.json of a project of the cache. */
interface ProjectManifest extends Manifest {
  readonly elara?: { readonly scripts?: boolean };
}

/** Follows the version in the name of a project that differs from the usual one in that version. */
export const VARIANT = '_';
/** The tag of what a package is installed as where nobody asks for a version. */
export const LATEST = 'latest';

export function packageFolder(cache: string, name: string): string {
  return join(cache, 'npm', name);
}

/** Where the versions are written down that the tags of a package have stood for. */
export function tagsFile(cache: string, name: string): string {
  return join(packageFolder(cache, name), 'tags.json');
}

/** The package in a project of the cache; undefined where that is not, or no longer, complete. */
export function openProject(project: string, name: string): CachedPackage | undefined {
  const folder = join(project, 'node_modules', name);
  const version = readManifest(folder)?.version;
  if (version === undefined) return undefined;
  const { [name]: _, ...peers } = readManifest(project)?.dependencies ?? {};
  return { name, version, folder, from: project, peers, scripts: ranScripts(project) };
}

/** Whether the install scripts of the packages of a project of the cache were run. */
export function ranScripts(project: string): boolean {
  const manifest: ProjectManifest = readManifest(project) ?? {};
  return manifest.elara?.scripts === true;
}

/**
 * The packages of the cache that are what is wanted, best first. A tag is the version that it was when last asked for, and
 * where no version is wanted that is the tag `latest`.
 */
export function findInCache(cache: string, name: string, wanted: string): CachedPackage[] {
  const version = wanted === '' || isTag(wanted) ? tagged(cache, name, wanted || LATEST) : wanted;
  return version === undefined ? [] : versionsInCache(cache, name, version);
}

/** The packages of the cache in a range, or all of a name, best first. */
export function versionsInCache(cache: string, name: string, range: string): CachedPackage[] {
  const folder = packageFolder(cache, name);
  const projects = entries(folder).filter((entry) => valid(versionOf(entry)) !== null);
  return fitting([...new Set(projects.map(versionOf))], range).flatMap((version) =>
    projects
      .filter((project) => versionOf(project) === version)
      .flatMap((project) => openProject(join(folder, project), name) ?? [])
      .sort((one, other) => Number(other.scripts) - Number(one.scripts)),
  );
}

function versionOf(project: string): string {
  return project.split(VARIANT)[0] ?? '';
}

function tagged(cache: string, name: string, tag: string): string | undefined {
  const file = tagsFile(cache, name);
  if (!existsSync(file)) return undefined;
  const tags: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  return tags[tag];
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
