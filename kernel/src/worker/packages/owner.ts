import { hostname } from 'node:os';

/** This process among all that may use a cache, which may be on a disk that machines share. */
export interface Owner {
  readonly host: string;
  readonly pid: number;
}

export const SELF: Owner = { host: hostname(), pid: process.pid };

/** Whether a process is known to have ended; of one of another machine nothing is known. */
export function hasEnded({ host, pid }: Owner): boolean {
  if (host !== SELF.host) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
