import {
  type Disposable,
  type NotebookCell,
  type NotebookController,
  type NotebookDocument,
  notebooks,
  window,
} from 'vscode';
import { ASKING } from '../contributions/commands.ts';
import { NOTEBOOK_TYPE } from '../contributions.ts';
import type { Base } from '../make-context.ts';
import { selectKernel } from '../select-kernel.ts';
import { supportLanguages } from './supported-languages.ts';
import { isInTab } from './tabs.ts';

export interface AskingActions {
  /** Asks for a kernel, and runs the cells with it. */
  run(cells: readonly NotebookCell[], notebook: NotebookDocument): Promise<void>;
  /** A kernel was chosen for a notebook in its place, ours or not. */
  replaced(notebook: NotebookDocument): void;
}

/**
 * What notebooks are run with that have no kernel yet: it asks for one when a cell is run. VS Code would ask by itself, but does
 * not run the cell when the kernel that is chosen is one of several of an extension.
 */
export class Asking implements Disposable {
  readonly #base: Base;
  readonly #actions: AskingActions;
  readonly #notebooks = new Set<NotebookDocument>();
  readonly #placing = new Set<NotebookDocument>();
  readonly #listening: Disposable;
  /** Only while a notebook has it: it is a line of VS Code's list. */
  #controller: NotebookController | undefined;
  /** Of questions that are not answered yet, and of cells that run since. */
  readonly #runs = new Set<{ readonly notebook: NotebookDocument }>();

  constructor(base: Base, actions: AskingActions) {
    this.#base = base;
    this.#actions = actions;
    this.#listening = window.tabGroups.onDidChangeTabs(({ closed }) => {
      if (closed.length > 0) this.#tidy([...this.#notebooks].some(isInTab));
    });
  }

  dispose(): void {
    this.#listening.dispose();
    this.#controller?.dispose();
  }

  has(notebook: NotebookDocument): boolean {
    return this.#notebooks.has(notebook);
  }

  /** Whether a person is being asked: until then nothing else is to be chosen. */
  isAsking(notebook: NotebookDocument): boolean {
    return [...this.#runs].some((run) => run.notebook === notebook);
  }

  /** Selects it for a notebook in sight. */
  async place(notebook: NotebookDocument): Promise<void> {
    if (this.#placing.has(notebook)) return;
    this.#placing.add(notebook);
    this.#controller ??= this.#create();
    try {
      await selectKernel(this.#base, notebook, ASKING);
    } finally {
      this.#placing.delete(notebook);
      this.#tidy();
    }
  }

  #create(): NotebookController {
    const controller = notebooks.createNotebookController(ASKING, NOTEBOOK_TYPE, 'Select Kernel');
    controller.description = 'Asks when a cell is run';
    controller.executeHandler = (cells, notebook) => this.#run(cells, notebook);
    controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => {
      if (selected) {
        void supportLanguages(controller, notebook);
        this.#notebooks.add(notebook);
      } else if (this.#notebooks.delete(notebook) && !notebook.isClosed) this.#actions.replaced(notebook);
      this.#tidy();
    });
    return controller;
  }

  async #run(cells: readonly NotebookCell[], notebook: NotebookDocument): Promise<void> {
    const run = { notebook };
    this.#runs.add(run);
    try {
      await this.#actions.run(cells, notebook);
    } finally {
      this.#runs.delete(run);
      this.#tidy();
    }
  }

  /** VS Code takes cells from a controller that goes while they run. */
  #tidy(isUsed = this.#notebooks.size > 0): void {
    if (isUsed || this.#runs.size > 0 || this.#placing.size > 0) return;
    this.#controller?.dispose();
    this.#controller = undefined;
    this.#notebooks.clear();
  }
}
