import { after } from '@elara/protocol/client/bounded';

/** How long somebody waits for an answer, in milliseconds. */
export const PATIENCE_MS = 3000;

/** Tells when a kernel has nothing to do. */
export interface Leisure {
  isIdle(): boolean;
  onDidChange(listener: () => void): { dispose(): void };
}

interface Waiting {
  send(): void;
  giveUp(): void;
}

/**
 * Questions to a kernel that reads what it is sent one after the other, between cells. So that none pile up behind a cell,
 * one is on its way at most; of the others the latest of each kind waits here until the kernel is idle.
 */
export class IdleQuestions {
  readonly #leisure: Leisure;
  readonly #waiting = new Map<string, Waiting>();
  readonly #listening: { dispose(): void };
  /** The question that is on its way. */
  #sent: { isLate: boolean } | undefined;

  constructor(leisure: Leisure) {
    this.#leisure = leisure;
    this.#listening = leisure.onDidChange(() => this.#next());
  }

  /**
   * @param send Sends the question, and resolves to its answer.
   * @param signal Aborted when nobody wants the answer any more.
   * @returns undefined: a later question of this kind came, the kernel has no time, or nobody wants it any more.
   */
  async ask<T>(kind: string, send: () => Promise<T>, signal: AbortSignal): Promise<T | undefined> {
    if (signal.aborted) return undefined;
    const { promise, resolve } = Promise.withResolvers<T | undefined>();
    const giveUp = (): void => resolve(undefined);
    const waiting: Waiting = { send: () => void this.#send(send).then(resolve, giveUp), giveUp };
    const cancelTimer = after(PATIENCE_MS, giveUp);
    signal.addEventListener('abort', giveUp);
    this.#waiting.get(kind)?.giveUp();
    this.#waiting.set(kind, waiting);
    this.#next();
    try {
      return await promise;
    } finally {
      cancelTimer();
      signal.removeEventListener('abort', giveUp);
      if (this.#waiting.get(kind) === waiting) this.#waiting.delete(kind);
    }
  }

  dispose(): void {
    this.#listening.dispose();
    for (const waiting of this.#waiting.values()) waiting.giveUp();
  }

  #next(): void {
    if (!this.#leisure.isIdle()) return;
    // A kernel that is idle has read it, and does not answer such questions.
    if (this.#sent !== undefined && !this.#sent.isLate) return;
    const [first] = this.#waiting;
    if (first === undefined) return;
    const [kind, waiting] = first;
    this.#waiting.delete(kind);
    waiting.send();
  }

  async #send<T>(send: () => Promise<T>): Promise<T> {
    const sent = { isLate: false };
    this.#sent = sent;
    const cancelTimer = after(PATIENCE_MS, () => {
      sent.isLate = true;
      this.#next();
    });
    try {
      return await send();
    } finally {
      cancelTimer();
      if (this.#sent === sent) {
        this.#sent = undefined;
        this.#next();
      }
    }
  }
}
