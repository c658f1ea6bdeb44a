import { type NotebookDocument, type Uri, window, workspace } from 'vscode';
import type { Kernels } from '../kernels/kernels.ts';
import { detailsOf } from '../log.ts';
import type { Base } from '../make-context.ts';
import { selectKernel } from '../select-kernel.ts';
import type { RememberedSessions } from './remembered.ts';
import type { Choice, NotebookSessions } from './sessions.ts';
import { movedUri, notebookAt, savedAs, successorOf } from './successor.ts';
import { isInTab, notebooksIn } from './tabs.ts';

/** Keeps a kernel with its notebook: when that gets another name, and when it is closed and opened again. */
export function registerHandover(
  base: Base,
  kernels: Kernels,
  remembered: RememberedSessions,
  sessions: NotebookSessions,
): void {
  const { extension, log } = base;

  /** @param successor The document that takes its place, if one does */
  function closed(notebook: NotebookDocument, successor: () => Promise<NotebookDocument | undefined>): void {
    const choice = sessions.choice(notebook);
    // The kernel goes on: the notebook finds it again when it is opened.
    const session = sessions.part(notebook);
    sessions.forgetChoice(notebook);
    // Nothing leads to a new one again that was not saved.
    const isOrphan = notebook.isUntitled && session?.hasOwnKernel === true;
    const from = notebook.isUntitled ? remembered.setAside(notebook.uri) : notebook.uri;
    if (choice !== undefined) void handOver(from, successor(), choice, isOrphan);
  }

  /** Another document may have taken its place: it was saved under another name. Else it is closed. */
  async function left(notebook: NotebookDocument): Promise<void> {
    if (notebook.isUntitled) return;
    const successor = await savedAs(notebook);
    if (isInTab(notebook)) return;
    const choice = sessions.choice(notebook);
    const session = sessions.part(notebook);
    if (successor === undefined || session === undefined || choice === undefined) return;
    await handOver(notebook.uri, Promise.resolve(successor), choice);
  }

  /** A file or folder was renamed: VS Code makes new documents, and may keep the old ones for a while. */
  function renamed(from: Uri, to: Uri): void {
    for (const notebook of sessions.notebooks) {
      const uri = movedUri(notebook.uri, from, to);
      if (uri === undefined) continue;
      closed(notebook, () => notebookAt(uri));
      remembered.move(notebook.uri, uri);
    }
  }

  /**
   * A notebook that has another name now keeps its kernel.
   * @param from What it is remembered by.
   * @param isOrphan Without another name the kernel is nobody's.
   */
  async function handOver(
    from: Uri,
    successor: Promise<NotebookDocument | undefined>,
    choice: Choice,
    isOrphan = false,
  ): Promise<void> {
    try {
      const notebook = await successor;
      if (notebook !== undefined) await giveTo(from, notebook, choice);
      else if (isOrphan) await shutDown(from);
    } catch (error) {
      log.warn(`The kernel of ${from.path} was not handed over: ${detailsOf(error)}`);
    }
  }

  async function giveTo(from: Uri, notebook: NotebookDocument, { controller }: Choice): Promise<void> {
    if (sessions.of(notebook) || sessions.isStarting(notebook)) return;
    remembered.move(from, notebook.uri);
    const choice = sessions.choice(notebook);
    if (choice?.controller === controller) {
      sessions.selected(notebook, choice.source, choice.controller);
      return;
    }
    await selectKernel(base, notebook, controller.id);
  }

  /** Ends the kernel of a notebook that is gone, unless somebody else uses it. */
  async function shutDown(from: Uri): Promise<void> {
    const id = remembered.kernelOf(from);
    remembered.forget(from);
    const kernel = id === undefined ? undefined : await kernels.reattach(id);
    try {
      if ((await kernel?.isShared()) === false) await kernel?.shutdown();
    } finally {
      kernel?.dispose();
    }
  }

  extension.subscriptions.push(
    workspace.onDidCloseNotebookDocument((notebook) => closed(notebook, () => successorOf(notebook))),
    window.tabGroups.onDidChangeTabs(({ opened, closed: gone }) => {
      for (const notebook of notebooksIn(opened)) sessions.reopened(notebook);
      for (const notebook of notebooksIn(gone)) void left(notebook);
    }),
    workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) renamed(oldUri, newUri);
    }),
  );
}
