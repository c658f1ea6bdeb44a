import { Readable } from 'node:stream';
import type { RemoteChannel } from '@elara/gateway';
import type { InputQuestion } from '../link.ts';
import { InterruptError } from './errors.ts';
import type { Output } from './output.ts';
import { decodeToWorker, type ToWorker } from './requests.ts';
import { currentCell, type RunningCell } from './running-cell.ts';

/** The frontend said that it takes no questions (`allow_stdin: false`). */
export class InputRefusedError extends Error {
  override readonly name = 'InputRefusedError';
  readonly code = 'ERR_INPUT_REFUSED';
  constructor() {
    super(
      'This frontend does not answer questions of a cell (allow_stdin is false): give the value in the cell instead.',
    );
  }
}

export interface InputOptions {
  /** The frontend hides what is typed. */
  readonly password?: boolean;
}

type Pending = (answer: string | null) => void;

/** Questions to the person at the frontend: of each cell one at a time. */
export class Input {
  readonly #channel: RemoteChannel;
  readonly #output: Output;
  /** Commands that came while the thread waited for an answer. */
  readonly #postpone: (command: ToWorker) => void;
  /** By cell, what resolves when the last question that it wants to ask has had its answer. */
  readonly #last = new WeakMap<RunningCell, Promise<void>>();
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  constructor(channel: RemoteChannel, output: Output, postpone: (command: ToWorker) => void) {
    this.#channel = channel;
    this.#output = output;
    this.#postpone = postpone;
  }

  /**
   * Asks and waits; nothing else runs in this worker meanwhile, as with `prompt()` in a browser.
   * Returns null if the person cancelled.
   */
  askSync(prompt: string, options: InputOptions = {}): string | null {
    const id = this.#question(prompt, options);
    for (;;) {
      const message = decodeToWorker(this.#channel.receiveSync());
      if (message.op === 'inputReply' && message.question === id) return message.value;
      this.#postpone(message);
      if (message.op === 'interrupt') throw new InterruptError();
    }
  }

  /** Asks; the worker goes on meanwhile. Rejects with InterruptError or InputRefusedError. */
  async ask(prompt: string, options: InputOptions = {}): Promise<string> {
    const cell = currentCell();
    if (cell === undefined) throw new InputRefusedError();
    const turn = this.#last.get(cell);
    const answered = Promise.withResolvers<void>();
    this.#last.set(cell, answered.promise);
    try {
      await turn;
      const id = this.#question(prompt, options);
      const answer = await new Promise<string | null>((resolve) => this.#pending.set(id, resolve));
      if (answer === null) throw new InterruptError();
      return answer;
    } finally {
      answered.resolve();
    }
  }

  /** The answer to a question; null: there is none to be had. */
  answer(question: number, value: string | null): void {
    const pending = this.#pending.get(question);
    this.#pending.delete(question);
    pending?.(value);
  }

  /** No question that is open gets an answer. */
  cancel(): void {
    for (const question of [...this.#pending.keys()]) this.answer(question, null);
  }

  /** Returns the id of the question. */
  #question(prompt: string, { password = false }: InputOptions): number {
    const cell = currentCell();
    if (cell === undefined || !cell.command.allowStdin || cell.answered) throw new InputRefusedError();
    const id = ++this.#lastId;
    this.#output.send({ op: 'input', id, parent: cell.command.parent, prompt, password } satisfies InputQuestion);
    return id;
  }
}

/**
 * `process.stdin` of the cells: asks for a line when a reader waits for one. It is its cell's, and ends with it; the next
 * cell that looks at `process.stdin` has a new one.
 */
export class InputStream extends Readable {
  readonly fd = 0;
  readonly isTTY = false;
  readonly #input: Input;
  /** A reader wants a line and none has been asked for. */
  #wanted = false;

  constructor(input: Input) {
    super();
    this.#input = input;
  }

  // Readers are given time to stop when they have had their line (readline closed, a loop left): Readable reads ahead, and
  // nobody is to be asked a question whose answer nothing waits for.
  override _read(): void {
    this.#wanted = true;
    setImmediate(() => this.#ask());
  }

  override resume(): this {
    setImmediate(() => this.#ask());
    return super.resume();
  }

  #ask(): void {
    const paused = this.readableFlowing === false && this.listenerCount('readable') === 0;
    if (!this.#wanted || paused || this.destroyed) return;
    this.#wanted = false;
    if (currentCell()?.answered) {
      this.push(null);
      return;
    }
    this.#input.ask('').then(
      (line) => this.push(`${line}\n`),
      (error: unknown) => (error instanceof InterruptError ? this.push(null) : this.destroy(error as Error)),
    );
  }
}

/** The globals `prompt`, `confirm`, `alert`, `input` and `password`, and `process.stdin`. */
export function installInput(input: Input): void {
  const globals = {
    prompt: (message: unknown = 'Prompt', initial?: unknown): string | null => {
      const answer = input.askSync(message === '' ? '' : `${String(message)} `);
      return answer === '' && initial !== undefined ? String(initial) : answer;
    },
    confirm: (message: unknown = 'Confirm'): boolean =>
      /^y(es)?$/i.test(input.askSync(`${String(message)} [y/N] `)?.trim() ?? ''),
    alert: (message: unknown = 'Alert'): void => {
      input.askSync(`${String(message)} [Enter] `);
    },
    input: (message: unknown = '', options?: InputOptions): Promise<string> => input.ask(String(message), options),
    password: (message: unknown = 'Password: '): Promise<string> => input.ask(String(message), { password: true }),
  };
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
  }
  // By cell: a stream that one cell leaves paused would ask nobody for the next one.
  const streams = new WeakMap<object, InputStream>();
  Object.defineProperty(process, 'stdin', {
    configurable: true,
    enumerable: true,
    get() {
      const cell = currentCell() ?? input;
      let stdin = streams.get(cell);
      if (stdin === undefined || stdin.destroyed || stdin.readableEnded) {
        stdin = new InputStream(input);
        streams.set(cell, stdin);
      }
      return stdin;
    },
  });
}
