import { type NotebookDocument, type TextDocument, type Uri, workspace } from 'vscode';

/** In the metadata of a notebook: the file whose lines run in it. */
const KEY = 'elara';

/** Metadata of the interactive notebook of a file. */
export function metadataFor(file: Uri): Record<string, unknown> {
  return { [KEY]: { runs: workspace.asRelativePath(file, true) } };
}

/** The open notebook in which the lines of this file run. */
export function interactiveNotebookOf({ uri }: TextDocument): NotebookDocument | undefined {
  const path = workspace.asRelativePath(uri, true);
  return workspace.notebookDocuments.find((notebook) => !notebook.isClosed && fileOf(notebook) === path);
}

/** The file whose lines run in the notebook, as the workspace names it. */
export function fileOf({ metadata }: NotebookDocument): string | undefined {
  const own: unknown = metadata.metadata?.[KEY];
  if (typeof own !== 'object' || own === null || !('runs' in own)) return undefined;
  return typeof own.runs === 'string' ? own.runs : undefined;
}

export function isCell({ uri }: TextDocument): boolean {
  return uri.scheme === 'vscode-notebook-cell';
}
