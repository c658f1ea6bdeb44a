import { readFileSync } from 'node:fs';

const NS_PER_MS = 1e6;
/** On Linux the main thread has the process's id; the first number is its time on a processor. */
const FILE = `/proc/self/task/${process.pid}/schedstat`;

/** Processor time of the main thread so far, in ms; undefined where the system does not tell. */
export function mainThreadTime(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    return Number.parseInt(readFileSync(FILE, 'ascii'), 10) / NS_PER_MS;
  } catch {
    return undefined;
  }
}
