import { posix } from 'node:path';
import { type NotebookCell, NotebookCellKind, type NotebookDocument } from 'vscode';
import type { ExportedCell, ExportedNotebook, Picture } from './exported-notebook.ts';

/** What is exported of an open notebook: as it is now, saved or not. */
export function exportedNotebook(notebook: NotebookDocument): ExportedNotebook {
  const cells = notebook.getCells();
  return {
    title: posix.basename(notebook.uri.path).replace(/\.ipynb$/, ''),
    language: mainLanguage(cells),
    cells: cells.map(exportedCell),
  };
}

function exportedCell({ kind, document, executionSummary, outputs, metadata }: NotebookCell): ExportedCell {
  const text = document.getText().replaceAll('\r\n', '\n');
  if (kind === NotebookCellKind.Markup) return { kind: 'markdown', text, attachments: attachmentsOf(metadata) };
  // The built-in support of .ipynb shows raw cells as code of this language.
  if (document.languageId === 'raw') return { kind: 'raw', text, attachments: new Map() };
  return {
    kind: 'code',
    language: document.languageId,
    text,
    executionOrder: executionSummary?.executionOrder,
    outputs: outputs.map(({ items, metadata }) => items.map(({ mime, data }) => ({ mime, data, metadata }))),
  };
}

/** The language of most cells. */
function mainLanguage(cells: readonly NotebookCell[]): string {
  const counts = new Map<string, number>();
  for (const { kind, document } of cells) {
    const { languageId } = document;
    if (kind === NotebookCellKind.Code && languageId !== 'raw')
      counts.set(languageId, (counts.get(languageId) ?? 0) + 1);
  }
  const [[language] = ['typescript']] = [...counts].sort(([, a], [, b]) => b - a);
  return language;
}

/** Of nbformat: `{ [name]: { [mime]: base64 } }`. */
function attachmentsOf(metadata: Readonly<Record<string, unknown>>): Map<string, Picture> {
  const pictures = new Map<string, Picture>();
  const attachments: unknown = metadata.attachments;
  if (typeof attachments !== 'object' || attachments === null) return pictures;
  for (const [name, forms] of Object.entries(attachments)) {
    for (const [mime, data] of Object.entries(typeof forms === 'object' ? (forms ?? {}) : {})) {
      if (mime.startsWith('image/') && typeof data === 'string') {
        pictures.set(name, { mime, data: Buffer.from(data, 'base64') });
      }
    }
  }
  return pictures;
}
