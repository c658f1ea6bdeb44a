import { randomUUID } from 'node:crypto';
import { within } from '@elara/protocol/client/bounded';
import { DEFAULT_HEARTBEAT } from '@elara/protocol/client/heartbeat';
import { Wire } from '@elara/protocol/client/wire';
import { openZeromq } from '@elara/protocol/client/zeromq-transport';
import type { ConnectionInfo } from '@elara/protocol/connection';
import { parentId, type ReceivedMessage } from '@elara/protocol/message';
import { Session } from '@elara/protocol/session';
import type { KernelMessage } from '@jupyterlab/services';
import { Emitter } from '../emitter.ts';
import { type Log, messageOf } from '../log.ts';

/** How long the kernel's answer and its first publication are waited for before it is asked again, in ms. */
const PROBE_MS = 300;

/** How long answers to what was asked in vain are still known as such, in ms: a busy kernel gives them after its cell. */
const LATE_MS = 3_600_000;

type WireChannel = 'shell' | 'control' | 'stdin';

/** What a link tells the one who opened it. */
export interface LinkListener {
  readonly onMessage: (message: KernelMessage.IMessage) => void;
  /** The sockets failed: nothing more comes. */
  readonly onBroken: (error: Error) => void;
}

/**
 * The ZeroMQ sockets of one kernel, in the terms of @jupyterlab/services: messages in and out. One link a kernel; it is
 * opened anew after a restart.
 */
export class ZmqLink {
  readonly #connectionInfo: () => Promise<ConnectionInfo>;
  readonly #client: string;
  readonly #log: Log;
  readonly #pending = new Map<string, (message: ReceivedMessage) => void>();
  readonly #heart = new Emitter<boolean>();
  #wire: Wire | undefined;
  #listener: LinkListener | undefined;
  #info: KernelMessage.IInfoReply | undefined;
  #failure = 'The connection to the kernel was closed.';

  /**
   * @param connectionInfo Asked for each time that the link is opened.
   * @param client Identity of the sockets: no two connections to a kernel may have the same.
   */
  constructor(connectionInfo: () => Promise<ConnectionInfo>, client: string, log: Log) {
    this.#connectionInfo = connectionInfo;
    this.#client = client;
    this.#log = log;
  }

  /** False when the heart has stopped, true when it beats again. */
  get onHeart(): Emitter<boolean>['event'] {
    return this.#heart.event;
  }

  /** Why the link was not opened, or failed later. */
  get failure(): string {
    return this.#failure;
  }

  /** What the kernel has said of itself when the link was opened. */
  get info(): KernelMessage.IInfoReply | undefined {
    return this.#info;
  }

  /**
   * Opens the sockets, and resolves when the kernel has answered and its publications arrive: what it published before
   * would be lost. Waits for a kernel that has yet to bind its ports; the bound is the caller's, by `signal`.
   */
  async open(listener: LinkListener, signal: AbortSignal): Promise<void> {
    try {
      await this.#open(listener, signal);
    } catch (error) {
      this.#failure = messageOf(error);
      throw error;
    }
  }

  async #open(listener: LinkListener, signal: AbortSignal): Promise<void> {
    const info = await this.#connectionInfo();
    const session = new Session({ key: info.key, signatureScheme: info.signature_scheme });
    const transport = await openZeromq(info, this.#client);
    if (signal.aborted) return transport.close();
    this.#info = undefined;
    // ZeroMQ resumes a connection by itself, to a kernel that was restarted meanwhile: all that comes is of one session.
    const kernelSession = randomUUID();
    const pass = (message: ReceivedMessage, channel: KernelMessage.IMessage['channel']): void =>
      listener.onMessage(incoming(message, channel, kernelSession));
    const heard = Promise.withResolvers<void>();
    const wire = new Wire(info, session, transport, DEFAULT_HEARTBEAT, {
      onReply: (message) => {
        const id = parentId(message) ?? '';
        const waiting = this.#pending.get(id);
        if (waiting === undefined) pass(message, CONTROL_REPLIES.has(message.header.msg_type) ? 'control' : 'shell');
        else waiting(message);
      },
      onIopub: (message) => {
        heard.resolve();
        if (message.header.msg_type === 'iopub_welcome') return;
        // The status of what this link asked for itself is not that of the kernel's work.
        if (!this.#pending.has(parentId(message) ?? '')) pass(message, 'iopub');
      },
      onStdin: (message) => pass(message, 'stdin'),
      onDropped: (error) => this.#log.warn(`A message of the kernel was dropped: ${error.message}`),
      onHeartStopped: () => this.#heart.fire(false),
      onHeartResumed: () => this.#heart.fire(true),
      onBroken: (error) => this.#fail(error),
    });
    this.#wire = wire;
    this.#listener = listener;
    await this.#answered(wire, heard.promise, signal);
  }

  /** Hands a message to the frontend that the kernel has not sent: one by which it learns what we know. */
  inject(message: KernelMessage.IMessage): void {
    this.#listener?.onMessage(message);
  }

  /** @throws ProtocolError ERR_JSON, ERR_CLOSED */
  send(message: KernelMessage.IMessage): void {
    const { channel } = message;
    if (channel === 'iopub') throw new TypeError('Nothing is sent on iopub.');
    // @jupyterlab/services claims an older version of the protocol; what it sends is the same in both.
    this.#opened().send(channel, {
      header: { ...message.header },
      parentHeader: 'msg_id' in message.parent_header ? { ...message.parent_header } : {},
      metadata: message.metadata,
      content: message.content,
      buffers: (message.buffers ?? []).map(bytesOf),
    });
  }

  /**
   * A request that @jupyterlab/services has no method for, such as `shutdown_request`.
   * @throws Error when the reply does not come in time
   */
  async request(
    channel: WireChannel,
    msgType: string,
    content: Readonly<Record<string, unknown>>,
    timeoutMs: number,
  ): Promise<ReceivedMessage> {
    const wire = this.#opened();
    const header = wire.session.header(msgType);
    const { promise, resolve } = Promise.withResolvers<ReceivedMessage>();
    this.#pending.set(header.msg_id, resolve);
    try {
      wire.send(channel, { header, content });
      return await within(
        promise,
        timeoutMs,
        () => new Error(`The kernel did not answer ${msgType} within ${timeoutMs / 1000} s.`),
      );
    } finally {
      this.#pending.delete(header.msg_id);
    }
  }

  /** Ends the connection as if the sockets had failed. */
  sever(reason: string): void {
    this.#fail(new Error(reason));
  }

  close(): void {
    this.#listener = undefined;
    this.#wire?.[Symbol.dispose]();
    this.#wire = undefined;
  }

  #fail(error: Error): void {
    this.#failure = error.message;
    this.#listener?.onBroken(error);
  }

  #opened(): Wire {
    if (this.#wire === undefined) throw new Error('The connection to the kernel is closed.');
    return this.#wire;
  }

  /** Asks on shell, and on control too, which a kernel that is busy with a cell answers all the same: again until it does. */
  async #answered(wire: Wire, heard: Promise<void>, signal: AbortSignal): Promise<void> {
    const asked = Promise.withResolvers<void>();
    const ask = (channel: WireChannel): void => {
      const header = wire.session.header('kernel_info_request');
      this.#pending.set(header.msg_id, ({ content }) => {
        this.#info = content as unknown as KernelMessage.IInfoReply;
        asked.resolve();
      });
      ids.push(header.msg_id);
      wire.send(channel, { header, content: {} });
    };
    const ids: string[] = [];
    ask('shell');
    let wait = PROBE_MS;
    const again = (): void => {
      ask('control');
      ask('shell');
      wait *= 2;
      timer = setTimeout(again, wait);
    };
    let timer = setTimeout(again, wait);
    const aborted = Promise.withResolvers<void>();
    signal.addEventListener('abort', () => aborted.resolve(), { once: true });
    try {
      await Promise.race([Promise.all([heard, asked.promise]), aborted.promise]);
    } finally {
      clearTimeout(timer);
      // Answers to what was asked in vain come later, and are nobody's.
      const forget = (): void => {
        for (const id of ids) this.#pending.delete(id);
      };
      setTimeout(forget, LATE_MS).unref();
    }
  }
}

/** Replies of shell and control look alike; @jupyterlab/services tells them apart by the channel. */
const CONTROL_REPLIES: ReadonlySet<string> = new Set([
  'debug_reply',
  'interrupt_reply',
  'shutdown_reply',
  'usage_reply',
  'create_subshell_reply',
  'delete_subshell_reply',
  'list_subshell_reply',
]);

function incoming(
  message: ReceivedMessage,
  channel: KernelMessage.IMessage['channel'],
  session: string,
): KernelMessage.IMessage {
  return {
    header: { ...message.header, session },
    parent_header: message.parentHeader,
    metadata: message.metadata,
    content: message.content,
    buffers: message.buffers.map(bytesOf),
    channel,
  } as unknown as KernelMessage.IMessage;
}

function bytesOf(buffer: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBufferLike> {
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
