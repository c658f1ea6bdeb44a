import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PackageError } from '../../packages/errors.ts';
import { isMissing } from '../../packages/missing.ts';
import { hasEnded, type Owner, SELF } from './owner.ts';

/** How often whoever holds a lock says that it still does, in ms. */
const BEAT_MS = 2000;
/** A lock whose holder has said nothing for so long is nobody's. */
const STALE_MS = 20_000;
const POLL_MS = 50;
/** How long a lock is waited for, in ms. */
const PATIENCE_MS = 10 * 60_000;

/**
 * Does something while no other process that takes the same lock does. The lock is a folder, which only one can make. It is
 * taken over from a process that has ended without giving it back.
 * @throws PackageError ERR_NPM_BUSY; the signal's reason
 */
export async function withLock<T>(folder: string, signal: AbortSignal, action: () => Promise<T>): Promise<T> {
  const token = randomUUID();
  await take(folder, token, signal);
  const beating = setInterval(() => {
    const now = new Date();
    // It may have been taken over: whoever has it now says so itself.
    utimes(folder, now, now).catch(() => clearInterval(beating));
  }, BEAT_MS);
  try {
    return await action();
  } finally {
    clearInterval(beating);
    if ((await holder(folder))?.token === token) await rm(folder, { recursive: true, force: true });
  }
}

async function take(folder: string, token: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  while (!(await make(folder, token))) {
    signal.throwIfAborted();
    if (await isStale(folder)) await remove(folder, token);
    else if (performance.now() > deadline) {
      throw new PackageError(
        'ERR_NPM_BUSY',
        `Another kernel has been installing this for ${PATIENCE_MS / 60_000} minutes. Interrupt it there, or remove ${folder}, and run the cell again.`,
      );
    } else await sleep(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

async function make(folder: string, token: string): Promise<boolean> {
  try {
    await mkdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
  await writeFile(join(folder, 'owner.json'), JSON.stringify({ ...SELF, token }));
  return true;
}

async function isStale(folder: string): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(folder);
    const owner = await holder(folder);
    return Date.now() - mtimeMs > STALE_MS || (owner !== undefined && hasEnded(owner));
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Of several that find a lock stale, one succeeds in renaming it. */
async function remove(folder: string, token: string): Promise<void> {
  const aside = `${folder}.${token}`;
  try {
    await rename(folder, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  await rm(aside, { recursive: true, force: true });
}

/** Who holds the lock; undefined where nobody does, or where who does has not said so yet. */
async function holder(folder: string): Promise<(Owner & { readonly token: string }) | undefined> {
  try {
    return JSON.parse(await readFile(join(folder, 'owner.json'), 'utf8'));
  } catch (error) {
    if (isMissing(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
