import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { type NotebookDocument, workspace } from 'vscode';
import { fileOf } from '../files/interactive/association.ts';

/**
 * Where the kernel of a notebook works: in the notebook's folder, or for one that is not saved, in that of the file whose
 * lines it runs, or in the workspace.
 */
export function workingFolder(notebook: NotebookDocument): string {
  const uri = notebook.isUntitled ? (fileOf(notebook) ?? notebook.uri) : notebook.uri;
  if (uri.scheme === 'file') return dirname(uri.fsPath);
  const folder = workspace.workspaceFolders?.find((each) => each.uri.scheme === 'file');
  return folder?.uri.fsPath ?? homedir();
}
