import type { Memento, NotebookCell, NotebookDocument } from 'vscode';
import type { NotebookSession } from './notebook-session.ts';

const KEY = 'elara.sessions';

/** What is needed to find a notebook's kernel again after the window was reloaded. */
export interface Remembered {
  readonly kernel: string;
  /** Message id and index of the cells whose requests were not answered. */
  readonly runs: readonly (readonly [string, number])[];
}

/** The kernels of notebooks, over reloads of the window. */
export class RememberedSessions {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  of({ uri }: NotebookDocument): Remembered | undefined {
    return this.#all[uri.toString()];
  }

  /** The cells that the unanswered requests are of. */
  cells(notebook: NotebookDocument): Map<string, NotebookCell> {
    const runs = this.of(notebook)?.runs ?? [];
    return new Map(runs.flatMap(([id, index]) => (index < notebook.cellCount ? [[id, notebook.cellAt(index)]] : [])));
  }

  set({ notebook, kernel, unanswered }: NotebookSession): void {
    const runs = [...unanswered].map(([id, cell]) => [id, cell.index] as const);
    const { uri } = notebook;
    const before = this.of(notebook);
    if (before?.kernel === kernel.id && JSON.stringify(before.runs) === JSON.stringify(runs)) return;
    this.#update({ ...this.#all, [uri.toString()]: { kernel: kernel.id, runs } });
  }

  forget({ uri }: NotebookDocument): void {
    const { [uri.toString()]: gone, ...rest } = this.#all;
    if (gone !== undefined) this.#update(rest);
  }

  get #all(): Readonly<Record<string, Remembered>> {
    return this.#state.get(KEY, {});
  }

  #update(all: Readonly<Record<string, Remembered>>): void {
    void this.#state.update(KEY, all);
  }
}
