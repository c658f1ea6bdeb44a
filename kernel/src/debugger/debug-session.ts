import type { ContentOf } from '@elara/protocol/message';
import type { Publication } from '../link.ts';
import type { Iopub } from '../server/iopub.ts';

/** What the server knows of a client that debugs: it outlives the worker, in which all the rest of the debugger is. */
export class DebugSession {
  /** Header of the last request of a debugger that is attached. */
  #parent: Uint8Array | undefined;
  #stopped = false;
  readonly #waiting = new Set<() => void>();

  /** Whether the code stands still. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** A request was answered. */
  answered({ command }: ContentOf<'debug_request'>, parent: Uint8Array, success: boolean): void {
    if (command === 'disconnect' || command === 'terminate') this.#parent = undefined;
    else if ((command === 'attach' && success) || this.#parent !== undefined) this.#parent = parent;
  }

  /** Something that the worker publishes: the debugger's events among it tell when the code stands still. */
  observe({ msgType, content }: Publication): void {
    if (msgType !== 'debug_event') return;
    const { event } = JSON.parse(Buffer.from(content).toString()) as ContentOf<'debug_event'>;
    if (event === 'stopped') {
      this.#stopped = true;
      for (const wake of this.#waiting) wake();
    } else if (event === 'continued' || event === 'terminated') this.#stopped = false;
  }

  /** The answer; undefined where the code stands still before it comes: the main thread gives none then. */
  async unlessStopped<T>(answer: Promise<T>): Promise<T | undefined> {
    const stop = Promise.withResolvers<undefined>();
    const wake = (): void => stop.resolve(undefined);
    this.#waiting.add(wake);
    try {
      return await Promise.race([answer, stop.promise]);
    } finally {
      this.#waiting.delete(wake);
    }
  }

  /** The worker has ended, and its debugger with it. */
  workerEnded(iopub: Iopub): void {
    this.#stopped = false;
    if (this.#parent === undefined) return;
    iopub.publish('debug_event', this.#parent, { type: 'event', seq: 0, event: 'terminated' });
    this.#parent = undefined;
  }
}
