import {
  type NotebookCell,
  NotebookCellData,
  NotebookCellKind,
  type NotebookDocument,
  NotebookEdit,
  Range,
  WorkspaceEdit,
  workspace,
} from 'vscode';

/** Adds a code cell. Undefined: the notebook cannot be changed. */
export async function addCell(
  notebook: NotebookDocument,
  code: string,
  language: string,
  at = notebook.cellCount,
): Promise<NotebookCell | undefined> {
  const edit = new WorkspaceEdit();
  const data = new NotebookCellData(NotebookCellKind.Code, code, language);
  edit.set(notebook.uri, [NotebookEdit.insertCells(at, [data])]);
  return (await workspace.applyEdit(edit)) ? notebook.cellAt(at) : undefined;
}

/** Writes something else into a cell. */
export async function replaceText({ document }: NotebookCell, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  const end = document.lineAt(document.lineCount - 1).range.end;
  edit.replace(document.uri, new Range(document.positionAt(0), end), text);
  await workspace.applyEdit(edit);
}
