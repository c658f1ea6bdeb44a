import { randomUUID } from 'node:crypto';
import type { Memento, NotebookCell, NotebookDocument, Uri } from 'vscode';
import { cellIdOf } from './cell-id.ts';
import type { EarlierRun, WaitingRun } from './earlier-run.ts';
import type { NotebookSession } from './notebook-session.ts';

/** What is needed to find a notebook's kernel again after the window was reloaded. */
interface Remembered {
  readonly kernel: string;
  readonly runs: readonly (RememberedCell & Omit<EarlierRun, 'cell'>)[];
}

/** Runs that waited. They are many and seldom others, and so apart. */
interface RememberedWaiting {
  readonly kernel: string;
  readonly runs: readonly (RememberedCell & Omit<WaitingRun, 'cell'>)[];
}

/** A cell is found by its id in the file, or by its place if it has none. */
interface RememberedCell {
  readonly cell: string | undefined;
  readonly index: number;
}

/** The kernels of notebooks, over reloads of the window. */
export class RememberedSessions {
  readonly #sessions: ByNotebook<Remembered>;
  readonly #waiting: ByNotebook<RememberedWaiting>;
  /** Of each session what is remembered of it. */
  readonly #told = new WeakMap<NotebookSession, readonly WaitingRun[]>();

  constructor(state: Memento) {
    this.#sessions = new ByNotebook(state, 'elara.sessions');
    this.#waiting = new ByNotebook(state, 'elara.waiting');
  }

  /** The kernel that the notebook had. */
  kernelOf(uri: Uri): string | undefined {
    return this.#sessions.get(uri)?.kernel;
  }

  /** Its runs that may still show something. */
  runsOf(notebook: NotebookDocument): EarlierRun[] {
    return withCells(notebook, this.#sessions.get(notebook.uri)?.runs ?? []);
  }

  /** Its runs that waited, which may go on. */
  waitingOf(notebook: NotebookDocument): WaitingRun[] {
    const waiting = this.#waiting.get(notebook.uri);
    return waiting?.kernel === this.kernelOf(notebook.uri) ? withCells(notebook, waiting?.runs ?? []) : [];
  }

  set(session: NotebookSession): void {
    const { notebook, kernel, recent, lastWaiting } = session;
    this.#sessions.set(notebook.uri, { kernel: kernel.id, runs: recent.map(withoutCell) });
    if (lastWaiting === undefined || lastWaiting === this.#told.get(session)) return;
    this.#told.set(session, lastWaiting);
    this.#waiting.set(notebook.uri, { kernel: kernel.id, runs: lastWaiting.map(withoutCell) });
  }

  forget(uri: Uri): void {
    this.#sessions.set(uri, undefined);
    this.#waiting.set(uri, undefined);
  }

  /** The next new notebook may have the name of this one. Returns what this one is remembered by from now on. */
  setAside(uri: Uri): Uri {
    const aside = uri.with({ fragment: randomUUID() });
    this.move(uri, aside);
    return aside;
  }

  /** A notebook has another name now. */
  move(from: Uri, to: Uri): void {
    this.#sessions.move(from, to);
    this.#waiting.move(from, to);
  }
}

function withoutCell<Run extends WaitingRun>({ cell, ...run }: Run): RememberedCell & Omit<Run, 'cell'> {
  return { ...run, cell: cellIdOf(cell), index: cell.index };
}

function withCells<Run extends RememberedCell>(
  notebook: NotebookDocument,
  runs: readonly Run[],
): (Omit<Run, keyof RememberedCell> & { readonly cell: NotebookCell })[] {
  const cells = notebook.getCells();
  return runs.flatMap(({ cell: cellId, index, ...run }) => {
    const cell = cellId === undefined ? cells[index] : cells.find((each) => cellIdOf(each) === cellId);
    return cell === undefined ? [] : [{ ...run, cell }];
  });
}

/** Values by notebook, kept by VS Code. */
class ByNotebook<Value> {
  readonly #state: Memento;
  readonly #key: string;

  constructor(state: Memento, key: string) {
    this.#state = state;
    this.#key = key;
  }

  get(uri: Uri): Value | undefined {
    return this.#all[uri.toString()];
  }

  /** @param value Undefined: nothing is kept. */
  set(uri: Uri, value: Value | undefined): void {
    const key = uri.toString();
    const { [key]: before, ...rest } = this.#all;
    if (JSON.stringify(before) === JSON.stringify(value)) return;
    this.#update(value === undefined ? rest : { ...rest, [key]: value });
  }

  move(from: Uri, to: Uri): void {
    const { [from.toString()]: moved, ...rest } = this.#all;
    if (moved !== undefined) this.#update({ ...rest, [to.toString()]: moved });
  }

  get #all(): Readonly<Record<string, Value>> {
    return this.#state.get(this.#key, {});
  }

  #update(all: Readonly<Record<string, Value>>): void {
    void this.#state.update(this.#key, all);
  }
}
