import {
  type NotebookCell,
  type NotebookCellExecution,
  NotebookCellOutput,
  NotebookCellOutputItem,
  type NotebookController,
} from 'vscode';
import { type Log, messageOf } from '../log.ts';
import type { OutputTarget } from '../outputs/cell-outputs.ts';
import type { Output, OutputItem } from '../outputs/output.ts';

/** How long the cell of a late output stays open for more of them, in milliseconds. */
const LATE_MS = 50;

/** How long VS Code may take to tell of the end of a run, in milliseconds. */
const TOLD_MS = 2000;

/** What a cell shows of its last run. */
interface Summary {
  readonly executionOrder: number | undefined;
  readonly startTime: number | undefined;
  readonly success: boolean | undefined;
  readonly endTime: number | undefined;
}

/** The cells of one notebook as places for outputs. Only an execution may change them, be it that of another cell. */
export class CellTargets {
  readonly controller: NotebookController;
  readonly log: Log;
  readonly #targets = new Map<NotebookCell, CellTarget>();

  constructor(controller: NotebookController, log: Log) {
    this.controller = controller;
    this.log = log;
  }

  of(cell: NotebookCell): CellTarget {
    let target = this.#targets.get(cell);
    if (target === undefined) {
      target = new CellTarget(cell, this);
      this.#targets.set(cell, target);
    }
    return target;
  }

  /** The execution of the cell that runs, if one does. */
  get running(): NotebookCellExecution | undefined {
    for (const target of this.#targets.values()) if (target.running) return target.running;
    return undefined;
  }

  /** Somebody has removed the outputs of a cell. */
  cleared(cell: NotebookCell): void {
    this.#targets.get(cell)?.cleared();
  }

  /** A cell was deleted. */
  forget(cell: NotebookCell): void {
    this.cleared(cell);
    this.#targets.delete(cell);
  }
}

/**
 * A cell as a place for outputs: they come by the execution of its run. What comes after the end of that goes by the
 * execution of the cell that runs now, or else by a short one, which gives back the state, time and count of the run.
 */
export class CellTarget implements OutputTarget<NotebookCellOutput> {
  readonly cell: NotebookCell;
  readonly #all: CellTargets;
  /** Of a run that waits or has begun. */
  #execution: NotebookCellExecution | undefined;
  #hasBegun = false;
  #startTime: number | undefined;
  /** Of the run that has ended last. */
  #summary: Summary | undefined;
  #late: { readonly execution: NotebookCellExecution; readonly timer: NodeJS.Timeout; end(): void } | undefined;
  #tellCleared: (() => void)[] = [];
  /** Removals of outputs that are ours and have not been told of yet. */
  #clearing = 0;

  constructor(cell: NotebookCell, all: CellTargets) {
    this.cell = cell;
    this.#all = all;
  }

  get isLate(): boolean {
    return this.#execution === undefined;
  }

  get running(): NotebookCellExecution | undefined {
    return this.#hasBegun ? this.#execution : undefined;
  }

  /** A run waits. */
  wait(): void {
    this.#late?.end();
    this.#execution = this.#all.controller.createNotebookCellExecution(this.cell);
  }

  begin(startTime: number, clear: boolean): void {
    this.#execution?.start(startTime);
    this.#startTime = startTime;
    this.#hasBegun = true;
    if (clear) this.clear();
  }

  count(executionCount: number): void {
    if (this.#execution) this.#execution.executionOrder = executionCount;
  }

  /** @param success Undefined: neither, as for a cell that was never begun. */
  end(success: boolean | undefined, endTime: number): void {
    if (this.#hasBegun) {
      const executionOrder = this.#execution?.executionOrder;
      this.#summary = { executionOrder, startTime: this.#startTime, success, endTime };
    }
    this.#execution?.end(success, endTime);
    this.#execution = undefined;
    this.#hasBegun = false;
  }

  append(output: Output): NotebookCellOutput {
    const shown = new NotebookCellOutput(output.items.map(item), { ...output.metadata });
    void this.#edit((execution) => execution.appendOutput(shown, this.cell));
    return shown;
  }

  appendItems(output: NotebookCellOutput, items: readonly OutputItem[]): void {
    void this.#edit((execution) => execution.appendOutputItems(items.map(item), output));
  }

  replaceItems(output: NotebookCellOutput, items: readonly OutputItem[]): void {
    void this.#edit((execution) => execution.replaceOutputItems(items.map(item), output));
  }

  clear(): void {
    this.#isCleared();
    this.#clearing += 1;
    // VS Code tells of the change before it says that it was made.
    void this.#edit((execution) => execution.clearOutput(this.cell)).then(() => {
      this.#clearing -= 1;
    });
  }

  cleared(): void {
    if (this.#clearing === 0) this.#isCleared();
  }

  onceCleared(tell: () => void): void {
    this.#tellCleared.push(tell);
  }

  #isCleared(): void {
    const told = this.#tellCleared;
    this.#tellCleared = [];
    for (const tell of told) tell();
  }

  /** Edits arrive in order; one of a cell that is gone is nobody's loss. */
  async #edit(edit: (execution: NotebookCellExecution) => Thenable<void>): Promise<void> {
    const { notebook, index } = this.cell;
    if (notebook.isClosed || index === -1) return;
    // What a cell that waits still shows is removed when it begins.
    if (this.#execution !== undefined && !this.#hasBegun) return;
    try {
      await edit(this.#execution ?? this.#all.running ?? this.#late?.execution ?? this.#openLate());
    } catch (error) {
      this.#all.log.debug(`An output was not shown: ${messageOf(error)}`);
    }
  }

  get #lastRun(): Summary {
    const own = this.#summary;
    if (own?.endTime !== undefined && Date.now() - own.endTime < TOLD_MS) return own;
    const { success, timing, executionOrder } = this.cell.executionSummary ?? {};
    return { executionOrder, success, startTime: timing?.startTime, endTime: timing?.endTime };
  }

  #openLate(): NotebookCellExecution {
    const { executionOrder, startTime, success, endTime } = this.#lastRun;
    const execution = this.#all.controller.createNotebookCellExecution(this.cell);
    execution.executionOrder = executionOrder;
    execution.start(startTime);
    const end = (): void => {
      clearTimeout(timer);
      this.#late = undefined;
      execution.end(success, endTime);
    };
    const timer = setTimeout(end, LATE_MS);
    this.#late = { execution, timer, end };
    return execution;
  }
}

function item({ mime, data }: OutputItem): NotebookCellOutputItem {
  return new NotebookCellOutputItem(data, mime);
}
