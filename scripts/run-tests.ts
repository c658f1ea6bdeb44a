/** Runs files of Node's test runner, shows what it writes, and counts. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A runner that writes nothing for so long hangs, in milliseconds: no test takes as long, but a file may never end. */
const SILENT_MS = 10 * 60_000;

export interface Counts {
  readonly passed: number;
  /** Those that were skipped or cancelled too, and one if there was none that passed. */
  readonly failed: number;
}

/** @param options Of Node's test runner, such as `--test-concurrency=2`. */
export async function runTests(files: readonly string[], ...options: readonly string[]): Promise<Counts> {
  const args = ['--test', '--test-reporter=spec', ...options, ...files];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'close');
  // Interrupted, it tells what was running.
  const silence = setTimeout(() => child.kill('SIGINT'), SILENT_MS);
  const counts = new Map<string, number>();
  for await (const line of createInterface({ input: child.stdout })) {
    silence.refresh();
    console.log(line);
    const [, name, count] = /^ℹ (pass|fail|cancelled|skipped|todo) (\d+)$/.exec(line) ?? [];
    if (name !== undefined) counts.set(name, Number(count));
  }
  await ended;
  clearTimeout(silence);
  const count = (...names: string[]): number => names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
  const [passed, failed] = [count('pass'), count('fail', 'cancelled', 'skipped', 'todo')];
  const isBroken = failed === 0 && (passed === 0 || child.exitCode !== 0);
  return { passed, failed: isBroken ? 1 : failed };
}

/** Says how it came out, for people and for the exit code. */
export function report({ passed, failed }: Counts): void {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
