/** What tests need to know of processes that are not their children. Linux and macOS. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** How long a test waits for something that is to happen, in ms. */
const PATIENCE_MS = 15_000;
const POLL_MS = 20;

/** Resolves when `condition` holds. Rejects, naming `what`, if that takes longer than `patienceMs`. */
export async function until(what: string, condition: () => boolean, patienceMs = PATIENCE_MS): Promise<void> {
  const deadline = performance.now() + patienceMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`still not, after ${patienceMs} ms: ${what}`);
    await sleep(POLL_MS);
  }
}

/** Whether a process of that id runs. One that has ended and waits for whoever adopted it to notice does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    assert.ok(error instanceof Error && 'code' in error && error.code === 'ESRCH');
    return false;
  }
  return fieldOf(pid, 'State')?.startsWith('Z') !== true;
}

/** Resolves when none of the processes runs any more. */
export function untilGone(...pids: readonly number[]): Promise<void> {
  return until(`${pids.join(', ')} have ended`, () => !pids.some(isRunning));
}

/** The processes that a process has started, and those that they have started. */
export function descendantsOf(pid: number): number[] {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const children = all.map(Number).filter((one) => fieldOf(one, 'PPid') === String(pid));
  return children.flatMap((child) => [child, ...descendantsOf(child)]);
}

/** Resident memory of a process now, and the most that it ever had, in MiB. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const mebibytes = (field: string): number => Number.parseInt(fieldOf(pid, field) ?? '', 10) / 1024;
  return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
}

/** The one language server that a kernel has. */
export function languageServerOf(kernelPid: number): number {
  const found = descendantsOf(kernelPid).filter((pid) => commandOf(pid).includes('--lsp'));
  const [pid] = found;
  assert.ok(pid !== undefined && found.length === 1, `language servers: ${found.join(', ')}`);
  return pid;
}

/** The command of a process with its arguments; empty where it has ended. */
export function commandOf(pid: number): string {
  return (readProcess(pid, 'cmdline') ?? '').split('\0').join(' ').trim();
}

/** A line of `/proc/PID/status`. */
function fieldOf(pid: number, name: string): string | undefined {
  return new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(readProcess(pid, 'status') ?? '')?.[1];
}

/** A file of `/proc/PID`; undefined where there is none: no such process, or no such system. */
function readProcess(pid: number, name: string): string | undefined {
  const file = `/proc/${pid}/${name}`;
  if (!existsSync(file)) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // It has ended meanwhile.
    if (error instanceof Error && 'code' in error && (error.code === 'ESRCH' || error.code === 'ENOENT'))
      return undefined;
    throw error;
  }
}
