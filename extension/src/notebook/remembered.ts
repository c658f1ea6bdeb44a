import type { Memento, NotebookDocument, Uri } from 'vscode';
import { cellIdOf } from './cell-id.ts';
import type { EarlierRun } from './earlier-run.ts';
import type { Question } from './input.ts';
import type { NotebookSession } from './notebook-session.ts';

const KEY = 'elara.sessions';

/** What is needed to find a notebook's kernel again after the window was reloaded. */
interface Remembered {
  readonly kernel: string;
  readonly runs: readonly RememberedRun[];
}

interface RememberedRun {
  readonly id: string;
  /** The cell is found by its id in the file, or else by its place. */
  readonly cell: string | undefined;
  readonly index: number;
  readonly startTime: number;
  readonly isEnded: boolean;
  readonly question: Question | undefined;
}

/** The kernels of notebooks, over reloads of the window. */
export class RememberedSessions {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  /** The kernel that the notebook had. */
  kernelOf({ uri }: NotebookDocument): string | undefined {
    return this.#all[uri.toString()]?.kernel;
  }

  /** Its runs that may still show something. */
  runsOf(notebook: NotebookDocument): EarlierRun[] {
    const runs = this.#all[notebook.uri.toString()]?.runs ?? [];
    const cells = notebook.getCells();
    return runs.flatMap(({ id, cell: cellId, index, ...run }) => {
      const cell = (cellId !== undefined && cells.find((each) => cellIdOf(each) === cellId)) || cells[index];
      return cell === undefined ? [] : [{ id, cell, ...run }];
    });
  }

  set({ notebook, kernel, recent }: NotebookSession): void {
    const key = notebook.uri.toString();
    const runs = recent.map(({ cell, ...run }) => ({ ...run, cell: cellIdOf(cell), index: cell.index }));
    const remembered = { kernel: kernel.id, runs };
    if (JSON.stringify(this.#all[key]) !== JSON.stringify(remembered))
      this.#update({ ...this.#all, [key]: remembered });
  }

  forget({ uri }: NotebookDocument): void {
    const { [uri.toString()]: gone, ...rest } = this.#all;
    if (gone !== undefined) this.#update(rest);
  }

  /** A notebook has another name now. */
  move(from: Uri, to: Uri): void {
    const { [from.toString()]: moved, ...rest } = this.#all;
    if (moved !== undefined) this.#update({ ...rest, [to.toString()]: moved });
  }

  get #all(): Readonly<Record<string, Remembered>> {
    return this.#state.get(KEY, {});
  }

  #update(all: Readonly<Record<string, Remembered>>): void {
    void this.#state.update(KEY, all);
  }
}
