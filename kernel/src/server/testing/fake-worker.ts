import type {
  CommCommand,
  CompleteOutcome,
  ExecuteCommand,
  ExecuteOutcome,
  InspectOutcome,
  ObjectInfo,
  Publication,
  VariablesOutcome,
  VariablesQuery,
  WorkerEnd,
} from '../../link.ts';
import { WorkerEndedError } from '../errors.ts';
import type { WorkerLink, WorkerListener } from '../worker-link.ts';

type Execute = Omit<ExecuteCommand, 'op' | 'id'>;

const OK: ExecuteOutcome = { status: 'ok', userExpressions: {}, payload: [], declared: [] };

/** What a line of a cell does; the rest of the line is its argument. */
type Line = (
  argument: string,
  cell: Execute,
) => Partial<ExecuteOutcome> | undefined | Promise<Partial<ExecuteOutcome> | undefined>;

/**
 * A worker within this process, for tests of the server. Its cells are lines, each a word and its argument:
 * `print TEXT`, `warn TEXT`, `result TEXT`, `throw MESSAGE`, `declare NAME…`, `payload JSON`, `wait` (until interrupted),
 * `loop` (as wait, and complete and inspect hang), `input PROMPT`, `password PROMPT`, `die SIGNAL`, `exit CODE`,
 * `publish MSG_TYPE JSON`, `many COUNT BYTES` (that many streams of that size).
 */
export class FakeWorker implements WorkerLink {
  readonly listener: WorkerListener;
  readonly executed: Execute[] = [];
  readonly comms: Omit<CommCommand, 'op' | 'id'>[] = [];
  /** What was called, in order. */
  readonly calls: string[] = [];
  /** Comm targets that the cells have registered. */
  readonly targets = new Set<string>();
  startError: Error | undefined;
  completion: CompleteOutcome = { matches: ['alpha'], cursorStart: 0, cursorEnd: 2, metadata: {} };
  inspection: InspectOutcome = { found: true, data: { 'text/plain': 'alpha: number' }, metadata: {} };
  variablesOutcome: VariablesOutcome = { kind: 'missing' };
  readonly pid = process.pid;
  readonly #running = new Set<{ reject: (error: Error) => void }>();
  #looping = false;
  readonly #inputs = new Map<number, (value: string | null) => void>();
  #lastQuestion = 0;
  #resumed: PromiseWithResolvers<void> | undefined;

  constructor(listener: WorkerListener) {
    this.listener = listener;
  }

  async start(): Promise<void> {
    this.calls.push('start');
    if (this.startError !== undefined) throw this.startError;
  }

  async execute(cell: Execute): Promise<ExecuteOutcome> {
    this.executed.push(cell);
    const ended = Promise.withResolvers<never>();
    this.#running.add(ended);
    try {
      // As over a pipe, nothing is published before the caller waits.
      await Promise.race([new Promise(setImmediate), ended.promise]);
      return await Promise.race([this.#run(cell), ended.promise]);
    } catch (error) {
      if (error instanceof WorkerEndedError) throw error;
      return this.#fail(cell, error);
    } finally {
      this.#running.delete(ended);
      this.#looping = false;
    }
  }

  async #run(cell: Execute): Promise<ExecuteOutcome> {
    let outcome = OK;
    for (const line of cell.code.split('\n')) {
      const [word = '', ...rest] = line.split(' ');
      const run = this.#lines[word];
      if (run !== undefined) outcome = { ...outcome, ...(await run(rest.join(' '), cell)) };
    }
    const userExpressions = Object.fromEntries(
      Object.entries(cell.userExpressions).map(([name, expression]) => [
        name,
        expression === 'nosuchname'
          ? ({ status: 'error', ename: 'ReferenceError', evalue: 'nosuchname is not defined', traceback: [] } as const)
          : ({ status: 'ok', data: { 'text/plain': expression }, metadata: {} } as const),
      ]),
    );
    return { ...outcome, userExpressions };
  }

  readonly #lines: Readonly<Record<string, Line>> = {
    print: (text, cell) => void this.say('stream', cell.parent, { name: 'stdout', text: `${text}\n` }),
    warn: (text, cell) => void this.say('stream', cell.parent, { name: 'stderr', text: `${text}\n` }),
    result: (text, cell) => {
      if (!cell.silent) {
        this.say('execute_result', cell.parent, {
          execution_count: cell.count,
          data: { 'text/plain': text },
          metadata: {},
        });
      }
      return { resultText: text };
    },
    throw: (message) => {
      throw new Error(message);
    },
    declare: (names) => ({ declared: names.split(' ') }),
    payload: (json) => ({ payload: [JSON.parse(json)] }),
    wait: () => new Promise(() => undefined),
    loop: () => {
      this.#looping = true;
      return new Promise(() => undefined);
    },
    input: (prompt, cell) => this.#ask(cell, prompt, false),
    password: (prompt, cell) => this.#ask(cell, prompt, true),
    die: (signal) =>
      this.end({ code: null, signal: signal === 'SIGSEGV' ? 'SIGSEGV' : 'SIGKILL', lastWords: 'last words' }),
    exit: (code) => this.end({ code: Number(code), signal: null, lastWords: '' }),
    publish: (argument, cell) => {
      const [msgType = '', ...json] = argument.split(' ');
      this.say(msgType, cell.parent, JSON.parse(json.join(' ')));
    },
    many: async (argument, cell) => {
      const [count = 0, bytes = 0] = argument.split(' ').map(Number);
      const content = Buffer.from(JSON.stringify({ name: 'stdout', text: 'x'.repeat(bytes) }));
      for (let index = 0; index < count; index++) {
        await this.#resumed?.promise;
        this.listener.publish({ op: 'publish', msgType: 'stream', parent: cell.parent, content });
        if (index % 16 === 15) await new Promise(setImmediate);
      }
      return {};
    },
  };

  async #ask(cell: Execute, prompt: string, password: boolean): Promise<undefined> {
    if (!cell.allowStdin) throw new Error('this frontend does not allow input');
    const answer = await new Promise<string | null>((resolve) => {
      const id = ++this.#lastQuestion;
      this.#inputs.set(id, resolve);
      this.listener.input({ op: 'input', id, parent: cell.parent, prompt, password });
    });
    if (answer === null) throw new Error('no input is to be had');
    this.say('stream', cell.parent, { name: 'stdout', text: answer });
  }

  #fail(cell: Execute, error: unknown): ExecuteOutcome {
    const evalue = error instanceof Error ? error.message : String(error);
    const shown = { ename: 'Error', evalue, traceback: [`Error: ${evalue}`] };
    if (!cell.silent) this.say('error', cell.parent, shown);
    return { ...OK, status: 'error', error: shown };
  }

  /** Publishes a message. */
  say(msgType: string, parent: Uint8Array | null, content: unknown, more: Partial<Publication> = {}): void {
    this.listener.publish({ op: 'publish', msgType, parent, content: Buffer.from(JSON.stringify(content)), ...more });
  }

  /** Ends, as a process does: what is pending is rejected, then the listener is told. */
  end(end: WorkerEnd): Promise<never> {
    this.#reject(new WorkerEndedError(end));
    this.listener.ended(end);
    return new Promise(() => undefined);
  }

  /** As a command that is given to no worker. */
  dead(): Promise<never> {
    return Promise.reject(new WorkerEndedError({ code: 1, signal: null, lastWords: '' }));
  }

  async complete({ cursor }: { cursor: number }): Promise<CompleteOutcome> {
    this.calls.push(`complete ${cursor}`);
    return this.#looping ? new Promise(() => undefined) : this.completion;
  }

  async inspect({ cursor, detailLevel }: { cursor: number; detailLevel: number }): Promise<InspectOutcome> {
    this.calls.push(`inspect ${cursor} ${detailLevel}`);
    return this.#looping ? new Promise(() => undefined) : this.inspection;
  }

  async objectInfo({ name }: { name: string }): Promise<ObjectInfo> {
    if (this.#looping) return new Promise(() => undefined);
    const empty = { file: null, definition: null, argspec: null, init_definition: null, docstring: null };
    const none = { init_docstring: null, class_docstring: null, call_def: null, call_docstring: null, source: null };
    const found = { found: true, ismagic: false, isalias: false, namespace: 'interactive', type_name: 'number' };
    return { name, ...found, string_form: '1', base_class: 'Number', length: null, ...empty, ...none };
  }

  async comm(command: Omit<CommCommand, 'op' | 'id'>): Promise<{ handled: boolean }> {
    this.comms.push(command);
    if (command.msgType !== 'comm_open') return { handled: true };
    const { comm_id: id, target_name: target } = command.content;
    if (this.targets.has(String(target))) return { handled: true };
    this.say('comm_close', command.parent, { comm_id: id, data: {} });
    return { handled: false };
  }

  async variables({ query }: { query: VariablesQuery }): Promise<VariablesOutcome> {
    this.calls.push(`variables ${query.about}`);
    return this.#looping ? new Promise(() => undefined) : this.variablesOutcome;
  }

  answerInput(id: number, value: string | null): void {
    this.calls.push(`answerInput ${value}`);
    this.#inputs.get(id)?.(value);
    this.#inputs.delete(id);
  }

  interrupt(): void {
    this.calls.push('interrupt');
    this.#inputs.clear();
    this.#reject(new Error('interrupted'));
  }

  pause(): void {
    this.calls.push('pause');
    this.#resumed ??= Promise.withResolvers<void>();
  }

  resume(): void {
    this.calls.push('resume');
    this.#resumed?.resolve();
    this.#resumed = undefined;
  }

  async restart(): Promise<void> {
    this.calls.push('restart');
    if (this.startError !== undefined) throw this.startError;
  }

  async stop(): Promise<void> {
    this.calls.push('stop');
    this.#reject(new WorkerEndedError({ code: 0, signal: null, lastWords: '' }));
  }

  #reject(error: Error): void {
    for (const { reject } of this.#running) reject(error);
  }
}
