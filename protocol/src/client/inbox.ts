import { ProtocolError } from '../errors.ts';
import { parentId, type ReceivedMessage } from '../message.ts';
import { validate } from '../validate.ts';
import type { Dialect } from './dialect.ts';
import type { ExecutionStream } from './execution.ts';
import { answerInput, type InputAnswerer, type InputHandler } from './input.ts';
import { isMessage } from './messages.ts';
import { PendingReplies } from './pending.ts';
import type { Wire } from './wire.ts';

interface InboxOptions {
  readonly dialect: Dialect;
  /** Answers input requests that no execution caused. */
  readonly onInput: InputHandler | undefined;
  readonly onDropped: (error: ProtocolError) => void;
}

interface RunningExecution {
  readonly stream: ExecutionStream;
  readonly onInput: InputHandler | undefined;
}

/** Where the messages of a kernel go: to who waits for the reply, to the execution that caused them, to the listeners. */
export class Inbox {
  readonly replies = new PendingReplies();
  readonly #options: InboxOptions;
  readonly #executions = new Map<string, RunningExecution>();
  readonly #listeners = new Set<(message: ReceivedMessage) => void>();
  #iopubSeen = new AbortController();

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  /** Aborts at the first message on iopub since the start, or since the last reconnection. */
  get iopubSeen(): AbortSignal {
    return this.#iopubSeen.signal;
  }

  addExecution(stream: ExecutionStream, onInput: InputHandler | undefined): void {
    this.#executions.set(stream.msgId, { stream, onInput });
    stream.ended.addEventListener('abort', () => this.#executions.delete(stream.msgId));
  }

  listen(listener: (message: ReceivedMessage) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => void this.#listeners.delete(listener) };
  }

  rejectAll(error: Error): void {
    this.#options.dialect.forget();
    this.replies.rejectAll(error);
    for (const { stream } of [...this.#executions.values()]) stream.fail(error);
  }

  /** Another connection begins, whose iopub is yet to be heard. */
  reset(): void {
    this.#iopubSeen = new AbortController();
  }

  acceptReply(received: ReceivedMessage): void {
    const id = parentId(received);
    if (id === undefined) return;
    const execution = this.#executions.get(id);
    const message = this.#understood(received, this.#options.dialect.reply);
    if (message instanceof ProtocolError) {
      // Whoever waits learns it now: another reply will not come.
      execution?.stream.fail(message);
      this.replies.reject(id, message);
    } else if (message && execution && isMessage(message, 'execute_reply')) {
      execution.stream.acceptReply(message.content);
    } else if (message) this.replies.resolve(id, message);
  }

  acceptIopub(received: ReceivedMessage): void {
    this.#iopubSeen.abort();
    const message = this.#understood(received, this.#options.dialect.publication);
    if (message === undefined || message instanceof ProtocolError) return;
    const id = parentId(message);
    if (id !== undefined) this.#executions.get(id)?.stream.acceptIopub(message);
    for (const listener of [...this.#listeners]) call(listener, message);
  }

  async acceptStdin(received: ReceivedMessage, wire: Wire): Promise<void> {
    const message = this.#understood(received, this.#options.dialect.publication);
    if (message === undefined || message instanceof ProtocolError) return;
    const execution = this.#executions.get(parentId(message) ?? '');
    const ask = execution?.onInput ?? this.#options.onInput;
    const answerer: InputAnswerer | undefined = ask && {
      ask,
      ended: execution?.stream.ended ?? new AbortController().signal,
      onFailure: (error) => execution?.stream.failAtEnd(error),
    };
    try {
      await answerInput(message, answerer, wire);
    } catch (error) {
      // The client was closed while a person was typing.
      if (!(error instanceof ProtocolError)) throw error;
      this.#options.onDropped(error);
    }
  }

  /** The message in today's terms, checked; or why it was dropped. */
  #understood(
    received: ReceivedMessage,
    translate: (message: ReceivedMessage) => ReceivedMessage | undefined,
  ): ReceivedMessage | ProtocolError | undefined {
    try {
      const message = translate(received);
      if (message) validate(message.header.msg_type, message.content);
      return message;
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#options.onDropped(error);
      return error;
    }
  }
}

/** Calls a listener. What it throws is the fault of its author, not of the kernel: it goes where uncaught errors go. */
export function call<T>(listener: (value: T) => void, value: T): void {
  try {
    listener(value);
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
