import { type NotebookDocument, type Uri, workspace } from 'vscode';
import { cellIdOf } from './cell-id.ts';

/** How long the new document of a notebook that was renamed may take to be opened, in milliseconds. */
const LONGEST_MS = 5000;

/**
 * The document that stands in the place of one that was closed: of a notebook that was saved for the first time or under
 * another name VS Code makes a new one. Undefined: it was just closed.
 */
export async function successorOf(closed: NotebookDocument): Promise<NotebookDocument | undefined> {
  if (!closed.isUntitled && (await exists(closed))) return undefined;
  const cells = cellsOf(closed);
  const isSuccessor = (notebook: NotebookDocument): boolean =>
    notebook !== closed && notebook.notebookType === closed.notebookType && cellsOf(notebook) === cells;
  return await whenOpened(isSuccessor);
}

/** The document of this file, once it is opened. Undefined: it is not, at least not soon. */
export async function notebookAt(uri: Uri): Promise<NotebookDocument | undefined> {
  return await whenOpened((notebook) => notebook.uri.toString() === uri.toString());
}

/** What a file is called after it, or a folder around it, was renamed. Undefined: it is another one. */
export function movedUri(uri: Uri, from: Uri, to: Uri): Uri | undefined {
  if (uri.scheme !== from.scheme || uri.authority !== from.authority) return undefined;
  if (uri.path === from.path) return to;
  return uri.path.startsWith(`${from.path}/`)
    ? to.with({ path: `${to.path}${uri.path.slice(from.path.length)}` })
    : undefined;
}

async function whenOpened(isIt: (notebook: NotebookDocument) => boolean): Promise<NotebookDocument | undefined> {
  const there = workspace.notebookDocuments.find(isIt);
  if (there !== undefined) return there;
  const { promise, resolve } = Promise.withResolvers<NotebookDocument | undefined>();
  const timer = setTimeout(resolve, LONGEST_MS, undefined);
  const listening = workspace.onDidOpenNotebookDocument((notebook) => {
    if (isIt(notebook)) resolve(notebook);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    listening.dispose();
  }
}

async function exists({ uri }: NotebookDocument): Promise<boolean> {
  try {
    await workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** What the cells are known by: of a notebook that is closed, their texts cannot be had any more. */
function cellsOf(notebook: NotebookDocument): string {
  return JSON.stringify(notebook.getCells().map((cell) => [cell.kind, cellIdOf(cell)]));
}
