import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { CliError } from '../invocation.ts';
import { answerHelp } from './help.ts';
import type { Printer } from './printer.ts';
import type { ConsoleSession } from './session.ts';

/** How long a line that is complete waits for one that continues it, in milliseconds. */
const LOOK_AHEAD_MS = 50;

/**
 * Runs what comes on stdin, a statement at a time: a line is run when the kernel says that it is complete and the next line
 * does not go on with it. The lines that follow a cell's question are its answers.
 * @returns true if every cell ended well.
 * @throws KernelDiedError
 */
export async function runPiped(session: ConsoleSession, printer: Printer, input: Readable): Promise<boolean> {
  const lines = new Lines(input);
  let good = true;
  let cell = '';
  for (let line = await lines.next(); line !== undefined; line = await lines.next()) {
    cell = cell === '' ? line : `${cell}\n${line}`;
    if (cell.trim() === '') {
      cell = '';
      continue;
    }
    const next = await lines.peek(LOOK_AHEAD_MS);
    if (next !== undefined && continues(next)) continue;
    if (await answerHelp(cell, session, printer)) {
      cell = '';
      continue;
    }
    const { done } = await session.enter(cell);
    if (!done) continue;
    good = (await run(cell)) && good;
    cell = '';
  }
  // The end of stdin ends the last cell too, whatever it lacks: the kernel says what.
  return cell.trim() === '' ? good : (await run(cell)) && good;

  async function run(code: string): Promise<boolean> {
    const reply = await session.run(code, {
      onOutput: (message) => printer.print(message),
      onInput: async (prompt) => {
        await printer.freshLine();
        process.stderr.write(prompt);
        const answer = await lines.next();
        process.stderr.write('\n');
        if (answer !== undefined) return answer;
        throw new CliError('ERR_NO_ANSWER', `the cell asked ${JSON.stringify(prompt)}, but stdin is at its end`);
      },
    });
    return reply.status === 'ok';
  }
}

/** True for a line that goes on with the statement above it. */
export function continues(line: string): boolean {
  return /^(?:\s+\S|[)\]}.,|&=]|\?\.|[?:+*/%<>-]\s|(?:else|catch|finally|elif|except)\b)/.test(line);
}

/** Lines of a stream, with a look at the next one. */
class Lines {
  readonly #waiting: string[] = [];
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(input: Readable) {
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY });
    lines.on('line', (line) => {
      this.#waiting.push(line);
      this.#wake();
    });
    lines.on('close', () => {
      this.#ended = true;
      this.#wake();
    });
  }

  /** Undefined at the end. */
  async next(): Promise<string | undefined> {
    while (this.#waiting.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#waiting.shift();
  }

  /** The next line, if it comes in that time; it stays the next one. */
  async peek(timeoutMs: number): Promise<string | undefined> {
    if (this.#waiting.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, timeoutMs);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return this.#waiting[0];
  }
}
