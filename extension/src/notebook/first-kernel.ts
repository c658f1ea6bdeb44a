import { type Disposable, extensions, type NotebookDocument, window, workspace } from 'vscode';
import type { Context } from '../context.ts';
import { NOTEBOOK_TYPE } from '../contributions.ts';
import { messageOf } from '../log.ts';
import { selectKernel } from '../select-kernel.ts';
import type { Asking } from './asking.ts';
import { kernelOf } from './fitting.ts';

/** What is kept of this workspace: the notebooks that have had a kernel. */
const STATE = 'elara.notebooks';

/** So many of them, the latest. */
const LIMIT = 1000;

/** It has kernels for all languages too, and chooses among all by itself. */
const OTHER = 'ms-toolsai.jupyter';

/**
 * Gives a notebook that is opened for the first time the kernel that it means, which starts when a cell is run; where there is
 * none, what asks for one then. Which one a person chooses is remembered by VS Code, and not touched.
 */
export class FirstKernels implements Disposable {
  readonly #context: Context;
  readonly #asking: Asking;
  readonly #listening: Disposable[];

  constructor(context: Context, asking: Asking) {
    this.#context = context;
    this.#asking = asking;
    const look = (): void => {
      for (const { notebook } of window.visibleNotebookEditors) this.#look(notebook);
    };
    this.#listening = [
      window.onDidChangeVisibleNotebookEditors(look),
      workspace.onDidGrantWorkspaceTrust(look),
      // A new notebook gets its metadata after it was opened.
      workspace.onDidChangeNotebookDocument(({ metadata }) => {
        if (metadata !== undefined) look();
      }),
      context.kernels.onDidChangeSources(look),
    ];
    look();
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
  }

  /** A kernel was chosen for a notebook. */
  note({ uri, isUntitled }: NotebookDocument): void {
    const key = uri.toString();
    // The next notebook without a name is another one.
    if (isUntitled || this.#noted.includes(key)) return;
    void this.#context.extension.workspaceState.update(STATE, [...this.#noted, key].slice(-LIMIT));
  }

  get #noted(): readonly string[] {
    return this.#context.extension.workspaceState.get(STATE, []);
  }

  #look(notebook: NotebookDocument): void {
    if (notebook.notebookType !== NOTEBOOK_TYPE || !workspace.isTrusted || extensions.getExtension(OTHER)) return;
    const { sessions } = this.#context;
    if (this.#noted.includes(notebook.uri.toString()) || sessions.chosen(notebook) || this.#asking.isAsking(notebook))
      return;
    this.#give(notebook).catch((error: unknown) =>
      this.#context.log.warn(`No kernel was chosen for ${notebook.uri.path}: ${messageOf(error)}`),
    );
  }

  async #give(notebook: NotebookDocument): Promise<void> {
    const source = kernelOf(this.#context.kernels.sources, notebook.metadata);
    if (source !== undefined) {
      this.note(notebook);
      await selectKernel(this.#context, notebook, source.id);
    } else if (!this.#asking.has(notebook) && !hasOtherKernels(this.#context.extension.extension.id))
      await this.#asking.place(notebook);
  }
}

/** Whether another extension may have kernels for notebooks, and VS Code is about to give a notebook the one that it had. */
function hasOtherKernels(ours: string): boolean {
  const isFor = (events: unknown): boolean => Array.isArray(events) && events.includes(`onNotebook:${NOTEBOOK_TYPE}`);
  return extensions.all.some(
    ({ id, packageJSON }) => id !== ours && !id.startsWith('vscode.') && isFor(packageJSON.activationEvents),
  );
}
