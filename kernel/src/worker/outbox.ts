import type { RemoteChannel } from '@elara/gateway';
import { encodePublication } from '../link-codec.ts';
import { PIECE, streamContent } from './stream-content.ts';

/** How long text may wait before it is sent, in ms. */
export const FLUSH_MS = 12;
/** Bytes of text that are sent without waiting for more. */
const FULL = 1 << 16;
/** Room for waiting text, in bytes. */
const ROOM = 1 << 19;

const NAMES = ['stdout', 'stderr'] as const;
export type StreamName = (typeof NAMES)[number];

// The header's fields, as indices of 32-bit integers.
const TEXT_LENGTH = 0;
const PARENT_LENGTH = 1;
const NAME = 2;
const ARMED = 3;
// Serial numbers of the last interrupt that the main thread has seen, and that it has handled.
const SEEN = 4;
const HANDLED = 5;
/** Answers that the main thread is working on, which are not the user's code. */
const ANSWERING = 6;
/** The last interrupt that the second thread was told of. */
const REQUESTED = 7;

const PARENT_AT = 64;
const TEXT_AT = 8192;

/**
 * Text of the cells on its way out, in memory that both threads share: the main thread appends, and whichever comes first
 * sends it: the main thread, when there is much of it or something else must follow it, or the second thread, when it has
 * waited for FLUSH_MS. So many small writes make few messages, and a line that is printed before a long computation does
 * not wait for its end.
 */
export class Outbox {
  readonly #channel: RemoteChannel;
  readonly #header: Int32Array;
  readonly #bytes: Buffer;
  /** Of the waiting text; the main thread's alone. */
  #parent: Uint8Array | null = null;
  /** Text is sent when this many bytes wait. The main thread's alone. */
  #full = FULL;

  constructor(channel: RemoteChannel) {
    this.#channel = channel;
    this.#header = new Int32Array(channel.shared, 0, 16);
    this.#bytes = Buffer.from(channel.shared);
  }

  /** Appends text of a cell. Main thread only. */
  append(parent: Uint8Array | null, name: StreamName, text: string): void {
    this.#channel.exclusive(() => {
      const waiting = this.#load(TEXT_LENGTH);
      if (waiting > 0 && (parent !== this.#parent || name !== this.#waitingName())) this.flush();
      // At most three bytes a UTF-16 unit.
      const atMost = text.length * 3;
      if (this.#load(TEXT_LENGTH) + atMost > ROOM) this.flush();
      if (atMost > ROOM) {
        this.#sendPieces(parent, name, text);
        return;
      }
      const at = this.#load(TEXT_LENGTH);
      if (at === 0) {
        this.#parent = parent;
        if (parent !== null) this.#bytes.set(parent, PARENT_AT);
        this.#store(PARENT_LENGTH, parent?.length ?? 0);
        this.#store(NAME, NAMES.indexOf(name));
      }
      const length = at + this.#bytes.write(text, TEXT_AT + at);
      this.#store(TEXT_LENGTH, length);
      if (length >= this.#full) this.flush();
      else if (at === 0) this.#arm();
    });
  }

  /** The process exits: sends what waits, and from now on all text at once, because nobody comes to send it later. */
  exit(): void {
    this.#full = 0;
    this.flush();
  }

  /** Sends what waits. Either thread. */
  flush(): void {
    this.#channel.exclusive(() => this.#flush());
  }

  /** Second thread: flushes text that has waited for FLUSH_MS, from now on. */
  async flushInTime(): Promise<never> {
    for (;;) {
      await Atomics.waitAsync(this.#header, ARMED, 0).value;
      await new Promise((resolve) => setTimeout(resolve, FLUSH_MS));
      // Both at once: text that comes in between would find it armed, and wait for ever.
      this.#channel.tryExclusive(() => {
        this.#flush();
        Atomics.store(this.#header, ARMED, 0);
      });
    }
  }

  /** Whether the main thread works on an answer about the values of the cells: not to be stopped in the middle. */
  get answering(): boolean {
    return this.#load(ANSWERING) > 0;
  }

  /** Main thread: does work that is not the user's. */
  async whileAnswering(work: () => Promise<void>): Promise<void> {
    Atomics.add(this.#header, ANSWERING, 1);
    try {
      await work();
    } finally {
      this.#store(ANSWERING, Math.max(0, this.#load(ANSWERING) - 1));
    }
  }

  /** Second thread: the main thread was stopped, which runs no `finally`. */
  forgetAnswers(): void {
    this.#store(ANSWERING, 0);
  }

  get requestedInterrupt(): number {
    return this.#load(REQUESTED);
  }

  set requestedInterrupt(serial: number) {
    this.#store(REQUESTED, serial);
  }

  get seenInterrupt(): number {
    return this.#load(SEEN);
  }

  set seenInterrupt(serial: number) {
    this.#store(SEEN, serial);
  }

  get handledInterrupt(): number {
    return this.#load(HANDLED);
  }

  set handledInterrupt(serial: number) {
    this.#store(SEEN, serial);
    this.#store(HANDLED, serial);
  }

  #flush(): void {
    const length = this.#load(TEXT_LENGTH);
    if (length === 0) return;
    const parentLength = this.#load(PARENT_LENGTH);
    const parent =
      parentLength === 0 ? null : Uint8Array.prototype.slice.call(this.#bytes, PARENT_AT, PARENT_AT + parentLength);
    const text = this.#bytes.toString('utf8', TEXT_AT, TEXT_AT + length);
    this.#send(parent, this.#waitingName(), text);
    this.#store(TEXT_LENGTH, 0);
  }

  #sendPieces(parent: Uint8Array | null, name: StreamName, text: string): void {
    for (let start = 0; start < text.length; ) {
      let end = Math.min(start + PIECE, text.length);
      // A surrogate pair is not to be cut.
      if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--;
      this.#send(parent, name, text.slice(start, end));
      start = end;
    }
  }

  #send(parent: Uint8Array | null, name: StreamName, text: string): void {
    const content = streamContent(name, text);
    this.#channel.sendBytes(encodePublication({ op: 'publish', msgType: 'stream', parent, content }));
  }

  #arm(): void {
    if (Atomics.exchange(this.#header, ARMED, 1) === 0) Atomics.notify(this.#header, ARMED);
  }

  #waitingName(): StreamName {
    return this.#load(NAME) === 0 ? 'stdout' : 'stderr';
  }

  #load(field: number): number {
    return Atomics.load(this.#header, field);
  }

  #store(field: number, value: number): void {
    Atomics.store(this.#header, field, value);
  }
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
