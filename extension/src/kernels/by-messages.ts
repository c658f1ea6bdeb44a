import type { KernelMessage } from '@jupyterlab/services';
import type { ZmqControl } from '../transport/zmq-kernel.ts';
import type { ZmqLink } from '../transport/zmq-link.ts';

/** For the kernel's answer, in milliseconds. */
const ANSWER_MS = 5000;

export class NotOursError extends Error {
  override readonly name = 'NotOursError';
  readonly code = 'ERR_NOT_OURS';
}

/** Control of a kernel that somebody else started: what its control channel offers, and signals where its process is known. */
export function controlByMessages(link: ZmqLink, pid: () => number | undefined): ZmqControl {
  const signal = (name: 'SIGINT' | 'SIGKILL'): boolean => {
    const process_ = pid();
    if (process_ === undefined || (name === 'SIGINT' && process.platform === 'win32')) return false;
    try {
      return process.kill(process_, name);
    } catch {
      return false;
    }
  };
  return {
    async interrupt() {
      try {
        await link.request('control', 'interrupt_request', {}, ANSWER_MS);
      } catch (error) {
        if (!signal('SIGINT')) throw error;
      }
    },
    restart: () =>
      Promise.reject(
        new NotOursError(
          'This kernel was started elsewhere: restart it there, or choose another kernel and run the cells again.',
        ),
      ),
    async shutdown() {
      await link.request('control', 'shutdown_request', { restart: false }, ANSWER_MS);
    },
    async kill() {
      if (signal('SIGKILL')) return;
      throw new NotOursError('This kernel was started elsewhere, and its process is not known here: end it there.');
    },
    missed: async (): Promise<readonly KernelMessage.IIOPubMessage[]> => [],
    // At least whoever started it may use it.
    isShared: async () => true,
    leave() {},
  };
}
