import { join, sep } from 'node:path';
import { findInCache, openProject, versionsInCache } from '../../packages/cache.ts';
import { cacheFolder } from '../../packages/cache-folder.ts';
import { NotInstalledError, PackageError } from '../../packages/errors.ts';
import { readManifest } from '../../packages/manifest.ts';
import { findInProject, findPackage, type InstalledPackage } from '../../packages/project.ts';
import { type PackageSpecifier, parsePackageSpecifier } from '../../packages/specifier.ts';
import { fits, isTag } from '../../packages/version.ts';
import { InterruptError } from '../errors.ts';
import type { Publisher } from '../publisher.ts';
import { hookModules } from './hooks.ts';
import { install } from './install.ts';
import { withLock } from './lock.ts';
import { Progress } from './progress.ts';
import { notRunText } from './project-install.ts';
import { TypesBeside } from './types-beside.ts';

export interface PackagesOptions {
  /** The folder that relative imports of the cells are found from. */
  readonly folder: () => string;
  readonly publisher: Publisher;
  /** Tells the server where what a specifier stands for is. */
  readonly announce: (specifier: string, found: InstalledPackage, types: InstalledPackage | undefined) => void;
}

/** What a cell asks for. */
interface Wanted extends Pick<PackageSpecifier, 'name' | 'wanted'> {
  /** More options for npm, if it has to install it. */
  readonly options?: readonly string[];
}

export interface ObtainOptions {
  readonly progress: Progress;
  /** Run the install scripts of the packages. Default: false. */
  readonly scripts?: boolean;
}

/** The packages of one session: what its cells import by `npm:`, and what was installed for their bare imports. */
export class Packages {
  readonly #options: PackagesOptions;
  readonly #cache = cacheFolder();
  /** By `name@wanted`. */
  readonly #found = new Map<string, InstalledPackage>();
  /** What those of #found were installed with to share, by name. */
  readonly #peers = new Map<string, InstalledPackage>();
  readonly #bare = new Map<string, InstalledPackage>();
  readonly #pending = new Map<string, Promise<InstalledPackage>>();
  readonly #running = new Set<AbortController>();
  readonly #types = new TypesBeside({
    find: (wanted) => this.#local(wanted),
    install: (wanted) =>
      this.#install(wanted, { scripts: false, progress: new Progress(SILENT), signal: new AbortController().signal }),
  });

  constructor(options: PackagesOptions) {
    this.#options = options;
    hookModules({
      folder: join(this.#cache, 'npm') + sep,
      find: (specifier) => this.find(parsePackageSpecifier(specifier), specifier),
      bare: (name) => this.#bare.get(name),
      own: (name, version) => findInProject(this.folder, name, version),
    });
  }

  get folder(): string {
    return this.#options.folder();
  }

  get publisher(): Publisher {
    return this.#options.publisher;
  }

  /** What was installed for bare imports. */
  get installed(): readonly InstalledPackage[] {
    return [...this.#bare.values()];
  }

  /** Makes ready what these specifiers stand for: afterwards they can be imported, and required. @throws PackageError */
  async prepare(specifiers: readonly string[]): Promise<void> {
    const progress = new Progress(this.publisher);
    for (const specifier of new Set(specifiers)) {
      const parsed = parsePackageSpecifier(specifier);
      this.#announce(specifier, await this.obtain(parsed, { progress }));
    }
  }

  /** What is installed already. @throws NotInstalledError */
  find(wanted: Wanted, specifier: string): InstalledPackage {
    const found = this.#local(wanted);
    if (found !== undefined) return found;
    throw new NotInstalledError(specifier, textOf(wanted));
  }

  /** What is wanted, installed if it is not yet. @throws PackageError, InterruptError */
  async obtain(wanted: Wanted, options: ObtainOptions): Promise<InstalledPackage> {
    const { scripts = false } = options;
    const found = scripts ? undefined : this.#local(wanted);
    if (found !== undefined) return found;
    const key = `${textOf(wanted)}${scripts ? ' with scripts' : ''}`;
    let pending = this.#pending.get(key);
    if (pending === undefined) {
      pending = this.interruptible((signal) => this.#install(wanted, { scripts, progress: options.progress, signal }));
      pending = pending
        .catch((error: unknown) => Promise.reject(this.#failed(error)))
        .finally(() => this.#pending.delete(key));
      this.#pending.set(key, pending);
    }
    return await pending;
  }

  /** Lets bare imports of its name find a package. */
  use(found: InstalledPackage): void {
    this.#bare.set(found.name, found);
    this.tell(found);
  }

  /** Tells the server what bare imports of the name of a package find. */
  tell(found: InstalledPackage): void {
    this.#announce(found.name, found);
  }

  /** Bare imports of the name find nothing any more. Returns whether they did. */
  forget(name: string): boolean {
    return this.#bare.delete(name);
  }

  /** Runs something that an interrupt ends. */
  readonly interruptible = async <T>(action: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const controller = new AbortController();
    this.#running.add(controller);
    try {
      return await action(controller.signal);
    } finally {
      this.#running.delete(controller);
    }
  };

  /** Ends all that is being installed. */
  interrupt(): void {
    for (const controller of this.#running) controller.abort(new InterruptError());
  }

  /** Without the network: what the session has, what the notebook's project has, what the cache has. */
  #local({ name, wanted }: Wanted): InstalledPackage | undefined {
    const key = textOf({ name, wanted });
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const own = isTag(wanted) ? undefined : findInProject(this.folder, name, wanted);
    const found = own ?? this.#fromSession(name, wanted) ?? (isTag(wanted) ? undefined : this.#fromCache(name, wanted));
    return found === undefined ? undefined : this.#remember(key, found);
  }

  #fromSession(name: string, wanted: string): InstalledPackage | undefined {
    const range = wanted === '' ? '*' : wanted;
    const known = [this.#peers.get(name), ...this.#found.values()];
    return known.findLast((one) => one?.name === name && fits(one.version, range));
  }

  /** The best of the cache that shares its peers with what the session has. */
  #fromCache(name: string, wanted: string): InstalledPackage | undefined {
    return findInCache(this.#cache, name, wanted).find(({ folder, from }) =>
      Object.entries(readManifest(folder)?.peerDependencies ?? {}).every(([peer, range]) => {
        const version = this.#versionOf(peer);
        const own = openProject(from, peer)?.version;
        return version === undefined || own === undefined || own === version || !fits(version, range);
      }),
    );
  }

  #versionOf(name: string): string | undefined {
    return (this.#fromSession(name, '') ?? findPackage(this.folder, name))?.version;
  }

  async #install(
    { name, wanted, options = [] }: Wanted,
    { scripts, progress, signal }: { scripts: boolean; progress: Progress; signal: AbortSignal },
  ): Promise<InstalledPackage> {
    const key = textOf({ name, wanted });
    return await withLock(join(this.#cache, 'locks', name.replace('/', '+')), signal, async () => {
      // Another kernel may have done it while this one waited.
      const made = scripts || isTag(wanted) ? undefined : this.#fromCache(name, wanted);
      if (made !== undefined) return this.#remember(key, made);
      progress.start(key);
      try {
        const { installed, count, withScripts } = await install({
          ...{ cache: this.#cache, name, wanted, options, scripts, signal },
          versionOf: (peer) => this.#versionOf(peer),
          onLog: (line) => progress.log(line),
        });
        progress.done(resultText(installed, count, withScripts));
        return this.#remember(key, installed);
      } catch (error) {
        progress.fail();
        const offline = error instanceof PackageError && error.code === 'ERR_NPM_OFFLINE';
        const last = offline ? this.#lastResort(name, wanted) : undefined;
        if (last === undefined) throw error;
        progress.done(`Taking ${name} ${last.version}, which is installed.`);
        return this.#remember(key, last);
      }
    });
  }

  /** What there is where the registry cannot be asked what would be best. */
  #lastResort(name: string, wanted: string): InstalledPackage | undefined {
    return isTag(wanted) ? findInCache(this.#cache, name, wanted)[0] : versionsInCache(this.#cache, name, wanted)[0];
  }

  #remember(key: string, found: InstalledPackage): InstalledPackage {
    this.#found.set(key, found);
    for (const peer of Object.keys(readManifest(found.folder)?.peerDependencies ?? {})) {
      const shared = findPackage(found.from, peer);
      if (shared !== undefined && !this.#peers.has(peer)) this.#peers.set(peer, shared);
    }
    return found;
  }

  #announce(specifier: string, found: InstalledPackage): void {
    this.#types.tell(found, (types) => this.#options.announce(specifier, found, types));
  }

  /** What the system does not let be done is told with what to do. */
  #failed(error: unknown): unknown {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!UNWRITABLE.has(code)) return error;
    return new PackageError(
      'ERR_NPM_CACHE',
      `The cache ${this.#cache} cannot be written (${code}). Make it so, or name another folder in ELARA_CACHE and restart the kernel.`,
      { cause: error },
    );
  }
}

/** What the system says of a folder in which nothing can be made. */
const UNWRITABLE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR', 'EEXIST']);

const SILENT: Publisher = { write: () => undefined, publish: () => undefined };

function textOf({ name, wanted }: Wanted): string {
  return wanted === '' ? name : `${name}@${wanted}`;
}

function resultText({ name, version }: InstalledPackage, count: number, withScripts: readonly string[]): string {
  const others = count - 1;
  const more = others === 0 ? '' : ` and ${others} ${others === 1 ? 'package' : 'packages'} that it needs`;
  const done = `Installed ${name} ${version}${more}.`;
  if (withScripts.length === 0) return done;
  return `${done}\n${notRunText(withScripts, `%npm install --allow-scripts ${name}@${version}`)}`;
}
