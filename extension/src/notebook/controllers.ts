import {
  type Disposable,
  type NotebookCell,
  type NotebookController,
  NotebookControllerAffinity,
  type NotebookDocument,
  notebooks,
  workspace,
} from 'vscode';
import type { Context } from '../context.ts';
import { NOTEBOOK_TYPE } from '../contributions.ts';
import type { KernelSource } from '../kernels/kernel.ts';
import { fits } from './fitting.ts';
import { supportLanguages } from './supported-languages.ts';

/** What is done with the kernels that a person chooses. */
export interface ControllerActions {
  run(cells: readonly NotebookCell[], notebook: NotebookDocument, controller: NotebookController): Promise<void>;
  interrupt(notebook: NotebookDocument): Promise<void>;
  /** @param source Undefined: the notebook has no kernel of ours any more. */
  selected(notebook: NotebookDocument, source: KernelSource, controller: NotebookController): void;
  deselected(notebook: NotebookDocument, controller: NotebookController): void;
  /** True while a notebook runs by this controller: it stays then. */
  isUsed(controller: NotebookController): boolean;
}

interface Entry {
  source: KernelSource;
  readonly controller: NotebookController;
}

/** The lines of VS Code's kernel picker: one controller for each source of kernels. */
export class Controllers implements Disposable {
  readonly #context: Context;
  readonly #actions: ControllerActions;
  readonly #entries = new Map<string, Entry>();
  readonly #listening: Disposable[];

  constructor(context: Context, actions: ControllerActions) {
    this.#context = context;
    this.#actions = actions;
    this.#listening = [
      context.kernels.onDidChangeSources(() => this.update()),
      workspace.onDidOpenNotebookDocument((notebook) => this.#rank(notebook)),
      // A new notebook gets its metadata after it was opened.
      workspace.onDidChangeNotebookDocument(({ notebook, metadata }) => {
        if (metadata !== undefined) this.#rank(notebook);
      }),
      workspace.onDidGrantWorkspaceTrust(() => this.update()),
    ];
    this.update();
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
    for (const { controller } of this.#entries.values()) controller.dispose();
  }

  /** Makes the lines those of the sources that there are now. */
  update(): void {
    const { sources } = this.#context.kernels;
    const ids = new Set(sources.map(({ id }) => id));
    for (const source of sources) {
      const entry = this.#entries.get(source.id);
      if (entry === undefined) this.#add(source);
      else this.#change(entry, source);
    }
    for (const [id, { controller }] of this.#entries) {
      if (ids.has(id) || this.#actions.isUsed(controller)) continue;
      controller.dispose();
      this.#entries.delete(id);
    }
  }

  #add(source: KernelSource): void {
    const controller = notebooks.createNotebookController(source.id, NOTEBOOK_TYPE, source.label);
    const entry: Entry = { source, controller };
    controller.supportsExecutionOrder = true;
    controller.executeHandler = (cells, notebook) => this.#actions.run(cells, notebook, controller);
    controller.interruptHandler = (notebook) => this.#actions.interrupt(notebook);
    controller.onDidChangeSelectedNotebooks(({ notebook, selected }) => {
      if (selected) {
        void supportLanguages(controller, notebook);
        this.#actions.selected(notebook, entry.source, controller);
      } else this.#actions.deselected(notebook, controller);
    });
    this.#change(entry, source);
    this.#entries.set(source.id, entry);
    for (const notebook of workspace.notebookDocuments) this.#rankFor(entry, notebook);
  }

  #change(entry: Entry, source: KernelSource): void {
    entry.source = source;
    entry.controller.label = source.label;
    entry.controller.description = source.description;
    entry.controller.detail = workspace.isTrusted ? source.detail : 'Starts when you trust this workspace';
  }

  #rank(notebook: NotebookDocument): void {
    for (const entry of this.#entries.values()) this.#rankFor(entry, notebook);
  }

  #rankFor({ source, controller }: Entry, notebook: NotebookDocument): void {
    if (notebook.notebookType !== NOTEBOOK_TYPE) return;
    const { Preferred, Default } = NotebookControllerAffinity;
    controller.updateNotebookAffinity(notebook, fits(source, notebook.metadata) ? Preferred : Default);
  }
}
