import { setImmediate as turnOfLoop } from 'node:timers/promises';
import type { ContentOf } from '@elara/protocol/message';
import { assertValid } from '@elara/protocol/validate';
import type { CellError, CheckMode, ExecuteOutcome } from '../../link.ts';
import { CellChecking, requestedMode } from '../../types/cell-checking.ts';
import { WorkerEndedError } from '../errors.ts';
import type { Kernel } from '../kernel.ts';
import type { Job } from '../queue.ts';
import type { Handler, Reply, Request } from '../request.ts';
import { endAsError } from '../worker-ended.ts';

/** Runs a cell. Spec: messaging, "Execute". */
export const execute: Handler = {
  msgType: 'execute_request',
  queued: true,
  announces: true,
  only2011: false,
  abort: (kernel, request) => ({
    content: { status: 'aborted', execution_count: kernel.executionCount },
    metadata: metadataOf(request, 'aborted', new Date().toISOString()),
  }),
  prepare(kernel, request) {
    const content: unknown = request.content;
    assertValid('execute_request', content);
    const cell = new Cell(kernel, request, content);
    return { begin: () => cell.beginEarly(), answer: () => cell.answer() };
  },
};

class Cell {
  readonly #kernel: Kernel;
  readonly #request: Request;
  readonly #content: ContentOf<'execute_request'>;
  readonly #silent: boolean;
  readonly #storeHistory: boolean;
  #count = 0;
  #started = '';
  #running: Promise<ExecuteOutcome> | undefined;
  #checking: CellChecking | undefined;

  constructor(kernel: Kernel, request: Request, content: ContentOf<'execute_request'>) {
    this.#kernel = kernel;
    this.#request = request;
    this.#content = content;
    this.#silent = content.silent ?? false;
    this.#storeHistory = !this.#silent && (content.store_history ?? true);
  }

  /** The cell before it has ended and is not answered yet. */
  beginEarly(): void {
    if (this.#mode === 'error') return;
    this.#kernel.hold();
    this.#enter();
    this.#begin();
  }

  /** What it does with type errors. Nobody looks at those of a silent one. */
  get #mode(): CheckMode {
    const { types } = this.#kernel;
    if (types === undefined || this.#silent) return 'off';
    return requestedMode(types, this.#content.code, this.#request.message.metadata);
  }

  /** It is this cell's turn. */
  #enter(): void {
    const kernel = this.#kernel;
    if (this.#storeHistory) kernel.executionCount += 1;
    this.#count = kernel.executionCount;
    this.#started = new Date().toISOString();
    kernel.started(this.#request);
    const { cellId } = this.#request.message.metadata;
    const id = typeof cellId === 'string' ? { id: cellId } : {};
    const cell = { code: this.#content.code, count: this.#count, ...id };
    if (kernel.types !== undefined) this.#checking = new CellChecking(kernel.types, cell, this.#mode);
  }

  /** Gives it to the worker. */
  #begin(): Promise<ExecuteOutcome> {
    this.#running = this.#run();
    // The worker may end before its outcome is awaited.
    this.#running.catch(() => undefined);
    return this.#running;
  }

  async answer(): Promise<Reply> {
    const kernel = this.#kernel;
    const request = this.#request;
    const { code, stop_on_error: stopOnError = true } = this.#content;
    const begunEarly = this.#running !== undefined;
    const checkedFirst = !begunEarly && this.#mode === 'error';
    if (!begunEarly) this.#enter();
    if (!begunEarly && !checkedFirst) this.#begin();
    // The worker has begun by now; what it publishes cannot come before this.
    kernel.iopub.withNext(() => {
      kernel.iopub.status('busy', request.parent);
      if (!this.#silent) {
        kernel.iopub.publish('execute_input', request.parent, { code, execution_count: this.#count });
      }
    });
    if (begunEarly) kernel.release();
    const refusal = checkedFirst ? await this.#checking?.refusal() : undefined;
    const outcome = refusal === undefined ? await this.#outcomeOf(this.#running ?? this.#begin()) : this.#fail(refusal);
    const { status } = outcome;
    kernel.declared.add(outcome.declared, this.#count);
    if (refusal !== undefined) this.#checking?.drop();
    else this.#checking?.ran({ ok: status === 'ok', declared: outcome.declared });
    // The worker goes on with the next cell while this one is answered.
    if (status === 'ok') request.queue.beginNext();
    kernel.inputs.forgetOf(request.message.header.msg_id);
    if (this.#storeHistory) {
      kernel.history.add({ line: this.#count, source: code, output: outcome.resultText ?? null });
    }
    const doomed = status === 'error' && stopOnError && !this.#silent ? await arrivedBefore(request) : [];
    const problems = refusal === undefined ? await this.#checking?.list() : undefined;
    if (problems !== undefined) {
      kernel.iopub.publish('display_data', request.parent, { data: problems, metadata: {}, transient: {} });
    }
    return {
      content: contentOf(outcome, this.#count),
      metadata: metadataOf(request, status, this.#started),
      ...(doomed.length === 0 ? {} : { after: () => abortAll(doomed) }),
    };
  }

  #run(): Promise<ExecuteOutcome> {
    const { code, allow_stdin: allowStdin = false, user_expressions: userExpressions = {} } = this.#content;
    return this.#kernel.worker.execute({
      parent: this.#request.parent,
      code,
      count: this.#count,
      silent: this.#silent,
      storeHistory: this.#storeHistory,
      allowStdin,
      userExpressions,
    });
  }

  /** How it ended; the worker's end is the cell's error. */
  async #outcomeOf(running: Promise<ExecuteOutcome>): Promise<ExecuteOutcome> {
    const kernel = this.#kernel;
    try {
      return await running;
    } catch (cause) {
      if (!(cause instanceof WorkerEndedError)) throw cause;
      return this.#fail(endAsError(cause.end, kernel.ending));
    }
  }

  /** An error that the worker does not tell of. */
  #fail(error: CellError): ExecuteOutcome {
    if (!this.#silent) this.#kernel.iopub.publish('error', this.#request.parent, { ...error });
    return { status: 'error', error, userExpressions: {}, payload: [], declared: [] };
  }
}

function contentOf({ error, userExpressions, payload }: ExecuteOutcome, count: number): Reply['content'] {
  const common = { execution_count: count, user_expressions: userExpressions, payload };
  return error === undefined ? { status: 'ok', ...common } : { status: 'error', ...error, ...common };
}

/** `started` is what JupyterLab shows as the begin of the execution; the id of the cell is kept (JEP 62). */
function metadataOf({ message }: Request, status: string, started: string): NonNullable<Reply['metadata']> {
  const { cellId } = message.metadata;
  return cellId === undefined ? { started, status } : { started, status, cellId };
}

/**
 * Takes what the client had sent to this shell when its cell failed out of the queue, also what has arrived but was not
 * read yet. What it sends once it knows of the failure runs.
 */
async function arrivedBefore({ client, queue }: Request): Promise<Job[]> {
  await turnOfLoop();
  return queue.take(client);
}

function abortAll(jobs: readonly Job[]): void {
  for (const job of jobs) job.abort();
}
