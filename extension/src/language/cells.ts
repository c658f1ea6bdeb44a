import { type NotebookCell, NotebookCellKind, type NotebookDocument, type TextDocument } from 'vscode';

/** The other cells of code of a notebook. */
export function cellsBeside(document: TextDocument, notebook: NotebookDocument): readonly NotebookCell[] {
  return notebook.getCells().filter((cell) => cell.kind === NotebookCellKind.Code && cell.document !== document);
}
