import { closeSync, constants, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';

/** Above this the file is emptied, in bytes: only its end is of interest. */
const LARGEST_BYTES = 4 * 1024 * 1024;

/** Between looks at its size, in milliseconds. */
const LOOK_MS = 60_000;

/** The file that a process writes its standard output and error to, so that it can write on when nobody reads. */
export class OutputFile {
  /** To be given to the process. */
  readonly descriptor: number;
  readonly #timer: NodeJS.Timeout;
  #closed = false;

  constructor(file: string) {
    // Appending, so that what comes after the file was emptied stands at its start.
    const { O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = constants;
    this.descriptor = openSync(file, O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0o600);
    this.#timer = setInterval(() => this.#bound(), LOOK_MS).unref();
  }

  /** Its last whole lines, of at most that many bytes; nothing once it is closed. */
  tail(bytes: number): string {
    if (this.#closed) return '';
    const { size } = fstatSync(this.descriptor);
    const start = Math.max(0, size - bytes);
    const buffer = Buffer.alloc(size - start);
    const read = readSync(this.descriptor, buffer, 0, buffer.length, start);
    const text = buffer.toString('utf8', 0, read);
    return start === 0 ? text : fromLineStart(text);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#timer);
    closeSync(this.descriptor);
  }

  #bound(): void {
    if (fstatSync(this.descriptor).size > LARGEST_BYTES) ftruncateSync(this.descriptor);
  }
}

/** The end of `text`, cut at the start of a line, so that a message with it reads well. */
export function tailOf(text: string, characters: number): string {
  return text.length <= characters ? text : fromLineStart(text.slice(-characters));
}

function fromLineStart(text: string): string {
  return text.replace(/^[^\n]*\n/, '');
}
