import type { KernelEnd } from '../kernels/kernel.ts';

/** What a person is told of a kernel that has ended. */
export function describeKernelEnd(kernel: string, { reason, restarting }: KernelEnd): string {
  // What was done on purpose is told in a sentence of its own.
  const what = /^[A-Z]/.test(reason)
    ? `The kernel ${kernel} ended: ${reason}`
    : `The kernel ${kernel} ended ${reason}.`;
  const next = restarting === true ? 'Another one is being started' : 'Run a cell to start another one';
  return `${what} ${next}; its variables are lost.`;
}
