import type { Frames } from '@elara/protocol/channel';
import { OutboundQueue } from '@elara/protocol/channel';
import type { Encoded } from '@elara/protocol/message';
import type { Session } from '@elara/protocol/session';
import { socketFrames } from '@elara/protocol/socket-frames';
import type { XPublisher } from 'zeromq';
import type { Headers } from './headers.ts';
import type { Log } from './log.ts';
import { isFull, SlowReaders } from './slow-readers.ts';
import type { NamedContent } from './translate-2011.ts';

export type ExecutionState = 'starting' | 'busy' | 'idle' | 'restarting' | 'dead';

/** Bytes that wait for readers before the worker is held back, and below which it goes on. */
const PAUSE_BYTES = 4 * 1024 * 1024;
const RESUME_BYTES = 1024 * 1024;

/** The longest time that a timer can have, in ms. */
const NEVER_MS = 2 ** 31 - 1;

/** First byte of what XPUB receives when somebody subscribes. */
const SUBSCRIBE = 1;

const STATUS: Readonly<Record<ExecutionState, Buffer>> = {
  starting: Buffer.from('{"execution_state":"starting"}'),
  busy: Buffer.from('{"execution_state":"busy"}'),
  idle: Buffer.from('{"execution_state":"idle"}'),
  restarting: Buffer.from('{"execution_state":"restarting"}'),
  dead: Buffer.from('{"execution_state":"dead"}'),
};

export interface IopubOptions {
  readonly socket: XPublisher;
  readonly session: Session;
  readonly headers: Headers;
  readonly log: Log;
  /** Told when readers are so far behind that nothing more should be produced, and when they have caught up. */
  readonly onPressure: (behind: boolean) => void;
  /** Renames messages for clients of 2011. */
  readonly translate?: (msgType: string, content: Encoded<unknown>) => NamedContent | undefined;
  /** See `SlowReaders`. In ms. */
  readonly stallMs?: number;
}

/**
 * The output stage: the one writer of iopub. Messages leave in the order of the calls, so a cell's outputs come after
 * its busy and before its idle. Spec: "Channels and messages", iopub.
 */
export class Iopub {
  readonly #options: IopubOptions;
  readonly #outbound: OutboundQueue;
  readonly #readers: SlowReaders;
  readonly #topics = new Map<string, Buffer[]>();
  #behind = false;
  #gathering = false;
  #closed = false;
  #starting = true;
  /** The request that ended last, and the last one of whose output some was kept from a reader. */
  #ended: Uint8Array | undefined;
  #lossy: Uint8Array | undefined;

  constructor(options: IopubOptions) {
    this.#options = options;
    this.#readers = new SlowReaders(options.socket, options.log, options.stallMs);
    this.#outbound = new OutboundQueue((frames) => this.#send(frames), {
      onError: (error) => options.log.error('a message for iopub was not sent', error),
    });
  }

  /**
   * Publishes a message. Bytes are signed and sent as they are.
   * @param parent Header bytes of the request that caused it; null where none did.
   * @throws ProtocolError ERR_JSON
   */
  publish(
    msgType: string,
    parent: Uint8Array | null,
    content: Encoded<unknown>,
    metadata?: Encoded<Readonly<Record<string, unknown>>>,
    buffers?: readonly Uint8Array[],
  ): void {
    // What is still said while the kernel ends has no one to hear it.
    if (this.#closed) return;
    const { translate } = this.#options;
    if (translate === undefined) this.#push(msgType, parent, content, metadata, buffers);
    else {
      const said = translate(msgType, content);
      if (said !== undefined) this.#push(said.msgType, parent, said.content, metadata, buffers);
    }
  }

  status(state: ExecutionState, parent: Uint8Array | null): void {
    if (parent !== null) {
      this.#starting = false;
      if (state === 'busy') this.#repeatNotice();
      else if (state === 'idle') this.#noticeLoss(parent);
    }
    this.publish('status', parent, STATUS[state]);
  }

  /** What `action` publishes may wait a moment, to leave together with what comes next. */
  withNext(action: () => void): void {
    this.#gathering = true;
    action();
    this.#gathering = false;
  }

  /** Resolves when the socket has taken everything published so far; undefined where it has already. */
  flush(): Promise<void> | undefined {
    // Readers that do not read are left behind after a bound, so this ends without one of its own.
    return this.#outbound.pending === 0 ? undefined : this.#outbound.flush(NEVER_MS);
  }

  /** Greets subscribers until the socket is closed. Spec: JEP 65. */
  async welcome(): Promise<void> {
    const { socket } = this.#options;
    while (!socket.closed) {
      try {
        const [frame] = await socket.receive();
        if (frame !== undefined && frame[0] === SUBSCRIBE) this.#greet(frame.subarray(1));
      } catch (error) {
        // A closed socket rejects the receive that was waiting.
        if (!socket.closed) throw error;
      }
    }
  }

  close(): void {
    this.#closed = true;
    this.#readers.close();
    const forgotten = this.#outbound.close();
    if (forgotten > 0) this.#options.log.warn(`iopub closed with ${forgotten} messages that no reader took`);
  }

  /** Says in a cell that output of it was kept from a reader: at its end, when that reader may read again. */
  #noticeLoss(parent: Uint8Array): void {
    if (this.#readers.takeLoss()) {
      this.publish('stream', parent, { name: 'stderr', text: this.#readers.notice });
      this.#lossy = parent;
    }
    this.#ended = parent;
  }

  /** A reader that read again only after the end of the cell learns of it, and of the end, before anything else. */
  #repeatNotice(): void {
    const parent = this.#readers.takeLoss() ? this.#ended : this.#lossy;
    this.#lossy = undefined;
    if (parent === undefined) return;
    this.publish('stream', parent, { name: 'stderr', text: this.#readers.notice });
    this.publish('status', parent, STATUS.idle);
  }

  #greet(topic: Buffer): void {
    if (this.#closed) return;
    const content = { subscription: topic.toString('utf8') };
    this.#pushTo([topic], 'iopub_welcome', null, content);
    // A client that was there before the first request learns that the kernel is starting; nobody could hear it earlier.
    if (!this.#starting) return;
    this.#starting = false;
    this.status('starting', null);
  }

  #push(
    msgType: string,
    parent: Uint8Array | null,
    content: Encoded<unknown>,
    metadata?: Encoded<Readonly<Record<string, unknown>>>,
    buffers?: readonly Uint8Array[],
  ): void {
    let topic = this.#topics.get(msgType);
    if (topic === undefined) {
      topic = [Buffer.from(`kernel.${this.#options.session.id}.${msgType}`)];
      this.#topics.set(msgType, topic);
    }
    this.#pushTo(topic, msgType, parent, content, metadata, buffers);
  }

  #pushTo(
    identities: readonly Buffer[],
    msgType: string,
    parent: Uint8Array | null,
    content: Encoded<unknown>,
    metadata?: Encoded<Readonly<Record<string, unknown>>>,
    buffers?: readonly Uint8Array[],
  ): void {
    const { session, headers } = this.#options;
    const frames = session.serialize({
      identities,
      header: headers.make(msgType),
      ...(parent === null ? {} : { parentHeader: parent }),
      ...(metadata === undefined ? {} : { metadata }),
      content,
      ...(buffers === undefined ? {} : { buffers }),
    });
    if (this.#gathering) this.#outbound.pushWithNext(frames);
    else this.#outbound.push(frames);
    if (this.#readers.waiting) this.#checkPressure();
  }

  async #send(frames: Frames): Promise<void> {
    try {
      await this.#options.socket.send(socketFrames(frames));
    } catch (error) {
      if (!isFull(error)) throw error;
      this.#checkPressure();
      await this.#readers.sendWhenRead(frames);
    }
    if (this.#behind) this.#checkPressure();
  }

  #checkPressure(): void {
    const waiting = this.#outbound.pendingBytes;
    const behind = this.#behind ? waiting > RESUME_BYTES : waiting > PAUSE_BYTES;
    if (behind === this.#behind) return;
    this.#behind = behind;
    this.#options.log.debug(`iopub: readers ${behind ? 'are behind' : 'have caught up'}, ${waiting} bytes wait`);
    this.#options.onPressure(behind);
  }
}
