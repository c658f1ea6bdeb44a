import { type NotebookCell, NotebookCellKind, type NotebookDocument } from 'vscode';
import { editorLanguage, isToTranslate } from './languages.ts';
import { notebookKernel } from './metadata.ts';

/**
 * The cells that a kernel is to run and cannot as they are: those in the language that the notebook had up to now. Cells
 * that were given another one, by a person or by what they are (raw ones), keep it.
 * @param chosen Language of the kernel that was chosen before, of which the notebook itself says nothing until it has run
 */
export function cellsToTranslate(
  notebook: NotebookDocument,
  kernelLanguage: string,
  chosen: string | undefined,
): NotebookCell[] {
  const cells = codeCells(notebook);
  const { language } = notebookKernel(notebook.metadata);
  const known = [language, chosen].flatMap((each) => (each ? [editorLanguage(each)] : []));
  const [first] = cells;
  const before = known.length === 0 && first !== undefined ? [first.document.languageId] : known;
  return cells.filter(({ document: { languageId } }) => isToTranslate(languageId, before, kernelLanguage));
}

/** The cells of a notebook that was empty: VS Code knows no language for the first one. */
export function cellsWithoutLanguage(notebook: NotebookDocument): NotebookCell[] {
  const cells = codeCells(notebook);
  return cells.every(({ document }) => document.languageId === 'plaintext') ? cells : [];
}

/** Raw cells are none. */
export function codeCells(notebook: NotebookDocument): NotebookCell[] {
  return notebook.getCells().filter(({ kind, document }) => {
    return kind === NotebookCellKind.Code && document.languageId !== 'raw';
  });
}
