import type { NotebookCell } from 'vscode';
import type { CellRun } from './cell-run.ts';
import type { EarlierRun } from './earlier-run.ts';
import type { ExecuteFuture } from './execute-request.ts';

/** Runs whose late outputs still find their cells. */
const MOST = 500;

/** Of these, how many do so after a reload of the window. */
const MOST_REMEMBERED = 20;

/** The runs of a notebook's cells by the ids of their requests. */
export class Runs {
  readonly #runs = new Map<string, CellRun>();
  readonly #futures = new Map<string, ExecuteFuture>();

  get(id: string): CellRun | undefined {
    return this.#runs.get(id);
  }

  /** True for a request of this window: its messages come by its future. */
  hasFuture(id: string): boolean {
    return this.#futures.has(id);
  }

  add(run: CellRun, future?: ExecuteFuture): void {
    const { id } = run;
    this.#runs.set(id, run);
    if (future !== undefined) this.#futures.set(id, future);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size <= MOST || oldest === undefined) return;
    this.#runs.delete(oldest);
    this.#futures.get(oldest)?.dispose();
    this.#futures.delete(oldest);
  }

  /** Nothing more comes of any of them. */
  clear(): void {
    this.#runs.clear();
    this.#futures.clear();
  }

  lastOf(cell: NotebookCell): CellRun | undefined {
    return [...this.#runs.values()].findLast((run) => run.cell === cell);
  }

  /** Those that may still show something, as another window needs them. */
  get recent(): readonly EarlierRun[] {
    const runs = [...this.#runs];
    const last = new Set(runs.slice(-MOST_REMEMBERED).map(([id]) => id));
    return runs.flatMap(([id, { isEnded, cell, startTime, question }]) =>
      isEnded && !last.has(id) ? [] : [{ id, cell, startTime, isEnded, question }],
    );
  }
}
