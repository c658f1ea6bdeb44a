import {
  commands,
  type Disposable,
  extensions,
  type NotebookDocument,
  type NotebookEditor,
  window,
  workspace,
} from 'vscode';
import type { Context } from '../context.ts';
import { NOTEBOOK_TYPE } from '../contributions.ts';
import { messageOf } from '../log.ts';
import { notebookKernel } from './metadata.ts';

/** What is kept of this workspace: the notebooks that have had a kernel. */
const STATE = 'elara.notebooks';

/** So many of them, the latest. */
const LIMIT = 1000;

/** It has kernels for all languages too, and chooses among all by itself. */
const OTHER = 'ms-toolsai.jupyter';

/**
 * Gives a notebook that is opened for the first time the kernel that it names, where that is one of ours: it starts when a cell
 * is run. Which one a person chooses instead is remembered by VS Code, and not touched.
 */
export class FirstKernels implements Disposable {
  readonly #context: Context;
  readonly #listening: Disposable[];

  constructor(context: Context) {
    this.#context = context;
    const look = (): void => {
      for (const editor of window.visibleNotebookEditors) this.#look(editor);
    };
    this.#listening = [
      window.onDidChangeVisibleNotebookEditors(look),
      workspace.onDidGrantWorkspaceTrust(look),
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

  #look(notebookEditor: NotebookEditor): void {
    const { notebook } = notebookEditor;
    if (notebook.notebookType !== NOTEBOOK_TYPE || !workspace.isTrusted || extensions.getExtension(OTHER)) return;
    if (this.#noted.includes(notebook.uri.toString())) return;
    const { language, specName = language } = notebookKernel(notebook.metadata);
    const { kernels, extension, log } = this.#context;
    const source = kernels.sources.find((each) => each.kind === 'own' && each.language === language);
    // What names another kernel of its language, as Deno's, is asked about.
    if (source === undefined || specName !== language) return;
    this.note(notebook);
    const { id } = source;
    const wanted = { notebookEditor, id, extension: extension.extension.id, skipIfAlreadySelected: true };
    commands
      .executeCommand('notebook.selectKernel', wanted)
      .then(undefined, (error) => log.warn(`No kernel was chosen for ${notebook.uri.path}: ${messageOf(error)}`));
  }
}
