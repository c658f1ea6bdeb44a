import { setTimeout as sleep } from 'node:timers/promises';

/** Between two looks, and before giving up; in milliseconds. */
const POLL_MS = 10;
const PATIENCE_MS = 30_000;

/** Resolves when something is the case. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`still not, after ${PATIENCE_MS} ms: ${what}`);
    await sleep(POLL_MS);
  }
}
