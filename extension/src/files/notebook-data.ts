import { NotebookCellData, NotebookCellKind, NotebookData } from 'vscode';
import { OWN, type OwnLanguage } from '../kernels/own.ts';

/** A notebook as Jupyter's files have it, with one cell to write in. @param metadata More of the notebook's own. */
export function newNotebookData(language: string, metadata: Readonly<Record<string, unknown>> = {}): NotebookData {
  const data = new NotebookData([new NotebookCellData(NotebookCellKind.Code, '', language)]);
  const kernelLanguage = language.replace(/react$/, '');
  data.metadata = { metadata: { ...kernelMetadata(kernelLanguage), ...metadata }, nbformat: 4, nbformat_minor: 5 };
  return data;
}

/** What other programs choose the kernel by. */
function kernelMetadata(language: string): Record<string, unknown> {
  if (!isOwn(language)) return { language_info: { name: language } };
  return {
    kernelspec: { name: language, display_name: OWN[language], language },
    language_info: { name: language },
  };
}

function isOwn(language: string): language is OwnLanguage {
  return Object.hasOwn(OWN, language);
}
