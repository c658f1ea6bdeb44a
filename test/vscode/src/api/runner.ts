/** Runs tests inside the extension host, where there is no test runner: `test` notes them, `run` is what VS Code calls. */
import { report } from '../host/report.ts';

export interface Result {
  readonly name: string;
  readonly durationMs: number;
  /** Absent if it passed. */
  readonly error?: string;
}

const TIMEOUT_MS = 60_000;

const tests: { name: string; body: () => unknown }[] = [];

export function test(name: string, body: () => unknown): void {
  tests.push({ name, body });
}

/** VS Code ends when the promise settles. */
export async function run(bundle: string): Promise<void> {
  const results: Result[] = [];
  for (const { name, body } of tests) {
    const start = performance.now();
    const error = await outcome(body);
    const durationMs = performance.now() - start;
    results.push({ name, durationMs, ...(error !== undefined && { error }) });
  }
  report(bundle, results);
}

async function outcome(body: () => unknown): Promise<string | undefined> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`It took longer than ${TIMEOUT_MS} ms.`)), TIMEOUT_MS);
  try {
    await Promise.race([body(), late.promise]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves to the first value of `look` that is neither `undefined` nor `false`. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | false | Thenable<T | undefined | false>,
  timeoutMs = 30_000,
): Promise<T> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const value = await look();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > end) throw new Error(`Waited ${timeoutMs} ms for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
