import { isMessage, KernelTimeoutError, type RunningKernel } from '@elara/protocol/client/index';
import { parentId, type ReceivedMessage } from '@elara/protocol/message';
import type { CheckMode } from '../../link.ts';
import { type CodeCell, type Notebook, tagsOf } from '../nbformat/notebook.ts';
import { DisplayIds, OutputArea } from '../nbformat/output-area.ts';
import type { Answers } from './answers.ts';
import { type CellFailure, lineOfTraceback } from './failure.ts';
import { WidgetStates } from './widget-states.ts';

export interface RunSettings {
  /** Goes on after errors, which then are no failures. */
  readonly allowErrors: boolean;
  /** What cells with type errors do; else what the kernel does by itself. */
  readonly check?: CheckMode | undefined;
  /** For each cell, in milliseconds. `Infinity`: as long as it takes. */
  readonly timeoutMs: number;
  /** False: the outputs are not kept, because nobody is going to write them. */
  readonly keepOutputs: boolean;
  readonly answers: Answers;
}

export type CellEnd = 'ok' | 'failed' | 'allowed' | 'skipped';

/** Told of what happens, as it happens. */
export interface RunListener {
  cellStarted(cell: number, source: string): void;
  /** A message of iopub that belongs to one of the cells. What it returns is waited for. */
  published(message: ReceivedMessage): Promise<void>;
  cellEnded(cell: number, end: CellEnd, ms: number): void;
}

/** How long an interrupted cell may take to end, and the kernel to say so, in milliseconds. */
const INTERRUPT_GRACE_MS = 10_000;
const INTERRUPT_AGAIN_MS = 1000;

/**
 * Executes the code cells of a notebook in order and puts their outputs into it (unless `keepOutputs` is false), by the
 * rules of nbclient: cells tagged `skip-execution` are left alone, those tagged `raises-exception` may fail.
 * @returns the failure that ended it, or undefined.
 * @throws KernelDiedError and other errors of the client.
 */
export async function runNotebook(
  kernel: RunningKernel,
  notebook: Notebook,
  settings: RunSettings,
  listener: RunListener,
): Promise<CellFailure | undefined> {
  const run = new Run(kernel, settings, listener);
  // Output of a timer or a promise may come when its cell is over, or after the last one.
  using _late = kernel.client.onIopub((message) => run.acceptAny(message));
  try {
    for (const cell of notebook.cells) {
      if (cell.cell_type !== 'code') continue;
      cell.outputs = [];
      cell.execution_count = null;
    }
    for (const [index, cell] of notebook.cells.entries()) {
      if (cell.cell_type === 'code') await run.execute(cell, index + 1);
      if (run.failure) break;
    }
    return run.failure;
  } finally {
    run.storeOutputs();
    run.storeWidgets(notebook);
  }
}

interface ExecutedCell {
  readonly cell: CodeCell;
  readonly number: number;
  readonly mayFail: boolean;
  readonly area: OutputArea | undefined;
}

class Run {
  failure: CellFailure | undefined;
  readonly #kernel: RunningKernel;
  readonly #settings: RunSettings;
  readonly #listener: RunListener;
  readonly #displays = new DisplayIds();
  readonly #widgets: WidgetStates;
  readonly #executed = new Map<string, ExecutedCell>();
  #running: string | undefined;

  constructor(kernel: RunningKernel, settings: RunSettings, listener: RunListener) {
    this.#kernel = kernel;
    this.#settings = settings;
    this.#listener = listener;
    this.#widgets = new WidgetStates(this.#displays, (comm_id, state) => {
      kernel.client.send('shell', 'comm_msg', { comm_id, data: { method: 'update', state, buffer_paths: [] } });
    });
  }

  async execute(cell: CodeCell, number: number): Promise<void> {
    const tags = tagsOf(cell);
    if (cell.source.trim() === '' || tags.includes('skip-execution')) {
      this.#listener.cellEnded(number, 'skipped', 0);
      return;
    }
    const mayFail = this.#settings.allowErrors || tags.includes('raises-exception');
    const area = this.#settings.keepOutputs ? new OutputArea(this.#displays) : undefined;
    const executed: ExecutedCell = { cell, number, mayFail, area };
    const begin = performance.now();
    this.#listener.cellStarted(number, cell.source);
    const failed = await this.#untilDone(executed);
    const end = failed === undefined ? 'ok' : mayFail ? 'allowed' : 'failed';
    this.#listener.cellEnded(number, end, performance.now() - begin);
    if (failed && !mayFail) this.failure ??= failed;
  }

  /** Takes every message of iopub when it comes. */
  acceptAny(message: ReceivedMessage): void {
    if (this.#settings.keepOutputs) this.#widgets.accept(message);
    this.#acceptLate(message);
  }

  /** Output of a cell that is over. */
  #acceptLate(message: ReceivedMessage): void {
    const id = parentId(message);
    if (id === undefined || id === this.#running) return;
    const executed = this.#executed.get(id);
    if (executed === undefined) return;
    const shown = !this.#widgets.hasTaken(message);
    if (shown) executed.area?.accept(message);
    void this.#listener.published(message);
    if (shown && isMessage(message, 'error') && !executed.mayFail)
      this.failure ??= failureOf(executed, message.content);
  }

  storeOutputs(): void {
    for (const { cell, area } of this.#executed.values()) {
      if (area) cell.outputs = area.outputs();
    }
  }

  /** A notebook without widgets keeps no state of those that it had. */
  storeWidgets({ metadata }: Notebook): void {
    if (!this.#settings.keepOutputs) return;
    const widgets = this.#widgets.metadata();
    if (widgets === undefined) delete metadata.widgets;
    else metadata.widgets = widgets;
  }

  async #untilDone(executed: ExecutedCell): Promise<CellFailure | undefined> {
    const { cell, area } = executed;
    const { timeoutMs, allowErrors, check } = this.#settings;
    const onInput = this.#settings.answers.forCell(cell);
    let timedOut = false;
    const execution = this.#kernel.client.execute(cell.source, {
      cellId: cell.id,
      ...(check !== undefined && { metadata: { elara: { check } } }),
      stopOnError: !allowErrors,
      timeoutMs: timeoutMs + INTERRUPT_GRACE_MS,
      ...(onInput && { onInput }),
    });
    this.#running = execution.msgId;
    this.#executed.set(execution.msgId, executed);
    // A kernel that cannot be interrupted is given up when the execution's own bound is reached.
    const interrupt = (): void => void this.#kernel.interrupt().catch(() => undefined);
    let timer: NodeJS.Timeout | undefined;
    if (Number.isFinite(timeoutMs)) {
      timer = setTimeout(() => {
        timedOut = true;
        interrupt();
        // Code may catch an interrupt and go on.
        timer = setInterval(interrupt, INTERRUPT_AGAIN_MS);
      }, timeoutMs);
    }
    let failure: CellFailure | undefined;
    try {
      for await (const message of execution) {
        const shown = !this.#widgets.hasTaken(message);
        if (shown) area?.accept(message);
        await this.#listener.published(message);
        if (isMessage(message, 'execute_input')) cell.execution_count = message.content.execution_count;
        if (shown && isMessage(message, 'error')) failure = failureOf(executed, message.content);
      }
      const reply = await execution.done;
      cell.execution_count = reply.execution_count ?? cell.execution_count;
      if (reply.status === 'error') failure ??= failureOf(executed, reply);
      if (reply.status === 'aborted') {
        failure ??= failureOf(executed, { ename: 'Aborted', evalue: 'the kernel did not run the cell', traceback: [] });
      }
    } catch (error) {
      if (!(error instanceof KernelTimeoutError && timedOut)) throw error;
      failure = failureOf(executed, { ename: '', evalue: '', traceback: [] });
    } finally {
      clearTimeout(timer);
      this.#running = undefined;
    }
    if (!timedOut) return failure;
    const evalue = `the cell did not end within ${timeoutMs / 1000} s (--timeout) and was interrupted`;
    return { ...(failure ?? failureOf(executed, { ename: '', evalue: '', traceback: [] })), ename: 'Timeout', evalue };
  }
}

interface ErrorContent {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
}

function failureOf({ cell, number }: ExecutedCell, { ename, evalue, traceback }: ErrorContent): CellFailure {
  const count = cell.execution_count ?? undefined;
  return { cell: number, count, line: lineOfTraceback(traceback, count), ename, evalue, traceback };
}
