import type { Readable } from 'node:stream';

/**
 * Rounds of the event loop without data after which pipes are taken to be empty: what was there when the first of them was
 * polled has been read by the end of the second.
 */
const QUIET_ROUNDS = 2;

/** Tells when what had been written to some pipes has been read. */
export class Drain {
  readonly #streams: readonly Readable[];
  #chunks = 0;

  constructor(streams: readonly Readable[]) {
    this.#streams = streams;
    for (const stream of streams) {
      stream.on('data', () => {
        this.#chunks++;
      });
    }
  }

  whenEmpty(callback: () => void): void {
    let quiet = 0;
    let seen = this.#chunks;
    const round = (): void => {
      const paused = this.#streams.find((stream) => stream.isPaused() && !stream.destroyed);
      if (paused !== undefined) {
        paused.once('resume', () => this.whenEmpty(callback));
        return;
      }
      quiet = this.#chunks === seen ? quiet + 1 : 0;
      seen = this.#chunks;
      if (quiet >= QUIET_ROUNDS || this.#streams.every((stream) => stream.readableEnded || stream.destroyed))
        callback();
      else setImmediate(round);
    };
    setImmediate(round);
  }
}
