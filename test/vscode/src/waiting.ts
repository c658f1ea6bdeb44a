/** Waits for conditions, never for time. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { artifacts } from './paths.ts';

/** Long enough for a machine that does other things too: only what has failed waits so long. */
export const TIMEOUT_MS = 45_000;
const POLL_MS = 100;

export interface WaitOptions {
  readonly timeoutMs?: number;
  /** Shown when it fails. */
  readonly page?: Page | undefined;
}

/** Says what was awaited, what was seen last, and where a picture of it is. */
export class WaitError extends Error {
  override readonly name = 'WaitError';
}

/**
 * Resolves to the first value of `look` that is neither `undefined` nor `false`. An error that it throws counts as "not yet"
 * and is the cause of the {@link WaitError} that this rejects with after `timeoutMs`.
 *
 * @param what The end of the sentence "Waited for …".
 */
export async function until<T>(
  what: string,
  look: () => T | undefined | false | Promise<T | undefined | false>,
  { timeoutMs = TIMEOUT_MS, page }: WaitOptions = {},
): Promise<T> {
  const end = performance.now() + timeoutMs;
  let cause: unknown;
  do {
    try {
      const value = await look();
      if (value !== undefined && value !== false) return value;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await sleep(POLL_MS);
  } while (performance.now() < end);
  throw await waitError(what, timeoutMs, cause, page);
}

async function waitError(what: string, timeoutMs: number, cause: unknown, page?: Page): Promise<WaitError> {
  const seen = cause instanceof Error ? `\nLast: ${cause.message}` : '';
  const picture = page && (await pictureOf(page));
  return new WaitError(`Waited ${timeoutMs} ms for ${what}.${seen}${picture ? `\nPicture: ${picture}` : ''}`, {
    cause,
  });
}

let pictures = 0;

/** Writes a picture of the page as it is. Returns its path, or why there is none: it must not hide the error that it is for. */
export async function pictureOf(
  page: Page,
  path = join(artifacts, `wait-${process.pid}-${++pictures}.png`),
): Promise<string> {
  try {
    await page.screenshot({ path, timeout: 10_000 });
    return path;
  } catch (error) {
    return `none (${error instanceof Error ? error.message.split('\n')[0] : error})`;
  }
}
