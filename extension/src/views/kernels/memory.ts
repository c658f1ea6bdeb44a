import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Processes of one kernel that are counted. */
const MOST_PROCESSES = 500;
/** For `ps`, in milliseconds. */
const PS_MS = 3000;

/** Memory of a process and of all that it has started, in bytes; undefined where it cannot be known. */
export async function memoryOfTree(pid: number): Promise<number | undefined> {
  if (process.platform === 'linux') return await memoryFromProc(pid);
  return process.platform === 'win32' ? undefined : await memoryFromPs(pid);
}

async function memoryFromProc(root: number): Promise<number | undefined> {
  let sum: number | undefined;
  const pids = [root];
  for (let at = 0; at < pids.length && at < MOST_PROCESSES; at += 1) {
    const pid = pids[at];
    const own = await memoryOf(`/proc/${pid}`);
    if (own === undefined) continue;
    sum = (sum ?? 0) + own;
    pids.push(...(await childrenOf(`/proc/${pid}/task`)));
  }
  return sum;
}

/** Pages that processes share are counted once in all, as the kernel itself does it. Undefined: the process has ended. */
async function memoryOf(folder: string): Promise<number | undefined> {
  const proportional = /^Pss:\s+(\d+) kB$/m.exec(await textOf(`${folder}/smaps_rollup`));
  const [, kilobytes] = proportional ?? /^VmRSS:\s+(\d+) kB$/m.exec(await textOf(`${folder}/status`)) ?? [];
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

async function childrenOf(tasks: string): Promise<number[]> {
  const threads = await readdir(tasks).catch(() => []);
  const lists = await Promise.all(threads.map((thread) => textOf(`${tasks}/${thread}/children`)));
  return lists.flatMap((list) => list.split(' ').filter(Boolean).map(Number));
}

/** Processes end while they are looked at. */
async function textOf(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch(() => '');
}

async function memoryFromPs(root: number): Promise<number | undefined> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,rss='], { timeout: PS_MS });
  return memoryInList(stdout, root);
}

/** @param list Lines of process, parent and resident kilobytes. */
export function memoryInList(list: string, root: number): number | undefined {
  const rows = list.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const tree = new Set([root]);
  // Parents may be listed after their children.
  for (let size = 0; size < tree.size && size < MOST_PROCESSES; ) {
    size = tree.size;
    for (const [pid, parent] of rows) if (pid !== undefined && parent !== undefined && tree.has(parent)) tree.add(pid);
  }
  const own = rows.filter(([pid]) => pid !== undefined && tree.has(pid));
  return own.length === 0 ? undefined : own.reduce((sum, [, , kilobytes = 0]) => sum + kilobytes * 1024, 0);
}
