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

/** How long the subscription's first message is waited for before the kernel is asked for one, in ms. */
const PROBE_MS = 300;

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
  readonly #log: Log;
  readonly #pending = new Map<string, (message: ReceivedMessage) => void>();
  readonly #heart = new Emitter<boolean>();
  #wire: Wire | undefined;

  /** @param connectionInfo Asked for each time that the link is opened. */
  constructor(connectionInfo: () => Promise<ConnectionInfo>, log: Log) {
    this.#connectionInfo = connectionInfo;
    this.#log = log;
  }

  /** False when the heart has stopped, true when it beats again. */
  get onHeart(): Emitter<boolean>['event'] {
    return this.#heart.event;
  }

  /**
   * Opens the sockets, and resolves when the kernel's publications arrive: what it published before would be lost.
   * Waits for a kernel that has yet to bind its ports; the bound is the caller's, by `signal`.
   */
  async open(listener: LinkListener, signal: AbortSignal): Promise<void> {
    const info = await this.#connectionInfo();
    const session = new Session({ key: info.key, signatureScheme: info.signature_scheme });
    const transport = await openZeromq(info);
    if (signal.aborted) return transport.close();
    const heard = Promise.withResolvers<void>();
    const wire = new Wire(info, session, transport, DEFAULT_HEARTBEAT, {
      onReply: (message) => {
        const id = parentId(message) ?? '';
        const waiting = this.#pending.get(id);
        if (waiting === undefined) listener.onMessage(incoming(message));
        else waiting(message);
      },
      onIopub: (message) => {
        heard.resolve();
        if (message.header.msg_type !== 'iopub_welcome') listener.onMessage({ ...incoming(message), channel: 'iopub' });
      },
      onStdin: (message) => listener.onMessage({ ...incoming(message), channel: 'stdin' }),
      onDropped: (error) => this.#log.warn(`A message of the kernel was dropped: ${error.message}`),
      onHeartStopped: () => this.#heart.fire(false),
      onHeartResumed: () => this.#heart.fire(true),
      onBroken: listener.onBroken,
    });
    this.#wire = wire;
    const probe = setInterval(() => this.#probe(), PROBE_MS);
    signal.addEventListener('abort', () => heard.resolve(), { once: true });
    await heard.promise.finally(() => clearInterval(probe));
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

  close(): void {
    this.#wire?.[Symbol.dispose]();
    this.#wire = undefined;
  }

  #opened(): Wire {
    if (this.#wire === undefined) throw new Error('The connection to the kernel is closed.');
    return this.#wire;
  }

  /** Makes the kernel publish something: its status. Shell may be busy with a cell; control answers all the same. */
  #probe(): void {
    for (const channel of ['control', 'shell'] as const) {
      this.request(channel, 'kernel_info_request', {}, 10 * PROBE_MS).catch((error: unknown) =>
        this.#log.debug(`Waiting for the kernel: ${messageOf(error)}`),
      );
    }
  }
}

/** Replies of shell and control look alike; @jupyterlab/services tells them apart by the channel. */
const CONTROL_REPLIES: ReadonlySet<string> = new Set([
  'debug_reply',
  'interrupt_reply',
  'shutdown_reply',
  'create_subshell_reply',
  'delete_subshell_reply',
  'list_subshell_reply',
]);

function incoming(message: ReceivedMessage): KernelMessage.IMessage {
  return {
    header: message.header as KernelMessage.IHeader,
    parent_header: message.parentHeader as KernelMessage.IHeader,
    metadata: message.metadata,
    content: message.content,
    buffers: message.buffers.map(bytesOf),
    channel: CONTROL_REPLIES.has(message.header.msg_type) ? 'control' : 'shell',
  } as KernelMessage.IMessage;
}

function bytesOf(buffer: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBufferLike> {
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}
