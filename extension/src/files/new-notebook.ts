import { window, workspace } from 'vscode';
import { NOTEBOOK_TYPE } from '../contributions.ts';
import type { Sessions } from '../session.ts';
import { newNotebookData } from './notebook-data.ts';

/** Opens an untitled notebook of TypeScript, to be written in at once. */
export async function newNotebook(sessions: Sessions): Promise<void> {
  const notebook = await workspace.openNotebookDocument(NOTEBOOK_TYPE, newNotebookData('typescript'));
  await window.showNotebookDocument(notebook);
  // Without trust there is none to choose.
  if (workspace.isTrusted) await sessions.choose(notebook);
}
