import type { NotebookCell } from 'vscode';

/** What the notebook's file calls a cell; undefined in files of before nbformat 4.5. */
export function cellIdOf({ metadata }: Pick<NotebookCell, 'metadata'>): string | undefined {
  return typeof metadata.id === 'string' ? metadata.id : undefined;
}
