/** The end of a worker, in words. */
import type { CellError, WorkerEnd } from '../link.ts';

/** `was killed by SIGSEGV`, `ran out of memory`, `ended with exit code 3`. */
export function howItEnded(end: WorkerEnd): string {
  const by = end.signal === null ? `ended with exit code ${end.code ?? 'unknown'}` : `was killed by ${end.signal}`;
  return /heap out of memory|Allocation failed/.test(end.lastWords) ? `ran out of memory and ${by}` : by;
}

/**
 * What the cell shows in which the worker ended.
 * @param ending Whether the kernel itself is ending.
 */
export function endAsError(end: WorkerEnd, ending = false): CellError {
  const [what, ...then] = ending
    ? ['the kernel was shut down while the cell was running']
    : [`the process that runs the cells ${howItEnded(end)}.`, 'Its variables are lost, a new one is started.'];
  const words = end.lastWords.trimEnd();
  return {
    ename: 'WorkerDied',
    evalue: [what, ...then].join(' '),
    // Frontends do not wrap the lines of errors.
    traceback: [`WorkerDied: ${what}`, ...then, ...(words === '' ? [] : [words])],
  };
}
