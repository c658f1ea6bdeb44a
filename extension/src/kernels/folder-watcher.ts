import { readdirSync, statSync, watch } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Log, messageOf } from '../log.ts';

/** Default of {@link FolderWatcherOptions.lookMs}. */
const LOOK_MS = 2000;

/** Installers write several files: they are looked at when there was no change for that long, in milliseconds. */
const QUIET_MS = 300;

export interface FolderWatcherOptions {
  readonly log: Log;
  /** Looks at the folders in them as well. */
  readonly deep: boolean;
  /** Called some time after a change. */
  readonly onChange: () => void;
  /** Node's, if no other is given. */
  readonly watch?: typeof watch;
  /** How often a folder is looked at that the system does not watch, in milliseconds. */
  readonly lookMs?: number;
}

/** Watches folders, whether they are there already or not. */
export class FolderWatcher implements Disposable {
  readonly #options: FolderWatcherOptions;
  readonly #watchers = new Map<string, { close(): void }>();
  #folders: readonly string[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FolderWatcherOptions) {
    this.#options = options;
  }

  set folders(folders: readonly string[]) {
    this.#folders = folders;
    this.#arm();
  }

  [Symbol.dispose](): void {
    this.#folders = [];
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  /** Watches what there is to watch by now, and no more. */
  #arm(): void {
    const wanted = new Map<string, { folder: string; name: string | undefined }>();
    for (const folder of this.#folders) {
      for (const { path, name } of this.#placesOf(folder)) {
        // A folder that was made anew under the same name is another one, which may have the number of the old one.
        const stats = statSync(path, { throwIfNoEntry: false });
        if (stats === undefined) continue;
        wanted.set(`${stats.ino} ${stats.birthtimeMs} ${name ?? ''} ${path}`, { folder: path, name });
      }
    }
    for (const [key, watcher] of this.#watchers) {
      if (wanted.has(key)) continue;
      watcher.close();
      this.#watchers.delete(key);
    }
    for (const [key, { folder, name }] of wanted) if (!this.#watchers.has(key)) this.#watch(key, folder, name);
  }

  /** The folder itself and those in it; or the nearest one above it that is there, and what is to appear in it. */
  #placesOf(folder: string): { path: string; name: string | undefined }[] {
    if (isFolder(folder)) {
      const inside = this.#options.deep ? namesIn(folder).map((name) => join(folder, name)) : [];
      return [folder, ...inside.filter(isFolder)].map((path) => ({ path, name: undefined }));
    }
    let path = folder;
    while (!isFolder(dirname(path))) {
      if (dirname(path) === path) return [];
      path = dirname(path);
    }
    return [{ path: dirname(path), name: basename(path) }];
  }

  #watch(key: string, folder: string, only: string | undefined): void {
    const { watch: watchFolder = watch, lookMs = LOOK_MS, log } = this.#options;
    try {
      const watcher = watchFolder(folder, { persistent: false }, (_, name) => {
        if (only === undefined || name === null || name === only) this.#changed();
      });
      // On Windows the end of the folder is an error.
      watcher.on('error', () => this.#changed());
      this.#watchers.set(key, watcher);
    } catch (error) {
      // Linux allows each user so many watchers, and some file systems have none.
      log.debug(`${folder} is looked at every ${lookMs} ms: ${messageOf(error)}`);
      let seen = stateOf(folder, only);
      const timer = setInterval(() => {
        const state = stateOf(folder, only);
        if (state !== seen) this.#changed();
        seen = state;
      }, lookMs);
      timer.unref();
      this.#watchers.set(key, { close: () => clearInterval(timer) });
    }
  }

  #changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#arm();
      this.#options.onChange();
    }, QUIET_MS);
    this.#timer.unref();
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Missing, or in a folder that this user may not enter.
    return false;
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** What is in a folder, or only what has this name, and when each was changed. */
function stateOf(folder: string, only: string | undefined): string {
  const names = only === undefined ? namesIn(folder) : [only];
  return names.map((name) => `${name} ${changeTimeOf(join(folder, name))}`).join('\n');
}

/** In ms since 1970; undefined: it is missing, or may not be seen. */
function changeTimeOf(path: string): number | undefined {
  try {
    return statSync(path).mtimeMs;
  } catch {
    return undefined;
  }
}
