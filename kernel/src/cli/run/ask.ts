import { createInterface, type Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CliError } from '../invocation.ts';

/** Asks the person at the terminal, or takes the lines of stdin. */
export class Asking implements Disposable {
  #lines: Interface | undefined;
  #hidden = false;
  readonly #output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      // What is typed for a password is echoed by readline only: it is held back here.
      if (!this.#hidden) process.stderr.write(chunk);
      done();
    },
  });

  /** The answer to a question. Throws CliError ERR_NO_ANSWER at the end of stdin. */
  readonly ask = async (prompt: string, password: boolean, ended: AbortSignal): Promise<string> => {
    this.#lines ??= createInterface({ input: process.stdin, output: this.#output, terminal: process.stdin.isTTY });
    const lines = this.#lines;
    process.stderr.write(prompt);
    const noMore = Promise.withResolvers<never>();
    const close = (): void =>
      noMore.reject(new CliError('ERR_NO_ANSWER', `the cell asked ${JSON.stringify(prompt)}, but stdin is at its end`));
    lines.once('close', close);
    this.#hidden = password;
    try {
      return await Promise.race([lines.question('', { signal: ended }), noMore.promise]);
    } finally {
      this.#hidden = false;
      if (password) process.stderr.write('\n');
      lines.off('close', close);
    }
  };

  [Symbol.dispose](): void {
    this.#lines?.close();
  }
}
