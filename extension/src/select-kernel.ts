import { commands, type NotebookDocument, window } from 'vscode';
import type { Base } from './make-context.ts';

/**
 * Selects one of our controllers for a notebook that is in sight, as a person does in VS Code's list: whatever it has had takes
 * its leave (VS Code knows `skipIfAlreadySelected`, but not for an editor that is named).
 */
export async function selectKernel(
  { extension }: Pick<Base, 'extension'>,
  notebook: NotebookDocument,
  id: string,
): Promise<void> {
  const notebookEditor = window.visibleNotebookEditors.find((editor) => editor.notebook === notebook);
  await commands.executeCommand('notebook.selectKernel', { notebookEditor, id, extension: extension.extension.id });
}
