import {
  type NotebookCell,
  type NotebookCellExecution,
  NotebookCellOutput,
  NotebookCellOutputItem,
  type NotebookController,
} from 'vscode';
import type { OutputTarget } from '../outputs/cell-outputs.ts';
import type { Output, OutputItem } from '../outputs/output.ts';

/** How long the cell of a late output stays open for more of them, in milliseconds. */
const LATE_MS = 200;

/**
 * A cell as a place for outputs. Only an execution may change them: that of the run, and for what comes after its end a
 * short one, which leaves the state, the time and the count of the run as they were.
 */
export class CellTarget implements OutputTarget<NotebookCellOutput> {
  readonly cell: NotebookCell;
  readonly #controller: NotebookController;
  #execution: NotebookCellExecution | undefined;
  #late: NodeJS.Timeout | undefined;

  constructor(cell: NotebookCell, controller: NotebookController) {
    this.cell = cell;
    this.#controller = controller;
  }

  /** The execution of a run, which waits until its `start` is called. */
  open(): NotebookCellExecution {
    this.#endLate();
    this.#execution = this.#controller.createNotebookCellExecution(this.cell);
    return this.#execution;
  }

  /** @param success Undefined: neither, as for a cell that was never begun. */
  close(success: boolean | undefined, endTime?: number): void {
    this.#execution?.end(success, endTime);
    this.#execution = undefined;
  }

  /** True while a run is open. */
  get isOpen(): boolean {
    return this.#execution !== undefined && this.#late === undefined;
  }

  append(output: Output): NotebookCellOutput {
    const shown = new NotebookCellOutput(output.items.map(item), { ...output.metadata });
    this.#edit((execution) => execution.appendOutput(shown));
    return shown;
  }

  appendItems(output: NotebookCellOutput, items: readonly OutputItem[]): void {
    this.#edit((execution) => execution.appendOutputItems(items.map(item), output));
  }

  replaceItems(output: NotebookCellOutput, items: readonly OutputItem[]): void {
    this.#edit((execution) => execution.replaceOutputItems(items.map(item), output));
  }

  clear(): void {
    this.#edit((execution) => execution.clearOutput());
  }

  /** Edits arrive in order; one of a cell that is gone is nobody's loss. */
  #edit(edit: (execution: NotebookCellExecution) => Thenable<void>): void {
    const { notebook, index } = this.cell;
    if (notebook.isClosed || index === -1) return;
    this.#execution ??= this.#openLate();
    edit(this.#execution).then(undefined, () => undefined);
  }

  #openLate(): NotebookCellExecution {
    const { success, timing, executionOrder } = this.cell.executionSummary ?? {};
    const execution = this.#controller.createNotebookCellExecution(this.cell);
    execution.executionOrder = executionOrder;
    execution.start(timing?.startTime);
    this.#late = setTimeout(() => {
      this.#late = undefined;
      this.close(success, timing?.endTime);
    }, LATE_MS);
    return execution;
  }

  #endLate(): void {
    if (this.#late === undefined) return;
    clearTimeout(this.#late);
    this.#late = undefined;
    this.close(this.cell.executionSummary?.success, this.cell.executionSummary?.timing?.endTime);
  }
}

function item({ mime, data }: OutputItem): NotebookCellOutputItem {
  return new NotebookCellOutputItem(data, mime);
}
