import type { NotebookCell } from 'vscode';
import type { CellRun, Outcome } from './cell-run.ts';
import { mayFail } from './cell-tags.ts';

/** The run that goes on in a kernel, and those that wait for its end. */
export class CellQueue {
  readonly #begin: (run: CellRun) => void;
  readonly #onChange: () => void;
  readonly #waiting: CellRun[] = [];
  #running: CellRun | undefined;

  /** @param begin Has a cell run, which sooner or later comes to its `end`. */
  constructor(begin: (run: CellRun) => void, onChange: () => void) {
    this.#begin = begin;
    this.#onChange = onChange;
  }

  get running(): CellRun | undefined {
    return this.#running;
  }

  /** Of the runs, the one that goes on first. */
  get cells(): readonly NotebookCell[] {
    return [...(this.#running ? [this.#running] : []), ...this.#waiting].map(({ cell }) => cell);
  }

  /** Those that have yet to begin. */
  get waiting(): readonly CellRun[] {
    return this.#waiting;
  }

  add(runs: readonly CellRun[]): void {
    this.#waiting.push(...runs);
    this.#onChange();
    this.#next();
  }

  /** Takes a run that goes on already: another window has begun it. */
  resume(run: CellRun): void {
    this.#running = run;
    this.#onChange();
  }

  /** A cell that waits is not run. */
  cancel(cell: NotebookCell): void {
    const at = this.#waiting.findIndex((run) => run.cell === cell);
    if (at === -1) return;
    for (const run of this.#waiting.splice(at, 1)) run.end('aborted');
    this.#onChange();
  }

  /** Nothing that waits is run. */
  cancelWaiting(): void {
    for (const run of this.#waiting.splice(0)) run.end('aborted');
    this.#onChange();
  }

  /** A run has ended. After one that failed nothing else is run, unless its cell may fail. */
  end(run: CellRun, outcome: Outcome): void {
    run.end(outcome);
    if (this.#running === run) {
      this.#running = undefined;
      if (outcome === 'failed' && !mayFail(run.cell)) this.cancelWaiting();
    }
    this.#onChange();
    this.#next();
  }

  #next(): void {
    if (this.#running !== undefined) return;
    this.#running = this.#waiting.shift();
    if (this.#running !== undefined) this.#begin(this.#running);
  }
}
