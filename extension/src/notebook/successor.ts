import { type NotebookDocument, type Uri, workspace } from 'vscode';
import { cellIdOf } from './cell-id.ts';

/** How long the new document of a notebook that was renamed may take to be opened, in milliseconds. */
const LONGEST_MS = 5000;

/** How old the file may be that a notebook was saved in under another name, in milliseconds. */
const NEW_MS = 5000;

/**
 * The document that stands in the place of one that was closed: of a notebook that was saved for the first time or under
 * another name VS Code makes a new one. Undefined: it was just closed.
 */
export async function successorOf(closed: NotebookDocument): Promise<NotebookDocument | undefined> {
  if (!closed.isUntitled && (await modified(closed)) !== undefined) return await savedAs(closed);
  return await whenOpened(sameAs(closed));
}

/** The document of a notebook that was saved under another name: its file was just written, and it is open already. */
export async function savedAs(left: NotebookDocument): Promise<NotebookDocument | undefined> {
  const since = Date.now() - NEW_MS;
  for (const notebook of workspace.notebookDocuments.filter(sameAs(left))) {
    if (((await modified(notebook)) ?? 0) > since) return notebook;
  }
  return undefined;
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

/** When its file was written, in ms since 1970. Undefined: there is none. */
async function modified({ uri }: NotebookDocument): Promise<number | undefined> {
  try {
    return (await workspace.fs.stat(uri)).mtime;
  } catch {
    return undefined;
  }
}

/** Tells another document that has the same cells. */
function sameAs(other: NotebookDocument): (notebook: NotebookDocument) => boolean {
  const cells = cellsOf(other);
  return (notebook) =>
    notebook !== other && notebook.notebookType === other.notebookType && cellsOf(notebook) === cells;
}

/** What the cells are known by: of a notebook that is closed, their texts cannot be had any more. */
function cellsOf(notebook: NotebookDocument): string {
  return JSON.stringify(notebook.getCells().map((cell) => [cell.kind, cellIdOf(cell)]));
}
