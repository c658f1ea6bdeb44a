import { appendFileSync, mkdirSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Log, messageOf } from '../log.ts';

/** How long a whole output is kept, in milliseconds. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** A text that is shown in part, whole in a file. */
export class WholeOutput {
  readonly file: string;
  readonly #log: Log;
  #length = 0;
  #broken = false;

  constructor(file: string, log: Log) {
    this.file = file;
    this.#log = log;
  }

  /** Characters. */
  get length(): number {
    return this.#length;
  }

  add(text: string): void {
    if (this.#broken) return;
    try {
      appendFileSync(this.file, text, { mode: 0o600 });
      this.#length += text.length;
    } catch (error) {
      this.#broken = true;
      this.#log.error(`The whole output cannot be kept in ${this.file}: ${messageOf(error)}`);
    }
  }
}

/** The folder of the outputs that are too long for the notebook. */
export class WholeOutputs {
  readonly #folder: string;
  readonly #log: Log;
  #last = 0;

  constructor(folder: string, log: Log) {
    this.#folder = folder;
    this.#log = log;
  }

  create(): WholeOutput {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    this.#last += 1;
    return new WholeOutput(join(this.#folder, `output-${Date.now()}-${process.pid}-${this.#last}.txt`), this.#log);
  }

  /** Removes those that are older than a week. */
  async removeOld(now = Date.now()): Promise<void> {
    const names = await readdir(this.#folder).catch(() => []);
    for (const name of names) {
      const file = join(this.#folder, name);
      const { mtimeMs } = await stat(file);
      if (now - mtimeMs > KEPT_MS) await rm(file, { force: true });
    }
  }
}
