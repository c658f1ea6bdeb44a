import { commands, type NotebookDocument, window } from 'vscode';
import type { Base } from './make-context.ts';

export interface SelectOptions {
  /** Default: false */
  readonly skipIfAlreadySelected?: boolean;
}

/** Selects one of our controllers for a notebook that is in sight, as a person does in VS Code's list. */
export async function selectKernel(
  { extension }: Pick<Base, 'extension'>,
  notebook: NotebookDocument,
  id: string,
  { skipIfAlreadySelected = false }: SelectOptions = {},
): Promise<void> {
  const notebookEditor = window.visibleNotebookEditors.find((editor) => editor.notebook === notebook);
  const { id: ours } = extension.extension;
  await commands.executeCommand('notebook.selectKernel', {
    notebookEditor,
    id,
    extension: ours,
    // VS Code looks whether it is there, not what it says.
    ...(skipIfAlreadySelected && { skipIfAlreadySelected }),
  });
}
