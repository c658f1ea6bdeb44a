import { Reply, Router, XPublisher } from 'zeromq';
import { Channel, OutboundQueue } from '../../channel.ts';
import { encode, parseObject } from '../../codec.ts';
import { CHANNELS, type ConnectionInfo, endpoint, portOf } from '../../connection.ts';
import { kernelCurve } from '../../curve.ts';
import { type AdaptedRequest, headerTo2011, publicationTo2011, requestFrom2011 } from '../../dialect-2011.ts';
import {
  type ContentOf,
  type Header,
  type MessageType,
  PROTOCOL_VERSION,
  type ReceivedMessage,
} from '../../message.ts';
import { Session } from '../../session.ts';
import { isMessage } from '../messages.ts';
import { runToy, ToyError } from './toy-language.ts';

/** How it misbehaves, or is of an older age. */
export interface Behaviour {
  /** JEP 65. False: an old kernel, which sends none. */
  readonly welcome: boolean;
  readonly heartbeat: boolean;
  /** False: requests on shell are read and not answered. */
  readonly answers: boolean;
  /** False: the status idle is never sent. */
  readonly idle: boolean;
  /** False: shutdown_request is answered and not obeyed. */
  readonly obeysShutdown: boolean;
  /** Replies to complete_request by something that the schema forbids. */
  readonly malformed: boolean;
  /** Speaks the dialect of 2011 to everyone. */
  readonly of2011: boolean;
  readonly onShutdown: () => void;
  /** Told of every message on shell and control. */
  readonly onRequest: (request: ReceivedMessage) => void;
  /** Told of every input_reply. */
  readonly onAnswer: (answer: ReceivedMessage) => void;
}

/** First byte of what an XPUB receives when somebody subscribes. */
const SUBSCRIBE = 1;

const WELL_BEHAVED: Behaviour = {
  welcome: true,
  heartbeat: true,
  answers: true,
  idle: true,
  obeysShutdown: true,
  malformed: false,
  of2011: false,
  onShutdown: () => undefined,
  onRequest: () => undefined,
  onAnswer: () => undefined,
};

/**
 * A toy kernel over real sockets. It shows how little a kernel needs beside `Session` and `Channel`, and causes on
 * demand what a client must handle.
 */
export class EchoKernel implements Disposable {
  readonly info: ConnectionInfo;
  readonly session: Session;
  readonly #behaviour: Behaviour;
  readonly #sockets: Sockets;
  readonly #iopub: OutboundQueue;
  readonly #channels: Readonly<Record<'shell' | 'control' | 'stdin', Channel>>;
  readonly #adapters = new Map<string, AdaptedRequest['reply']>();
  readonly #subshells = new Set<string>();
  #count = 0;
  #interrupt = new AbortController();
  #answer: ((value: string) => void) | undefined;

  private constructor(info: ConnectionInfo, sockets: Sockets, behaviour: Behaviour) {
    this.info = info;
    this.session = new Session({ key: info.key, signatureScheme: info.signature_scheme, username: 'kernel' });
    this.#behaviour = behaviour;
    this.#sockets = sockets;
    this.#iopub = new OutboundQueue((frames) => sockets.iopub.send([...frames]));
    const channel = (name: 'shell' | 'control' | 'stdin') =>
      new Channel({
        name,
        session: this.session,
        socket: sockets[name],
        onDropped: (error) => console.error(error.message),
      });
    this.#channels = { shell: channel('shell'), control: channel('control'), stdin: channel('stdin') };
    void this.#serveShell();
    void this.#serveControl();
    void this.#serveStdin();
    void this.#greetSubscribers();
    if (behaviour.heartbeat) void this.#beat();
  }

  /** Binds the sockets; ports that are 0 are chosen, and are in the kernel's `info`. */
  static async start(info: ConnectionInfo, behaviour: Partial<Behaviour> = {}): Promise<EchoKernel> {
    const options = { linger: 0, ...kernelCurve(info) };
    const sockets: Sockets = {
      shell: new Router(options),
      control: new Router(options),
      stdin: new Router(options),
      iopub: new XPublisher({ ...options, sendHighWaterMark: 0, verbosity: 'allSubs' }),
      hb: new Reply(options),
    };
    const bound = { ...info };
    for (const name of CHANNELS) {
      await sockets[name].bind(endpoint(info, name));
      bound[`${name}_port`] =
        info.transport === 'ipc' ? info[`${name}_port`] : portOf(sockets[name].lastEndpoint ?? '');
    }
    return new EchoKernel(bound, sockets, { ...WELL_BEHAVED, ...behaviour });
  }

  interrupt(): void {
    this.#interrupt.abort();
  }

  [Symbol.dispose](): void {
    this.interrupt();
    for (const name of CHANNELS) this.#sockets[name].close();
  }

  publish<T extends MessageType>(type: T, content: ContentOf<T>, parent?: ReceivedMessage): void {
    const sent = this.#behaviour.of2011 ? publicationTo2011(type, { ...content }) : { msgType: type, content };
    if (sent === undefined) return;
    this.#iopub.push(
      this.session.serialize({
        identities: [Buffer.from(sent.msgType)],
        header: this.#header(sent.msgType),
        parentHeader: parent?.rawHeader ?? {},
        content: sent.content,
      }),
    );
  }

  #header(type: string): Header {
    const header = this.session.header(type);
    return this.#behaviour.of2011 ? headerTo2011(header) : header;
  }

  async #serveShell(): Promise<void> {
    for await (const request of this.#channels.shell.messages()) {
      if (this.#behaviour.answers) await this.#around(request, (understood) => this.#onShell(understood));
    }
  }

  async #serveControl(): Promise<void> {
    for await (const request of this.#channels.control.messages()) {
      if (this.#behaviour.answers) await this.#around(request, (understood) => this.#onControl(understood, 'control'));
    }
  }

  async #serveStdin(): Promise<void> {
    for await (const message of this.#channels.stdin.messages()) {
      if (!isMessage(message, 'input_reply')) continue;
      this.#behaviour.onAnswer(message);
      this.#answer?.(message.content.value);
    }
  }

  async #around(received: ReceivedMessage, handle: (request: ReceivedMessage) => Promise<void> | void): Promise<void> {
    const request = this.#behaviour.of2011 ? this.#modern(received) : received;
    this.#behaviour.onRequest(request);
    this.publish('status', { execution_state: 'busy' }, request);
    await handle(request);
    if (this.#behaviour.idle) this.publish('status', { execution_state: 'idle' }, request);
  }

  /** A request of 2011 as one of today; what its reply must become is kept. */
  #modern(received: ReceivedMessage): ReceivedMessage {
    const { msgType, content, reply } = requestFrom2011(received.header.msg_type, received.content);
    this.#adapters.set(received.header.msg_id, reply);
    const header = { ...received.header, msg_type: msgType };
    return { ...received, header, content: parseObject(encode(content), 'content') };
  }

  async #onShell(request: ReceivedMessage): Promise<void> {
    if (isMessage(request, 'execute_request')) await this.#execute(request, request.content);
    else if (isMessage(request, 'kernel_info_request')) this.#reply('shell', request, { ...KERNEL_INFO });
    else if (isMessage(request, 'complete_request')) {
      const { code, cursor_pos } = request.content;
      const ok = { status: 'ok', matches: [code], cursor_start: 0, cursor_end: cursor_pos, metadata: {} };
      this.#reply('shell', request, this.#behaviour.malformed ? { status: 'ok', matches: 'none' } : ok);
    } else if (isMessage(request, 'comm_info_request')) this.#reply('shell', request, { status: 'ok', comms: {} });
    else this.#onControl(request, 'shell');
  }

  #onControl(request: ReceivedMessage, channel: 'shell' | 'control'): void {
    if (isMessage(request, 'kernel_info_request')) this.#reply(channel, request, { ...KERNEL_INFO });
    else if (isMessage(request, 'interrupt_request')) {
      this.interrupt();
      this.#reply(channel, request, { status: 'ok' });
    } else if (isMessage(request, 'shutdown_request')) {
      this.#reply(channel, request, { status: 'ok', restart: request.content.restart });
      if (this.#behaviour.obeysShutdown) this.#behaviour.onShutdown();
    } else if (isMessage(request, 'create_subshell_request')) {
      const id = `subshell-${request.header.msg_id}`;
      this.#subshells.add(id);
      this.#reply(channel, request, { status: 'ok', subshell_id: id });
    } else if (isMessage(request, 'delete_subshell_request')) {
      const error = { status: 'error', ename: 'KeyError', evalue: 'no such subshell', traceback: [] };
      const isThere = this.#subshells.delete(request.content.subshell_id);
      this.#reply(channel, request, isThere ? { status: 'ok' } : error);
    } else if (isMessage(request, 'list_subshell_request')) {
      this.#reply(channel, request, { status: 'ok', subshell_id: [...this.#subshells] });
    }
  }

  async #execute(request: ReceivedMessage, { code, silent }: ContentOf<'execute_request'>): Promise<void> {
    if (!silent) this.#count += 1;
    const execution_count = this.#count;
    this.#interrupt = new AbortController();
    if (!silent) this.publish('execute_input', { code, execution_count }, request);
    try {
      await runToy(code, {
        say: (text) => this.publish('stream', { name: 'stdout', text }, request),
        show: (text) =>
          this.publish('execute_result', { data: { 'text/plain': text }, metadata: {}, execution_count }, request),
        ask: (prompt, password) => this.#ask(request, prompt, password),
        interrupted: this.#interrupt.signal,
      });
      this.#reply('shell', request, { status: 'ok', execution_count, user_expressions: {} });
    } catch (error) {
      if (!(error instanceof ToyError)) throw error;
      const failure = { ename: error.name, evalue: error.message, traceback: [`${error.name}: ${error.message}`] };
      this.publish('error', failure, request);
      this.#reply('shell', request, { status: 'error', execution_count, ...failure });
    }
  }

  #ask(request: ReceivedMessage, prompt: string, password: boolean): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    this.#answer = resolve;
    this.#interrupt.signal.addEventListener('abort', () => reject(new ToyError('Interrupted', 'no answer')));
    this.#channels.stdin.send({
      identities: request.identities,
      header: this.#header('input_request'),
      parentHeader: request.rawHeader,
      content: { prompt, password },
    });
    return promise;
  }

  #reply(channel: 'shell' | 'control', request: ReceivedMessage, content: Readonly<Record<string, unknown>>): void {
    const type = request.header.msg_type.replace('_request', '_reply');
    const adapt = this.#adapters.get(request.header.msg_id);
    const sent = adapt ? adapt(type, content) : { msgType: type, content };
    this.#channels[channel].send({
      identities: request.identities,
      header: this.#header(sent.msgType),
      parentHeader: request.rawHeader,
      content: sent.content,
    });
  }

  async #greetSubscribers(): Promise<void> {
    for await (const [subscription] of this.#sockets.iopub) {
      if (subscription?.[0] !== SUBSCRIBE || !this.#behaviour.welcome) continue;
      this.publish('iopub_welcome', { subscription: subscription.toString('utf8', 1) });
    }
  }

  async #beat(): Promise<void> {
    for await (const frames of this.#sockets.hb) {
      // It may have been closed between the receipt and now.
      if (!this.#sockets.hb.closed) await this.#sockets.hb.send(frames);
    }
  }
}

interface Sockets {
  readonly shell: Router;
  readonly control: Router;
  readonly stdin: Router;
  readonly iopub: XPublisher;
  readonly hb: Reply;
}

const KERNEL_INFO: ContentOf<'kernel_info_reply'> = {
  status: 'ok',
  protocol_version: PROTOCOL_VERSION,
  implementation: 'echo',
  implementation_version: '1',
  language_info: { name: 'toy', version: '1', mimetype: 'text/plain', file_extension: '.toy' },
  banner: 'A toy',
  help_links: [],
};
