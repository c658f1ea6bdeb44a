import type { ContentOf } from '@elara/protocol/message';
import type { Iopub } from '../server/iopub.ts';

/** What the server knows of a client that debugs: it outlives the worker, in which all the rest of the debugger is. */
export class DebugSession {
  /** Header of the last request of a debugger that is attached. */
  #parent: Uint8Array | undefined;

  /** A request was answered. */
  answered({ command }: ContentOf<'debug_request'>, parent: Uint8Array, success: boolean): void {
    if (command === 'disconnect' || command === 'terminate') this.#parent = undefined;
    else if ((command === 'attach' && success) || this.#parent !== undefined) this.#parent = parent;
  }

  /** The worker has ended, and its debugger with it. */
  workerEnded(iopub: Iopub): void {
    if (this.#parent === undefined) return;
    iopub.publish('debug_event', this.#parent, { type: 'event', seq: 0, event: 'terminated' });
    this.#parent = undefined;
  }
}
