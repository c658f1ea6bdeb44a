import type { ReceivedMessage } from '../message.ts';
import { after } from './bounded.ts';
import { KernelTimeoutError } from './errors.ts';

interface Waiter {
  readonly resolve: (reply: ReceivedMessage) => void;
  readonly reject: (error: Error) => void;
}

/** The requests that have no reply yet, by the id of their message. */
export class PendingReplies {
  readonly #waiters = new Map<string, Waiter>();

  /**
   * The reply to the request of that id.
   * @param awaited What is awaited, for the error: `complete_reply`.
   * @throws KernelTimeoutError after `timeoutMs`; what `rejectAll` is given.
   */
  wait(msgId: string, awaited: string, timeoutMs: number): Promise<ReceivedMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<ReceivedMessage>();
    const cancel = after(timeoutMs, () =>
      reject(new KernelTimeoutError(awaited, timeoutMs, 'The kernel is busy or does not know the request.')),
    );
    this.#waiters.set(msgId, { resolve, reject });
    return promise.finally(() => {
      cancel();
      this.#waiters.delete(msgId);
    });
  }

  resolve(msgId: string, reply: ReceivedMessage): void {
    this.#waiters.get(msgId)?.resolve(reply);
  }

  reject(msgId: string, error: Error): void {
    this.#waiters.get(msgId)?.reject(error);
  }

  rejectAll(error: Error): void {
    for (const waiter of this.#waiters.values()) waiter.reject(error);
  }
}
