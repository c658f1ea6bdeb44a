/** What stands in for `process.stdout` and `process.stderr`. */
import { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Publisher } from '../publisher.ts';

type Callback = (error?: Error | null) => void;

/** Columns of the terminal that this is not: programs lay out their text by them. */
const COLUMNS = 80;
const ROWS = 24;

/**
 * A stream of the cells: text goes to the publisher at once, in whose hands it is when `write` returns, so that nothing
 * is ever held back here but the first bytes of a character whose rest comes with the next write.
 * It says that it is no terminal, but bears the calls that are made of terminals. It cannot be ended: the next cell
 * writes to it too.
 */
export class OutputStream extends Writable {
  readonly fd: number;
  readonly isTTY = false;
  readonly columns = COLUMNS;
  readonly rows = ROWS;
  readonly #name: 'stdout' | 'stderr';
  readonly #publisher: Publisher;
  readonly #decoder = new StringDecoder('utf8');

  constructor(publisher: Publisher, name: 'stdout' | 'stderr', fd: number) {
    super({ decodeStrings: false, autoDestroy: false, emitClose: false });
    this.#publisher = publisher;
    this.#name = name;
    this.fd = fd;
  }

  override write(chunk: unknown, callback?: Callback): boolean;
  override write(chunk: unknown, encoding: BufferEncoding, callback?: Callback): boolean;
  override write(chunk: unknown, encoding?: BufferEncoding | Callback, callback?: Callback): boolean {
    if (typeof chunk === 'string' && encoding === undefined && callback === undefined) {
      this.#publisher.write(this.#name, chunk);
      return true;
    }
    const done = typeof encoding === 'function' ? encoding : callback;
    const textEncoding = typeof encoding === 'string' ? encoding : 'utf8';
    if (typeof chunk === 'string') this.#writeText(chunk, textEncoding);
    else if (chunk instanceof Uint8Array) this.#writeBytes(chunk);
    // Writable knows the errors for everything else.
    else return super.write(chunk, textEncoding, done);
    if (done !== undefined) process.nextTick(done, null);
    return true;
  }

  override _write(chunk: unknown, encoding: BufferEncoding, callback: Callback): void {
    if (typeof chunk === 'string') this.#writeText(chunk, encoding);
    else if (ArrayBuffer.isView(chunk)) {
      this.#writeBytes(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    }
    callback();
  }

  #writeText(text: string, encoding: BufferEncoding): void {
    if (encoding === 'utf8' || encoding === 'utf-8') this.#publisher.write(this.#name, text);
    else this.#writeBytes(Buffer.from(text, encoding));
  }

  #writeBytes(bytes: Uint8Array): void {
    const text = this.#decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    if (text !== '') this.#publisher.write(this.#name, text);
  }

  /** Writes the last chunk and stays open. */
  override end(callback?: () => void): this;
  override end(chunk: unknown, callback?: () => void): this;
  override end(chunk: unknown, encoding: BufferEncoding, callback?: () => void): this;
  override end(chunk?: unknown, encoding?: BufferEncoding | (() => void), callback?: () => void): this {
    const done = [chunk, encoding, callback].find((argument) => typeof argument === 'function');
    if (typeof chunk !== 'function' && chunk !== undefined && chunk !== null) {
      this.write(chunk, typeof encoding === 'string' ? encoding : 'utf8');
    }
    const rest = this.#decoder.end();
    if (rest !== '') this.#publisher.write(this.#name, rest);
    if (done !== undefined) process.nextTick(done);
    process.nextTick(() => this.emit('finish'));
    return this;
  }

  /** Stays usable, as Node's own standard streams do. */
  override destroy(error?: Error): this {
    if (error !== undefined && error !== null) process.nextTick(() => this.emit('error', error));
    return this;
  }

  /** Bits a pixel, as of tty.WriteStream: no colours. */
  getColorDepth(): number {
    return 1;
  }

  hasColors(): boolean {
    return false;
  }

  getWindowSize(): [columns: number, rows: number] {
    return [COLUMNS, ROWS];
  }

  /** To the start of the line by a carriage return, which frontends know; elsewhere by the terminal's own sequence. */
  cursorTo(x: number, y?: number | Callback, callback?: Callback): boolean {
    const done = typeof y === 'function' ? y : callback;
    if (typeof y === 'number') return this.#control(`\x1b[${y + 1};${x + 1}H`, done);
    return this.#control(x === 0 ? '\r' : `\x1b[${x + 1}G`, done);
  }

  moveCursor(dx: number, dy: number, callback?: Callback): boolean {
    const across = dx === 0 ? '' : `\x1b[${Math.abs(dx)}${dx > 0 ? 'C' : 'D'}`;
    const along = dy === 0 ? '' : `\x1b[${Math.abs(dy)}${dy > 0 ? 'B' : 'A'}`;
    return this.#control(across + along, callback);
  }

  clearLine(direction: -1 | 0 | 1, callback?: Callback): boolean {
    return this.#control(direction < 0 ? '\x1b[1K' : direction > 0 ? '\x1b[0K' : '\x1b[2K', callback);
  }

  clearScreenDown(callback?: Callback): boolean {
    return this.#control('\x1b[0J', callback);
  }

  #control(sequence: string, callback: Callback | undefined): boolean {
    if (sequence !== '') this.write(sequence);
    if (callback !== undefined) process.nextTick(callback, null);
    return true;
  }
}

/**
 * The stream to put in place of `process.stdout` or `process.stderr`.
 *
 * @param fd the descriptor that it stands for, 1 or 2, for programs that ask
 */
export function createStream(publisher: Publisher, name: 'stdout' | 'stderr', fd: number): OutputStream {
  return new OutputStream(publisher, name, fd);
}
