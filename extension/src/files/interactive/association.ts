import { type NotebookDocument, type TextDocument, type Uri, workspace } from 'vscode';

/** In the metadata of a notebook: the file whose lines run in it. */
const KEY = 'elara';

/** Metadata of the interactive notebook of a file. */
export function metadataFor(file: Uri): Record<string, unknown> {
  return { [KEY]: { runs: workspace.asRelativePath(file, true) } };
}

/** The open notebook in which the lines of this file run. */
export function interactiveNotebookOf(document: TextDocument): NotebookDocument | undefined {
  const path = workspace.asRelativePath(document.uri, true);
  return workspace.notebookDocuments.find((notebook) => !notebook.isClosed && pathOf(notebook) === path);
}

/** The file whose lines run in the notebook, if it is open. */
export function fileOf(notebook: NotebookDocument): Uri | undefined {
  const path = pathOf(notebook);
  if (path === undefined) return undefined;
  return workspace.textDocuments.find(({ uri }) => workspace.asRelativePath(uri, true) === path)?.uri;
}

export function isCell({ uri }: TextDocument): boolean {
  return uri.scheme === 'vscode-notebook-cell';
}

/** As the workspace names it: absolute only for a file outside of it. */
function pathOf({ metadata }: NotebookDocument): string | undefined {
  const own: unknown = metadata.metadata?.[KEY];
  if (typeof own !== 'object' || own === null || !('runs' in own)) return undefined;
  return typeof own.runs === 'string' ? own.runs : undefined;
}
