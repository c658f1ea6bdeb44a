import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** What a process uses. */
export interface ProcessUsage {
  /** Resident memory in bytes. */
  readonly memory: number;
  /** Processor time since its start, in seconds. */
  readonly seconds: number;
}

/** Jiffies a second, fixed in Linux's interface to user space. */
const TICKS = 100;
const PAGE_BYTES = 4096;

/** What a process uses now; undefined where it is gone. From /proc on Linux, from `ps` elsewhere. */
export async function processUsage(pid: number): Promise<ProcessUsage | undefined> {
  try {
    return process.platform === 'linux' ? await fromProc(pid) : await fromPs(pid);
  } catch (error) {
    // The process has ended, or this platform has no `ps`.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}

async function fromProc(pid: number): Promise<ProcessUsage> {
  const [stat, memory] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/smaps_rollup`, 'utf8').then(pss, () => undefined),
  ]);
  // The name, in parentheses, may hold anything; the fields after it are counted from the third.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): number => Number(fields[number - 3] ?? 0);
  return { memory: memory ?? field(24) * PAGE_BYTES, seconds: (field(14) + field(15)) / TICKS };
}

/** Pages that processes share, such as Node's own code, are counted once in all. */
function pss(rollup: string): number | undefined {
  const [, kibibytes] = /^Pss:\s+(\d+) kB/m.exec(rollup) ?? [];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

async function fromPs(pid: number): Promise<ProcessUsage> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=,time=', '-p', String(pid)]);
  const [rss = '0', time = '0'] = stdout.trim().split(/\s+/);
  // [[days-]hours:]minutes:seconds
  const [days = '0', clock] = time.includes('-') ? time.split('-') : ['0', time];
  const seconds = (clock ?? '0').split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  return { memory: Number(rss) * 1024, seconds: Number(days) * 86_400 + seconds };
}
