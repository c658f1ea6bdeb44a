/** A client of raw sockets, for tests: nothing of the kernel's is hidden, reordered or forgiven. */
import { randomUUID } from 'node:crypto';
import { type ConnectionInfo, endpoint } from '@elara/protocol/connection';
import { clientCurve } from '@elara/protocol/curve';
import type { Header, JsonObject, ReceivedMessage } from '@elara/protocol/message';
import { Session } from '@elara/protocol/session';
import { isKnownType, validate } from '@elara/protocol/validate';
import { Dealer, Subscriber } from 'zeromq';

/** How long a test waits for a message, unless it says otherwise, in ms. */
const PATIENCE_MS = 10_000;

export interface ClientOptions {
  /** Send headers as in 2011, without a version. */
  readonly old?: boolean;
  /** Connect stdin. Default: true. */
  readonly stdin?: boolean;
  /** Subscribe to iopub, and wait for the welcome. Default: true. */
  readonly iopub?: boolean;
  /** Messages that iopub's socket holds unread. Default: no limit. */
  readonly receiveHighWaterMark?: number;
  /** Check every message of the kernel against its schema, replies to `old` against those of 2011. Default: false. */
  readonly validated?: boolean;
  /** How long to wait for a message, or until one is sent, in ms. Default: 10,000. */
  readonly patienceMs?: number;
}

export interface Answered {
  readonly id: string;
  readonly reply: ReceivedMessage;
  /** What iopub had for it, busy to idle. */
  readonly published: ReceivedMessage[];
}

type RequestChannel = 'shell' | 'control' | 'stdin';

/** A client of raw sockets: it sees every message in the order in which the kernel sent it. */
export class TestClient {
  readonly session: Session;
  readonly sockets: Readonly<Record<RequestChannel, Dealer>>;
  readonly iopub: Subscriber;
  readonly #old: boolean;
  readonly #validated: boolean;

  private constructor(info: ConnectionInfo, options: ClientOptions) {
    this.#old = options.old ?? false;
    this.#validated = options.validated ?? false;
    this.session = new Session({ key: info.key, signatureScheme: info.signature_scheme, username: 'tester' });
    const routingId = randomUUID();
    const patienceMs = options.patienceMs ?? PATIENCE_MS;
    const common = { linger: 0, receiveTimeout: patienceMs, ...clientCurve(info) };
    const dealer = (channel: RequestChannel): Dealer => {
      const socket = new Dealer({ ...common, sendTimeout: patienceMs, routingId });
      if (channel !== 'stdin' || options.stdin !== false) socket.connect(endpoint(info, channel));
      return socket;
    };
    this.sockets = { shell: dealer('shell'), control: dealer('control'), stdin: dealer('stdin') };
    this.iopub = new Subscriber({ ...common, receiveHighWaterMark: options.receiveHighWaterMark ?? 0 });
    this.iopub.connect(endpoint(info, 'iopub'));
  }

  static async connect(info: ConnectionInfo, options: ClientOptions = {}): Promise<TestClient> {
    const client = new TestClient(info, options);
    if (options.iopub === false) return client;
    client.iopub.subscribe('');
    while ((await client.next()).header.msg_type !== 'iopub_welcome');
    return client;
  }

  header(msgType: string): Header {
    const header = this.session.header(msgType);
    if (!this.#old) return header;
    const { version: _, ...others } = header;
    return others;
  }

  /** Sends a message and returns its id. */
  async send(
    channel: RequestChannel,
    msgType: string,
    content: JsonObject = {},
    more: { metadata?: JsonObject; parentHeader?: Header; header?: Partial<Header>; buffers?: Uint8Array[] } = {},
  ): Promise<string> {
    const { header: changes, ...rest } = more;
    const header = { ...this.header(msgType), ...changes };
    await this.sockets[channel].send(this.session.serialize({ header, content, ...rest }));
    return header.msg_id;
  }

  /** The next message of a channel. */
  async receive(channel: RequestChannel): Promise<ReceivedMessage> {
    return this.#checked(await this.sockets[channel].receive(), this.#old);
  }

  /** The next message on iopub. */
  async next(): Promise<ReceivedMessage> {
    return this.#checked(await this.iopub.receive(), false);
  }

  /** Messages on iopub up to the idle of a request; those of other parents are left out. */
  async until(id: string): Promise<ReceivedMessage[]> {
    const published: ReceivedMessage[] = [];
    for (;;) {
      const message = await this.next();
      if (message.parentHeader.msg_id !== id) continue;
      published.push(message);
      if (message.header.msg_type === 'status' && message.content.execution_state === 'idle') return published;
    }
  }

  /** Sends a request and waits for its reply and its idle. */
  async ask(
    msgType: string,
    content: JsonObject = {},
    {
      channel = 'shell',
      ...more
    }: { channel?: 'shell' | 'control'; metadata?: JsonObject; header?: Partial<Header> } = {},
  ): Promise<Answered> {
    const id = await this.send(channel, msgType, content, more);
    const [reply, published] = await Promise.all([this.receive(channel), this.until(id)]);
    return { id, reply, published };
  }

  /** Runs a cell. */
  execute(code: string, more: JsonObject = {}, metadata: JsonObject = {}): Promise<Answered> {
    return this.ask('execute_request', { code, ...more }, { metadata });
  }

  /** @param old Of the dialect of 2011, where that has the type. */
  #checked(frames: Buffer[], old: boolean): ReceivedMessage {
    const message = this.session.deserialize(frames);
    const { msg_type: msgType } = message.header;
    if (this.#validated) validate(msgType, message.content, old && isKnownType(msgType, 2011) ? 2011 : 'current');
    return message;
  }

  close(): void {
    for (const socket of [...Object.values(this.sockets), this.iopub]) socket.close();
  }
}

/** `busy`, `execute_input`, `idle`: what messages are, for comparison. */
export function names(messages: readonly ReceivedMessage[]): string[] {
  return messages.map(({ header, content }) =>
    header.msg_type === 'status' ? String(content.execution_state) : header.msg_type,
  );
}
