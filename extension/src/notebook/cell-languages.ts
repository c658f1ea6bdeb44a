import { type NotebookCell, NotebookCellKind, type NotebookDocument } from 'vscode';
import { editorLanguage, runs } from './languages.ts';
import { notebookKernel } from './metadata.ts';

/**
 * The cells that a kernel is to run and cannot as they are: those in the language that the notebook had up to now. Cells
 * that were given another one, by a person or by what they are (raw ones), keep it.
 */
export function cellsToTranslate(notebook: NotebookDocument, kernelLanguage: string): NotebookCell[] {
  if (kernelLanguage === '') return [];
  const cells = notebook.getCells().filter(({ kind, document }) => {
    return kind === NotebookCellKind.Code && document.languageId !== 'raw';
  });
  const { language } = notebookKernel(notebook.metadata);
  const before = language === undefined ? cells[0]?.document.languageId : editorLanguage(language);
  return cells.filter(({ document: { languageId } }) => languageId === before && !runs(kernelLanguage, languageId));
}
