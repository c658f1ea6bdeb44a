import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMissing } from '../../packages/missing.ts';
import { hasEnded, SELF } from './owner.ts';

/** What an installation that nobody finished has left is removed after so long, in ms. */
const ABANDONED_MS = 24 * 60 * 60_000;
/** A virus scanner may hold a new file open for a moment, and then Windows does not move its folder. In ms. */
const MOVE_AGAIN_MS = [20, 100, 500, 2000];

/** A folder in which something is made that is to appear in the cache as a whole or not at all. */
export class Staging implements AsyncDisposable {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(cache: string, manifest: object): Promise<Staging> {
    const all = join(cache, 'tmp');
    await mkdir(all, { recursive: true, mode: 0o700 });
    await removeAbandoned(all);
    const folder = join(all, `${SELF.pid}-${randomUUID()}-${SELF.host}`);
    await mkdir(folder);
    const staging = new Staging(folder);
    await staging.write('package.json', manifest);
    return staging;
  }

  async write(name: string, content: object): Promise<void> {
    await writeFile(join(this.folder, name), `${JSON.stringify(content, null, 2)}\n`);
  }

  /** Moves it to its place, unless something that `isComplete` is there already. */
  async publish(place: string, isComplete: () => boolean): Promise<void> {
    await mkdir(dirname(place), { recursive: true, mode: 0o700 });
    for (const wait of [...MOVE_AGAIN_MS, null]) {
      try {
        await rename(this.folder, place);
        return;
      } catch (error) {
        if (isComplete()) return;
        if (wait === null) throw error;
        // What is incomplete is what somebody has left of it, who removes files by hand.
        await rm(place, { recursive: true, force: true });
        await sleep(wait);
      }
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function removeAbandoned(all: string): Promise<void> {
  for (const name of await readdir(all)) {
    const [, pid, host = ''] = /^(\d+)-[0-9a-f-]{36}-(.*)$/.exec(name) ?? [];
    const folder = join(all, name);
    const abandoned = pid !== undefined && hasEnded({ host, pid: Number(pid) });
    if (abandoned || (await age(folder)) > ABANDONED_MS) await rm(folder, { recursive: true, force: true });
  }
}

async function age(folder: string): Promise<number> {
  try {
    return Date.now() - (await stat(folder)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}
