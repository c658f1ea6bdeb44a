/** The child process that native code of the main thread waits for (`execSync`, `spawnSync`). */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** For `ps`, in ms. */
const PS_MS = 3000;

/** What a process has started: of what its main thread has, the last is the youngest. */
type ChildrenOf = (pid: number) => Promise<readonly number[]>;

/**
 * Sends SIGINT to the child that was started last, which is the one that the main thread waits for if it waits for any, and
 * to all that this has started: as Ctrl-C in a terminal does. Other children go on. Windows has no such signal.
 */
export async function interruptAwaitedChild(): Promise<void> {
  if (process.platform === 'win32') return;
  const childrenOf = process.platform === 'linux' ? childrenInProc : await listChildren();
  const child = (await childrenOf(process.pid)).at(-1);
  if (child === undefined) return;
  for (const pid of await treeOf(child, childrenOf)) interrupt(pid);
}

async function treeOf(root: number, childrenOf: ChildrenOf): Promise<readonly number[]> {
  const tree = [root];
  for (const pid of tree) tree.push(...(await childrenOf(pid)));
  return tree;
}

/** Those of the main thread, which is the first in the folder, are the last here. */
async function childrenInProc(pid: number): Promise<readonly number[]> {
  const threads = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = await Promise.all(
    threads.reverse().map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, 'utf8').catch(() => '')),
  );
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

/** From `ps`, which is a child itself; empty where there is none. */
async function listChildren(): Promise<ChildrenOf> {
  const listing = promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid='], { timeout: PS_MS });
  const { stdout } = await listing.catch(() => ({ stdout: '' }));
  return childrenInList(stdout, listing.child.pid);
}

/**
 * @param list Lines of process and parent.
 * @param except A process that is not to be among them.
 */
export function childrenInList(list: string, except?: number): ChildrenOf {
  const rows = list.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  return async (pid) =>
    rows
      .flatMap(([child, parent]) => (child !== undefined && child !== except && parent === pid ? [child] : []))
      .sort((a, b) => a - b);
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
