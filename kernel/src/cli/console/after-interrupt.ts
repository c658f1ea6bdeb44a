import { isMessage } from '@elara/protocol/client/index';
import type { ReceivedMessage } from '@elara/protocol/message';

/** Characters of a stream that are still printed when the person has stopped the cell. */
const STILL_PRINTED = 10_000;
/** Characters of its end that are printed all the same. */
const LAST_PRINTED = 2000;

export interface OutputSink {
  print(message: ReceivedMessage): Promise<void>;
  notice(text: string): Promise<void>;
}

/**
 * Prints the output of one cell. A cell that prints faster than the terminal can show has much on its way when it is
 * interrupted: then the middle of that is left out, and the person is told.
 */
export class AfterInterrupt {
  readonly #sink: OutputSink;
  #left = Number.POSITIVE_INFINITY;
  #skipped = 0;
  #last: ReceivedMessage[] = [];

  constructor(sink: OutputSink) {
    this.#sink = sink;
  }

  interrupted(): void {
    this.#left = Math.min(this.#left, STILL_PRINTED);
  }

  async print(message: ReceivedMessage): Promise<void> {
    if (!isMessage(message, 'stream')) {
      await this.end();
      await this.#sink.print(message);
    } else if (message.content.text.length <= this.#left) {
      this.#left -= message.content.text.length;
      await this.#sink.print(message);
    } else {
      this.#left = 0;
      this.#skip(message);
    }
  }

  /** Prints what is kept of the end. */
  async end(): Promise<void> {
    if (this.#skipped > 0) await this.#sink.notice(`… ${this.#skipped} characters left out …`);
    this.#skipped = 0;
    for (const message of this.#last.splice(0)) await this.#sink.print(message);
  }

  #skip(message: ReceivedMessage): void {
    if (!isMessage(message, 'stream')) return;
    const { name, text } = message.content;
    const kept = text.slice(-LAST_PRINTED);
    this.#skipped += text.length - kept.length;
    this.#last.push({ ...message, content: { name, text: kept } });
    while (this.#last.length > 1 && lengthOf(this.#last) - lengthOf(this.#last.slice(0, 1)) >= LAST_PRINTED) {
      this.#skipped += lengthOf(this.#last.splice(0, 1));
    }
  }
}

function lengthOf(messages: readonly ReceivedMessage[]): number {
  let length = 0;
  for (const message of messages) if (isMessage(message, 'stream')) length += message.content.text.length;
  return length;
}
