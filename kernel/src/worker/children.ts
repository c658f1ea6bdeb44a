/** Processes that the user's code has started, and what becomes of them when it is interrupted. */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { currentCell, type RunningCell } from './running-cell.ts';

/** For `ps`, in ms. */
const PS_MS = 3000;

interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
}

/** From now on each cell that runs knows the processes that it has started (those of `spawnSync` and the like apart). */
export function watchChildren(): void {
  subscribe('child_process', (message) => {
    const { process: child } = message as { readonly process: ChildProcess };
    const cell = currentCell();
    if (cell === undefined || cell.answered) return;
    cell.children.add(child);
    child.once('exit', () => cell.children.delete(child));
  });
}

/** Sends SIGINT to what the cells have started, as Ctrl-C in a terminal does. On Windows, which has no such signal, it is ended. */
export async function interruptChildren(cells: readonly RunningCell[]): Promise<void> {
  const pids = cells.flatMap(({ children }) => [...children].flatMap(({ pid }) => pid ?? []));
  if (pids.length === 0) return;
  if (process.platform === 'win32') {
    const { killTree } = await import('@elara/gateway/process-tree');
    for (const pid of pids) killTree(pid);
    return;
  }
  interruptTrees(pids, await listProcesses());
}

/**
 * Sends SIGINT to the child that this process has started last, which is the one that native code waits for if it waits for
 * any (`execSync`). Other children go on. Nothing on Windows.
 */
export async function interruptLastChild(): Promise<void> {
  if (process.platform === 'win32') return;
  const processes = await listProcesses();
  const last = processes.findLast(({ parent }) => parent === process.pid);
  if (last !== undefined) interruptTrees([last.pid], processes);
}

/** What has left the group (`detached`) does not belong to the terminal's Ctrl-C either. */
function interruptTrees(roots: readonly number[], processes: readonly Listed[]): void {
  const group = processes.find(({ pid }) => pid === process.pid)?.group;
  const tree = new Set(roots);
  for (const root of tree) for (const { pid, parent } of processes) if (parent === root) tree.add(pid);
  for (const { pid } of processes.filter((one) => tree.has(one.pid) && one.group === group)) interrupt(pid);
}

/** It may have ended meanwhile, or have become another user's (`sudo`). */
function interrupt(pid: number): void {
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

/** All processes that can be seen, in the order of their starts; none where the system has neither /proc nor `ps`. */
function listProcesses(): Promise<readonly Listed[]> {
  return process.platform === 'linux' ? listProc() : listByPs();
}

async function listProc(): Promise<readonly Listed[]> {
  const names = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(names.map((name) => readFile(`/proc/${name}/stat`, 'ascii').catch(() => undefined)));
  return stats
    .flatMap((stat) => (stat === undefined ? [] : [parseStat(stat)]))
    .sort((one, other) => one.start - other.start || one.pid - other.pid);
}

/** `pid (command) state ppid pgrp …`, the start as field 22; the command may hold blanks and parentheses. */
function parseStat(stat: string): Listed & { readonly start: number } {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [, parent = 0, group = 0] = fields;
  return { pid: Number.parseInt(stat, 10), parent, group, start: fields[19] ?? 0 };
}

/** Ids count up, but for the one time in which they begin anew. */
async function listByPs(): Promise<readonly Listed[]> {
  // Not before it is needed: a kernel is to start soon.
  const { execFile } = await import('node:child_process');
  const listing = promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,pgid='], { timeout: PS_MS });
  const { stdout } = await listing.catch(() => ({ stdout: '' }));
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0, group = 0]) => ({ pid, parent, group }))
    .filter(({ pid }) => pid > 0 && pid !== listing.child.pid)
    .sort((one, other) => one.pid - other.pid);
}
