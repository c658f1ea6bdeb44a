import { homedir } from 'node:os';
import { dirname } from 'node:path';
import { type NotebookDocument, workspace } from 'vscode';

/** Where the kernel of a notebook works: in the notebook's folder, or for one that is not saved, in the workspace. */
export function workingFolder({ uri }: NotebookDocument): string {
  if (uri.scheme === 'file') return dirname(uri.fsPath);
  const folder = workspace.workspaceFolders?.find((each) => each.uri.scheme === 'file');
  return folder?.uri.fsPath ?? homedir();
}
