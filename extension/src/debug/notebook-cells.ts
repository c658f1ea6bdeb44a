import { NotebookCellKind, type NotebookDocument, Uri } from 'vscode';
import type { Cell, Cells } from './debug-kernel.ts';

const CELL_SCHEME = 'vscode-notebook-cell';

/** The cells of a notebook as the debugger knows them. */
export class NotebookCells implements Cells {
  readonly #notebook: NotebookDocument;

  constructor(notebook: NotebookDocument) {
    this.#notebook = notebook;
  }

  all(): readonly Cell[] {
    return this.#notebook.getCells().flatMap(({ kind, document, index, executionSummary }) =>
      kind === NotebookCellKind.Code
        ? {
            uri: document.uri.toString(),
            name: `Cell ${index + 1}`,
            code: document.getText(),
            order: executionSummary?.executionOrder,
          }
        : [],
    );
  }

  isCell(uri: string): boolean {
    return uri.startsWith(`${CELL_SCHEME}:`) || Uri.parse(uri).scheme === CELL_SCHEME;
  }
}
