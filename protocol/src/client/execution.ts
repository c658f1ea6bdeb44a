import type { ExecuteReply } from '../generated/messages.ts';
import type { ReceivedMessage } from '../message.ts';
import { after, quiet } from './bounded.ts';
import { KernelTimeoutError } from './errors.ts';
import { isMessage } from './messages.ts';

/**
 * One execute_request on its way. Iterate over it for what the kernel publishes because of it, `status` busy and idle
 * included; the iteration ends after idle. Everything is kept until it is iterated over, and given out once.
 */
export interface Execution extends AsyncIterable<ReceivedMessage> {
  readonly msgId: string;
  /** The execute_reply, whose status may be `error` or `aborted`. Idle may still be to come. */
  readonly reply: Promise<ExecuteReply>;
  /** The execute_reply, once idle was seen too. */
  readonly done: Promise<ExecuteReply>;
}

export interface ExecutionBounds {
  /** For all of it, in milliseconds. */
  readonly timeoutMs: number;
  /** Of silence on iopub after the reply, or of the missing reply after idle, in milliseconds. */
  readonly settleMs: number;
}

/** The client's side of an execution: what arrives is put in here. */
export class ExecutionStream implements Execution {
  readonly msgId: string;
  readonly #bounds: ExecutionBounds;
  readonly #reply = quiet<ExecuteReply>();
  readonly #done = quiet<ExecuteReply>();
  readonly #ended = new AbortController();
  readonly #cancelTimeout: () => void;
  #cancelSettle: () => void = () => undefined;
  #received: ReceivedMessage[] = [];
  #taken = 0;
  #news = Promise.withResolvers<void>();
  #replied: ExecuteReply | undefined;
  #idle = false;
  #failure: Error | undefined;
  #spoiled: Error | undefined;

  constructor(msgId: string, bounds: ExecutionBounds) {
    this.msgId = msgId;
    this.#bounds = bounds;
    this.#cancelTimeout = after(bounds.timeoutMs, () =>
      this.fail(
        new KernelTimeoutError('end of the execution', bounds.timeoutMs, 'Interrupt the kernel, or wait longer.'),
      ),
    );
  }

  get reply(): Promise<ExecuteReply> {
    return this.#reply.promise;
  }

  get done(): Promise<ExecuteReply> {
    return this.#done.promise;
  }

  /** Aborts when the execution is over, in whatever way. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  acceptIopub(message: ReceivedMessage): void {
    if (this.#ended.signal.aborted) return;
    this.#received.push(message);
    if (isMessage(message, 'status') && message.content.execution_state === 'idle') this.#idle = true;
    this.#wake();
    this.#settle();
  }

  acceptReply(reply: ExecuteReply): void {
    if (this.#ended.signal.aborted) return;
    this.#replied = reply;
    this.#reply.resolve(reply);
    this.#settle();
  }

  /** Ends it with an error: nothing more will come. What was received before can still be iterated over. */
  fail(error: Error): void {
    if (this.#ended.signal.aborted) return;
    this.#failure = error;
    this.#reply.reject(error);
    this.#done.reject(error);
    this.#end();
  }

  /** Ends it with an error once the kernel is through with it. */
  failAtEnd(error: Error): void {
    this.#spoiled ??= error;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ReceivedMessage, void, undefined> {
    while (true) {
      const message = this.#take();
      if (message) yield message;
      else if (this.#failure) throw this.#failure;
      else if (this.#idle && !this.#spoiled) return;
      else await this.#news.promise;
    }
  }

  #take(): ReceivedMessage | undefined {
    const message = this.#received[this.#taken];
    this.#taken += 1;
    if (message) return message;
    // Shifting one by one would move the rest of a long array each time.
    this.#received = [];
    this.#taken = 0;
    return undefined;
  }

  #wake(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }

  /** Ends it if reply and idle are there; else sees to it that the missing one is not awaited forever. */
  #settle(): void {
    this.#cancelSettle();
    if (this.#replied && this.#idle && this.#spoiled) this.fail(this.#spoiled);
    else if (this.#replied && this.#idle) {
      this.#done.resolve(this.#replied);
      this.#end();
    } else if (this.#replied || this.#idle) {
      const missing = this.#idle ? 'execute_reply after idle' : 'idle after the execute_reply';
      const { settleMs } = this.#bounds;
      this.#cancelSettle = after(settleMs, () =>
        this.fail(new KernelTimeoutError(missing, settleMs, 'Outputs may be lost: run it again.')),
      );
    }
  }

  #end(): void {
    this.#cancelSettle();
    this.#cancelTimeout();
    this.#ended.abort();
    this.#wake();
  }
}
