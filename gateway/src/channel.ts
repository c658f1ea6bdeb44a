import { deserialize, serialize } from 'node:v8';
import { GatewayError, RemoteError } from './errors.ts';
import { encodeFrame, FrameType } from './frame.ts';
import { decodePayload } from './payload.ts';

/** One conversation with code that runs on the other side of a gateway. Values are structured clones; bytes are just sent. */
export class Channel {
  readonly id: number;
  readonly #write: (frame: Buffer) => void;
  readonly #waiting: unknown[] = [];
  readonly #receivers: { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void }[] = [];
  readonly #closed = Promise.withResolvers<void>();
  #callback: ((value: unknown) => void) | undefined;
  #end: Error | undefined;

  constructor(id: number, write: (frame: Buffer) => void) {
    this.id = id;
    this.#write = write;
    // Who does not wait for the close is not to be killed by its error.
    this.#closed.promise.catch(() => undefined);
  }

  /** @throws GatewayError ERR_CHANNEL_CLOSED */
  send(value: unknown): void {
    if (this.#end !== undefined) throw this.#end;
    if (value instanceof Uint8Array) this.#write(encodeFrame(this.id, FrameType.bytes, value));
    else this.#write(encodeFrame(this.id, FrameType.data, serialize(value)));
  }

  /** Called at once for each value that arrives, in order, those that wait first. */
  setCallback(callback: (value: unknown) => void): void {
    this.#callback = callback;
    for (const value of this.#waiting.splice(0)) callback(value);
  }

  /**
   * The next value. What had arrived before a close is still given out.
   *
   * @throws GatewayError ERR_TIMEOUT after `timeoutMs`, ERR_CHANNEL_CLOSED at the end; RemoteError if the other side threw.
   */
  async receive(options: { readonly timeoutMs?: number } = {}): Promise<unknown> {
    if (this.#waiting.length > 0) return this.#waiting.shift();
    if (this.#end !== undefined) throw this.#end;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const receiver = { resolve, reject };
    this.#receivers.push(receiver);
    if (options.timeoutMs === undefined) return promise;
    const timer = setTimeout(() => {
      this.#receivers.splice(this.#receivers.indexOf(receiver), 1);
      reject(new GatewayError('ERR_TIMEOUT', `Nothing arrived on channel ${this.id} within ${options.timeoutMs} ms.`));
    }, options.timeoutMs);
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves when the other side has closed the channel; rejects with RemoteError if it threw. */
  waitClose(): Promise<void> {
    return this.#closed.promise;
  }

  close(): void {
    if (this.#end !== undefined) return;
    this.#write(encodeFrame(this.id, FrameType.close, Buffer.alloc(0)));
    this.ended(undefined);
  }

  /** The gateway passes a frame of this channel on. */
  arrived(type: number, payload: Buffer): void {
    if (type === FrameType.close) {
      this.ended(
        payload.length === 0 ? undefined : new RemoteError(deserialize(payload) as { message: string; stack: string }),
      );
      return;
    }
    const value = decodePayload(type, payload);
    const receiver = this.#receivers.shift();
    if (receiver !== undefined) receiver.resolve(value);
    else if (this.#callback !== undefined) this.#callback(value);
    else this.#waiting.push(value);
  }

  /** The channel is over, with the error that ended it, if one did. */
  ended(error: GatewayError | undefined): void {
    if (this.#end !== undefined) return;
    this.#end = error ?? new GatewayError('ERR_CHANNEL_CLOSED', `Channel ${this.id} is closed.`);
    for (const receiver of this.#receivers.splice(0)) receiver.reject(this.#end);
    if (error === undefined) this.#closed.resolve();
    else this.#closed.reject(error);
  }
}
