import { languages, type NotebookController, type NotebookDocument } from 'vscode';
import { codeCells } from './cell-languages.ts';

/**
 * Has VS Code run the cells of a notebook in languages that it knows nothing of, or by another name than Jupyter (`scheme`,
 * `bash`): without a word, it leaves out the cells that a controller does not support.
 */
export async function supportLanguages(controller: NotebookController, notebook: NotebookDocument): Promise<void> {
  const known = controller.supportedLanguages ?? (await languages.getLanguages());
  const written = new Set(codeCells(notebook).map(({ document }) => document.languageId));
  const unknown = [...written].filter((language) => !known.includes(language));
  if (unknown.length > 0) controller.supportedLanguages = [...known, ...unknown];
}
