import type { RemoteChannel } from '@elara/gateway';

const AGAIN_MS = 1;

/**
 * Sends in order and never waits for the wire: the main thread may stand still while it holds it, and only this thread can
 * let it go on.
 */
export class Outgoing {
  readonly #channel: RemoteChannel;
  readonly #waiting: (() => void)[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(channel: RemoteChannel) {
    this.#channel = channel;
  }

  /** @param send Sends one message by the channel. */
  push(send: () => void): void {
    this.#waiting.push(send);
    if (this.#timer === undefined) this.#send();
  }

  #send(): void {
    this.#timer = undefined;
    while (this.#waiting.length > 0) {
      const isFree = this.#channel.tryExclusive(() => this.#waiting.shift()?.());
      if (isFree) continue;
      this.#timer = setTimeout(() => this.#send(), AGAIN_MS);
      return;
    }
  }
}
