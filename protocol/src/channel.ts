import { ProtocolError } from './errors.ts';
import type { OutgoingMessage, ReceivedMessage } from './message.ts';
import type { Session } from './session.ts';
import { socketFrames } from './socket-frames.ts';

/** The five sockets of a kernel. Spec: "Channels and messages". */
export type ChannelName = 'shell' | 'iopub' | 'stdin' | 'control' | 'hb';

export type Frames = readonly Uint8Array[];

export interface OutboundOptions {
  /** Told of a message that could not be sent; the next ones are sent all the same. Without it, `flush` rejects. */
  readonly onError?: (error: unknown, frames: Frames) => void;
}

/** In place of a message that was sent. */
const SENT: Frames = [];

/** How long a message waits for the next one, in ms. */
const GATHER_MS = 1;

/** Messages sent before the queue's array is cut. */
const COMPACT_AFTER = 1024;

interface Waiter {
  readonly after: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The one writer of a socket: zeromq.js refuses a send (EBUSY) while another waits. Keeps the order of `push`; sends at
 * once, within the call, when nothing waits before it.
 */
export class OutboundQueue {
  readonly #send: (frames: Frames) => Promise<void>;
  readonly #onError: ((error: unknown, frames: Frames) => void) | undefined;
  #queue: Frames[] = [];
  /** Where in `#queue` the next message is: shifting a long array costs more than sending. */
  #head = 0;
  #bytes = 0;
  #pushed = 0;
  #settled = 0;
  #draining = false;
  #gathering = false;
  #closed = false;
  #failure: { readonly error: unknown } | undefined;
  #waiters: Waiter[] = [];

  constructor(send: (frames: Frames) => Promise<void>, options: OutboundOptions = {}) {
    this.#send = send;
    this.#onError = options.onError;
  }

  /** Messages that the socket has not taken yet, the one being sent included. */
  get pending(): number {
    return this.#pushed - this.#settled;
  }

  /** Their bytes: what a producer looks at to slow down. */
  get pendingBytes(): number {
    return this.#bytes;
  }

  /**
   * Sends a message after all that were pushed before it.
   * @throws ProtocolError ERR_CLOSED
   */
  push(frames: Frames): void {
    this.#append(frames);
    if (!this.#draining) void this.#drain();
  }

  /**
   * As `push`, but lets the message wait for the next one, for GATHER_MS at most: messages that are sent together wake the
   * threads of the socket and of its peer once.
   * @throws ProtocolError ERR_CLOSED
   */
  pushWithNext(frames: Frames): void {
    this.#append(frames);
    if (this.#draining || this.#gathering) return;
    this.#gathering = true;
    setTimeout(() => {
      this.#gathering = false;
      if (!this.#draining) void this.#drain();
    }, GATHER_MS);
  }

  /**
   * Resolves when the socket has taken everything pushed so far.
   * @param timeoutMs Default: 10,000 ms.
   * @throws ProtocolError ERR_TIMEOUT, ERR_CLOSED; without `onError`, the first error of a send since the last flush.
   */
  async flush(timeoutMs = 10_000): Promise<void> {
    // What waits for company does not wait any longer.
    if (!this.#draining) void this.#drain();
    if (this.pending > 0) await this.#settledUpTo(this.#pushed, timeoutMs);
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) throw failure.error;
  }

  /** Forgets what is not sent yet and takes nothing more. Returns the number of messages forgotten. */
  close(): number {
    this.#closed = true;
    const forgotten = this.#queue.length - this.#head;
    this.#queue = [];
    this.#head = 0;
    this.#bytes = 0;
    this.#settled = this.#pushed;
    const error = new ProtocolError('ERR_CLOSED', `channel closed with ${forgotten} messages not sent`);
    for (const waiter of this.#waiters.splice(0)) waiter.reject(error);
    return forgotten;
  }

  #append(frames: Frames): void {
    if (this.#closed) throw new ProtocolError('ERR_CLOSED', 'message pushed to a channel that is closed');
    this.#pushed += 1;
    this.#bytes += sizeOf(frames);
    this.#queue.push(frames);
  }

  async #drain(): Promise<void> {
    this.#draining = true;
    while (this.#head < this.#queue.length) {
      await this.#sendOne(this.#next());
    }
    this.#queue = [];
    this.#head = 0;
    this.#draining = false;
  }

  /** Takes the next message out of the queue, and lets go of it. */
  #next(): Frames {
    const frames = this.#queue[this.#head] ?? SENT;
    this.#queue[this.#head] = SENT;
    this.#head += 1;
    if (this.#head >= COMPACT_AFTER && this.#head * 2 >= this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    return frames;
  }

  async #sendOne(frames: Frames): Promise<void> {
    try {
      await this.#send(frames);
    } catch (error) {
      // Of a channel that was closed on purpose, nobody wants to hear what it did not send.
      if (this.#closed) return;
      if (this.#onError !== undefined) this.#onError(error, frames);
      else this.#failure ??= { error };
    }
    if (this.#closed) return;
    this.#bytes -= sizeOf(frames);
    this.#settled += 1;
    while (this.#waiters[0] !== undefined && this.#waiters[0].after <= this.#settled) this.#waiters.shift()?.resolve();
  }

  #settledUpTo(after: number, timeoutMs: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter: Waiter = { after, resolve, reject };
    this.#waiters.push(waiter);
    const timer = setTimeout(() => {
      this.#waiters = this.#waiters.filter((other) => other !== waiter);
      reject(
        new ProtocolError(
          'ERR_TIMEOUT',
          `${this.pending} messages not taken by the peer within ${timeoutMs} ms: it reads too slowly or is gone`,
        ),
      );
    }, timeoutMs);
    return promise.finally(() => clearTimeout(timer));
  }
}

function sizeOf(frames: Frames): number {
  let bytes = 0;
  for (const frame of frames) bytes += frame.byteLength;
  return bytes;
}

/** What a channel needs of a socket; every zeromq.js socket that sends and receives has it. */
export interface FrameSocket {
  readonly closed: boolean;
  send(frames: (Uint8Array | string)[]): Promise<void>;
  receive(): Promise<Buffer[]>;
  close(): void;
}

export interface ChannelOptions extends OutboundOptions {
  readonly name: Exclude<ChannelName, 'hb'>;
  readonly session: Session;
  readonly socket: FrameSocket;
  /** Told why a received message was dropped. The channel goes on. */
  readonly onDropped: (error: ProtocolError) => void;
}

/** A socket with a role: messages of one session go out signed and in order, and come in verified. */
export class Channel implements Disposable {
  readonly name: Exclude<ChannelName, 'hb'>;
  readonly outbound: OutboundQueue;
  readonly #session: Session;
  readonly #socket: FrameSocket;
  readonly #onDropped: (error: ProtocolError) => void;

  constructor(options: ChannelOptions) {
    this.name = options.name;
    this.#session = options.session;
    this.#socket = options.socket;
    this.#onDropped = options.onDropped;
    this.outbound = new OutboundQueue((frames) => options.socket.send(socketFrames(frames)), options);
  }

  /** @throws ProtocolError ERR_JSON, ERR_CLOSED */
  send(message: OutgoingMessage): void {
    this.outbound.push(this.#session.serialize(message));
  }

  /** The messages received from now on, until the channel is closed. Malformed ones go to `onDropped`. One reader only. */
  async *messages(): AsyncGenerator<ReceivedMessage, void, undefined> {
    while (!this.#socket.closed) {
      const frames = await this.#receive();
      if (frames === undefined) return;
      const message = this.#read(frames);
      if (message !== undefined) yield message;
    }
  }

  async #receive(): Promise<Buffer[] | undefined> {
    try {
      return await this.#socket.receive();
    } catch (error) {
      // A closed socket rejects the receive that was waiting (EAGAIN in zeromq.js 6).
      if (this.#socket.closed) return undefined;
      throw error;
    }
  }

  #read(frames: Buffer[]): ReceivedMessage | undefined {
    try {
      return this.#session.deserialize(frames);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#onDropped(error);
      return undefined;
    }
  }

  close(): void {
    this.outbound.close();
    if (!this.#socket.closed) this.#socket.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
