import { toCodePoints } from '../code-points.ts';
import type { ConnectionInfo } from '../connection.ts';
import { ProtocolError } from '../errors.ts';
import type { HistoryRequest, KernelInfoReplyOk } from '../generated/messages.ts';
import type { ContentOf, Message, MessageOf, ReceivedMessage } from '../message.ts';
import { Session } from '../session.ts';
import { after } from './bounded.ts';
import { CURRENT, type Dialect, dialect2011 } from './dialect.ts';
import { KernelDiedError, KernelError } from './errors.ts';
import { type Execution, ExecutionStream } from './execution.ts';
import { DEFAULT_HEARTBEAT } from './heartbeat.ts';
import { call, Inbox } from './inbox.ts';
import { isMessage, type ReplyTo, type RequestType } from './messages.ts';
import {
  type ExecuteOptions,
  type KernelClientOptions,
  LAST_WORDS_MS,
  READY_TIMEOUT_MS,
  REQUEST_TIMEOUT_MS,
  type RequestOptions,
  SETTLE_MS,
  type SendOptions,
} from './options.ts';
import { untilReady } from './ready.ts';
import { Wire, type WireEvents } from './wire.ts';
import { openZeromq } from './zeromq-transport.ts';

/**
 * The frontend's end of a conversation with one kernel (spec: "Channels and messages"). Many may talk to one kernel. No
 * wait outlives the kernel: when its heart stops, or whoever watches its process says so, each is rejected.
 */
export class KernelClient implements AsyncDisposable {
  readonly #options: KernelClientOptions;
  readonly #dialect: Dialect;
  readonly #inbox: Inbox;
  readonly #deathListeners = new Set<(error: KernelDiedError) => void>();
  #wire: Wire | undefined;
  #gone: KernelError | undefined;
  #closed = false;
  #cancelLastWords: () => void = () => undefined;

  private constructor(options: KernelClientOptions) {
    this.#options = options;
    this.#dialect = options.dialect2011 ? dialect2011() : CURRENT;
    this.#inbox = new Inbox({
      dialect: this.#dialect,
      onInput: options.onInput,
      onDropped: (error) => options.onDropped?.(error),
    });
  }

  /** Opens the channels of a kernel. That it is there shows in `waitForReady`. */
  static async connect(info: ConnectionInfo, options: KernelClientOptions = {}): Promise<KernelClient> {
    const client = new KernelClient(options);
    await client.#connect(info);
    return client;
  }

  /** How the kernel is reached. */
  get info(): ConnectionInfo {
    return this.#connected().info;
  }

  /** False once the kernel is known to be dead, until its heart beats again. */
  get alive(): boolean {
    return this.#gone === undefined;
  }

  /** Aborts at the first message on iopub: from then on this client misses none. */
  get iopubSeen(): AbortSignal {
    return this.#inbox.iopubSeen;
  }

  /** Resolves at the first answer of the kernel's heart. Not bounded: see `attachKernel`. */
  get firstHeartbeat(): Promise<void> {
    return this.#connected().heartbeat.firstBeat;
  }

  /**
   * Waits until the kernel answers kernel_info_request and its iopub reaches this client. A busy kernel is ready, if it
   * answers on control.
   * @param options.timeoutMs Default: 60,000.
   * @throws KernelTimeoutError, KernelDiedError, KernelError
   */
  waitForReady(options: { readonly timeoutMs?: number } = {}): Promise<KernelInfoReplyOk> {
    return untilReady(this, options.timeoutMs ?? READY_TIMEOUT_MS);
  }

  /**
   * Sends a request and waits for its reply, whose status may be `error` or `aborted`.
   * @throws KernelTimeoutError, KernelDiedError; KernelError ERR_CLIENT_CLOSED; ProtocolError ERR_JSON, ERR_UNEXPECTED
   */
  async request<T extends RequestType>(
    channel: 'shell' | 'control',
    msgType: T,
    content: ContentOf<T>,
    options: RequestOptions = {},
  ): Promise<MessageOf<ReplyTo<T>>> {
    const replyType = replyTo(msgType);
    const msgId = this.send(channel, msgType, content, options);
    const reply: Message<unknown> = await this.#inbox.replies.wait(
      msgId,
      replyType,
      options.timeoutMs ?? REQUEST_TIMEOUT_MS,
    );
    if (isMessage(reply, replyType)) return reply;
    throw new ProtocolError('ERR_UNEXPECTED', `the kernel answered ${msgType} by ${reply.header.msg_type}`);
  }

  /**
   * Sends a message to which no reply is awaited: comm_open, comm_msg, comm_close, and types that this package does not
   * know.
   * @returns its msg_id, which is the parent of what comes of it.
   * @throws KernelDiedError; KernelError ERR_CLIENT_CLOSED; ProtocolError ERR_JSON
   */
  send(channel: 'shell' | 'control', msgType: string, content: object, options: SendOptions = {}): string {
    const wire = this.#connected();
    const header = wire.session.header(msgType);
    if (options.subshellId !== undefined) header.subshell_id = options.subshellId;
    const sent = this.#dialect.request(header, content);
    wire.send(this.#options.dialect2011 ? 'shell' : channel, {
      header: sent.header,
      content: sent.content,
      metadata: options.metadata ?? {},
      buffers: options.buffers ?? [],
    });
    return header.msg_id;
  }

  /** Runs code. Never throws: what goes wrong rejects the promises of the execution and its iteration. */
  execute(code: string, options: ExecuteOptions = {}): Execution {
    const content: ContentOf<'execute_request'> = {
      code,
      silent: options.silent ?? false,
      store_history: options.storeHistory ?? !options.silent,
      user_expressions: { ...options.userExpressions },
      allow_stdin: options.allowStdin ?? options.onInput !== undefined,
      stop_on_error: options.stopOnError ?? true,
    };
    const cellId = options.cellId === undefined ? {} : { cellId: options.cellId };
    const metadata = { ...options.metadata, ...cellId };
    const bounds = {
      timeoutMs: options.timeoutMs ?? Number.POSITIVE_INFINITY,
      settleMs: options.settleMs ?? SETTLE_MS,
    };
    let msgId: string;
    try {
      const subshell = options.subshellId === undefined ? {} : { subshellId: options.subshellId };
      msgId = this.send('shell', 'execute_request', content, { metadata, ...subshell });
    } catch (error) {
      const failed = new ExecutionStream('', bounds);
      failed.fail(error instanceof Error ? error : new Error(String(error)));
      return failed;
    }
    const stream = new ExecutionStream(msgId, bounds);
    this.#inbox.addExecution(stream, options.onInput);
    return stream;
  }

  async kernelInfo(options?: RequestOptions): Promise<ContentOf<'kernel_info_reply'>> {
    return (await this.request('shell', 'kernel_info_request', {}, options)).content;
  }

  /** @param cursorPos In Unicode code points. Default: the end. */
  async complete(
    code: string,
    cursorPos = toCodePoints(code, code.length),
    options?: RequestOptions,
  ): Promise<ContentOf<'complete_reply'>> {
    return (await this.request('shell', 'complete_request', { code, cursor_pos: cursorPos }, options)).content;
  }

  /** @param cursorPos In Unicode code points. Default: the end. */
  async inspect(
    code: string,
    cursorPos = toCodePoints(code, code.length),
    detailLevel: 0 | 1 = 0,
    options?: RequestOptions,
  ): Promise<ContentOf<'inspect_reply'>> {
    const content = { code, cursor_pos: cursorPos, detail_level: detailLevel };
    return (await this.request('shell', 'inspect_request', content, options)).content;
  }

  async history(query: HistoryRequest, options?: RequestOptions): Promise<ContentOf<'history_reply'>> {
    return (await this.request('shell', 'history_request', query, options)).content;
  }

  async isComplete(code: string, options?: RequestOptions): Promise<ContentOf<'is_complete_reply'>> {
    return (await this.request('shell', 'is_complete_request', { code }, options)).content;
  }

  /** The open comms; those of one target if it is given. */
  async commInfo(targetName?: string, options?: RequestOptions): Promise<ContentOf<'comm_info_reply'>> {
    const content = targetName === undefined ? {} : { target_name: targetName };
    return (await this.request('shell', 'comm_info_request', content, options)).content;
  }

  /** Makes a subshell: with its id as `subshellId`, requests need not wait for what runs in the main shell. Spec: JEP 91. */
  async createSubshell(options?: RequestOptions): Promise<ContentOf<'create_subshell_reply'>> {
    return (await this.request('control', 'create_subshell_request', {}, options)).content;
  }

  async deleteSubshell(id: string, options?: RequestOptions): Promise<ContentOf<'delete_subshell_reply'>> {
    return (await this.request('control', 'delete_subshell_request', { subshell_id: id }, options)).content;
  }

  /** The main shell is not among them. */
  async listSubshells(options?: RequestOptions): Promise<ContentOf<'list_subshell_reply'>> {
    return (await this.request('control', 'list_subshell_request', {}, options)).content;
  }

  /** Interrupts by message. For kernels whose kernelspec asks for a signal, use `RunningKernel.interrupt`. */
  async interrupt(options?: RequestOptions): Promise<ContentOf<'interrupt_reply'>> {
    return (await this.request('control', 'interrupt_request', {}, options)).content;
  }

  /** Asks the kernel to end. For a kernel that this process started, use `RunningKernel.shutdown`, which sees to it. */
  async shutdown(restart = false, options?: RequestOptions): Promise<ContentOf<'shutdown_reply'>> {
    return (await this.request('control', 'shutdown_request', { restart }, options)).content;
  }

  /** Everything on iopub from now on, also what belongs to other clients or to no request. */
  onIopub(listener: (message: ReceivedMessage) => void): Disposable {
    return this.#inbox.listen(listener);
  }

  /** Told when the kernel is found dead or is restarted. */
  onDeath(listener: (error: KernelDiedError) => void): Disposable {
    this.#deathListeners.add(listener);
    return { [Symbol.dispose]: () => void this.#deathListeners.delete(listener) };
  }

  /** Called by whoever watches the kernel's process. What is awaited is rejected as soon as the last messages are in. */
  declareDead(error: KernelDiedError): void {
    if (this.#gone) return;
    this.#gone = error;
    this.#cancelLastWords = after(LAST_WORDS_MS, () => this.#inbox.rejectAll(error));
    for (const listener of [...this.#deathListeners]) call(listener, error);
  }

  /** Called by whoever is about to end the kernel: what is awaited is rejected, the channels stay. */
  abandon(error: KernelDiedError): void {
    if (this.#gone) return;
    for (const listener of [...this.#deathListeners]) call(listener, error);
    this.#inbox.rejectAll(error);
  }

  /** Connects anew after a restart: what is awaited is rejected, listeners stay. `waitForReady` comes next. */
  async reconnect(info: ConnectionInfo): Promise<void> {
    if (this.#closed) throw new KernelError('ERR_CLIENT_CLOSED', 'The client of the kernel was closed.');
    this.#gone = undefined;
    this.#cancelLastWords();
    this.#wire?.[Symbol.dispose]();
    this.#inbox.rejectAll(new KernelDiedError('The kernel was restarted: run it again.', 'ERR_KERNEL_RESTARTED'));
    this.#inbox.reset();
    await this.#connect(info);
  }

  /** Closes the channels; the kernel goes on. What is awaited is rejected. */
  close(): void {
    this.#closed = true;
    this.#gone ??= new KernelError('ERR_CLIENT_CLOSED', 'The client of the kernel was closed.');
    this.#cancelLastWords();
    this.#wire?.[Symbol.dispose]();
    this.#inbox.rejectAll(this.#gone);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
  }

  async #connect(info: ConnectionInfo): Promise<void> {
    const transport = await (this.#options.open ?? openZeromq)(info);
    const heartbeat = { ...DEFAULT_HEARTBEAT, ...this.#options.heartbeat };
    this.#wire = new Wire(info, this.#sessionFor(info), transport, heartbeat, this.#events());
    // Closed while the channels were being opened.
    if (this.#closed) this.close();
  }

  /** The session goes on while its key does, so that no id of a message comes twice. */
  #sessionFor(info: ConnectionInfo): Session {
    const before = this.#wire;
    if (before && before.info.key === info.key && before.info.signature_scheme === info.signature_scheme) {
      return before.session;
    }
    return new Session({
      key: info.key,
      signatureScheme: info.signature_scheme,
      ...(this.#options.username !== undefined && { username: this.#options.username }),
      ...(this.#options.session !== undefined && !before && { session: this.#options.session }),
    });
  }

  #events(): WireEvents {
    return {
      onReply: (message) => this.#inbox.acceptReply(message),
      onIopub: (message) => this.#inbox.acceptIopub(message),
      onStdin: (message) => {
        if (this.#wire) void this.#inbox.acceptStdin(message, this.#wire);
      },
      onDropped: (error) => this.#options.onDropped?.(error),
      onHeartStopped: (silentMs) => {
        const where = this.#wire?.address;
        this.declareDead(new KernelDiedError(`The heart of the kernel at ${where} stopped ${silentMs} ms ago.`));
      },
      onHeartResumed: () => {
        this.#gone = undefined;
      },
      onBroken: (error) => this.declareDead(new KernelDiedError(`A socket to the kernel failed: ${error.message}`)),
    };
  }

  #connected(): Wire {
    if (this.#gone) throw this.#gone;
    if (this.#wire === undefined) throw new KernelError('ERR_CLIENT_CLOSED', 'The client is not connected.');
    return this.#wire;
  }
}

function replyTo<T extends RequestType>(request: T): ReplyTo<T>;
function replyTo(request: string): string {
  return request.replace(/_request$/, '_reply');
}
