import { NotebookCellKind, type NotebookDocument, type TextDocument } from 'vscode';

/** The code of a notebook's other cells. */
export function textsBeside(document: TextDocument, notebook: NotebookDocument): string[] {
  return notebook
    .getCells()
    .filter((cell) => cell.kind === NotebookCellKind.Code && cell.document !== document)
    .map((cell) => cell.document.getText());
}
