import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CachedPackage, LATEST, openProject, packageFolder, tagsFile, VARIANT } from '../../packages/cache.ts';
import { PackageError } from '../../packages/errors.ts';
import { readManifest } from '../../packages/manifest.ts';
import { isMissing } from '../../packages/missing.ts';
import type { PackageSpecifier } from '../../packages/specifier.ts';
import { fits, isTag } from '../../packages/version.ts';
import { npmError } from './npm-errors.ts';
import { type NpmRun, runNpm } from './npm-process.ts';
import { Staging } from './staging.ts';

export interface InstallRequest extends Pick<PackageSpecifier, 'name' | 'wanted'> {
  readonly cache: string;
  /** More options for npm. */
  readonly options: readonly string[];
  /** Whether the install scripts of the packages may run. */
  readonly scripts: boolean;
  /** Version of a package that the session has already, for those that must be the same one for all that use it. */
  readonly versionOf: (peer: string) => string | undefined;
  readonly signal: AbortSignal;
  readonly onLog: (line: string) => void;
}

export interface Installation {
  readonly installed: CachedPackage;
  /** How many packages it is made of. */
  readonly count: number;
  /** Packages with install scripts that were not run. */
  readonly withScripts: readonly string[];
}

/** A registry that does not answer is asked again soon: somebody waits. In ms. */
export const FETCHING = ['--fetch-retry-mintimeout=300', '--fetch-retry-maxtimeout=3000'];
const INSTALL = [
  ...['install', '--save', '--save-exact', '--omit=dev', '--install-strategy=hoisted', '--package-lock'],
  ...['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--json', '--loglevel=http', ...FETCHING],
];

/** Installs a package into the cache. @throws PackageError; the signal's reason */
export async function install(request: InstallRequest): Promise<Installation> {
  const { cache, name, wanted, options, signal, onLog } = request;
  const what = wanted === '' ? name : `${name}@${wanted}`;
  await using staging = await Staging.make(cache, { private: true });
  const npm = (args: readonly string[]): Promise<void> =>
    succeed(what, { folder: staging.folder, args, signal, onLog });
  await npm([...INSTALL, ...options, '--', what]);
  const { version, peerDependencies = {} } = readManifest(join(staging.folder, 'node_modules', name)) ?? {};
  if (version === undefined) throw new PackageError('ERR_NPM_FAILED', `npm installed ${what}, which has no version.`);
  const peers = otherPeers(staging.folder, peerDependencies, request.versionOf);
  if (peers.length > 0) await npm([...INSTALL, ...options, '--prefer-offline', '--', ...peers]);
  const packages = await lockedPackages(staging.folder);
  const withScripts = packages.filter(({ hasInstallScript }) => hasInstallScript).map((one) => one.name);
  const scripts = request.scripts && withScripts.length > 0;
  const manifest = readManifest(staging.folder) ?? {};
  if (scripts) {
    const allowScripts = Object.fromEntries(withScripts.map((one) => [one, true]));
    await staging.write('package.json', { ...manifest, elara: { scripts }, allowScripts });
    await npm(['rebuild', '--no-ignore-scripts', '--json', '--loglevel=http', '--foreground-scripts=false']);
  }
  const variant = peers.length > 0 || scripts ? `${VARIANT}${digest({ peers, scripts })}` : '';
  const place = join(packageFolder(cache, name), `${version}${variant}`);
  await staging.publish(place, () => openProject(place, name) !== undefined);
  if (wanted === '' || isTag(wanted)) await writeTag(cache, name, wanted || LATEST, version);
  const installed = openProject(place, name);
  if (installed === undefined) throw new PackageError('ERR_NPM_FAILED', `${what} is no longer in ${place}.`);
  return { installed, count: packages.length, withScripts: scripts ? [] : withScripts };
}

async function succeed(what: string, run: NpmRun): Promise<void> {
  const end = await runNpm(run);
  if (end.code !== 0) throw npmError(what, end);
}

/** Those of the peers that the session has in another version than npm has chosen, and that would do: `name@version`. */
function otherPeers(
  folder: string,
  peerDependencies: Readonly<Record<string, string>>,
  versionOf: InstallRequest['versionOf'],
): string[] {
  return Object.entries(peerDependencies).flatMap(([peer, range]) => {
    const version = versionOf(peer);
    const chosen = readManifest(join(folder, 'node_modules', peer))?.version;
    const differs = version !== undefined && chosen !== undefined && chosen !== version && fits(version, range);
    return differs ? [`${peer}@${version}`] : [];
  });
}

interface LockedPackage {
  readonly name: string;
  readonly hasInstallScript: boolean;
}

/** What is in the node_modules of a folder, by npm's own list. */
export async function lockedPackages(folder: string): Promise<LockedPackage[]> {
  const lock: { packages?: Record<string, { hasInstallScript?: boolean }> } = JSON.parse(
    await readFile(join(folder, 'node_modules', '.package-lock.json'), 'utf8'),
  );
  return Object.entries(lock.packages ?? {}).map(([path, { hasInstallScript = false }]) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    hasInstallScript,
  }));
}

/** Written down for when the registry cannot be asked. */
async function writeTag(cache: string, name: string, tag: string, version: string): Promise<void> {
  const file = tagsFile(cache, name);
  const before = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isMissing(error)) return '{}';
    throw error;
  });
  const next = `${file}.${process.pid}`;
  await mkdir(packageFolder(cache, name), { recursive: true });
  await writeFile(next, JSON.stringify({ ...JSON.parse(before), [tag]: version }));
  await rename(next, file);
}

function digest(value: object): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 8);
}
