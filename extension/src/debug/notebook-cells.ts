import type { DebugProtocol } from '@vscode/debugprotocol';
import { debug, NotebookCellKind, type NotebookDocument, SourceBreakpoint, Uri } from 'vscode';
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

/** The breakpoints that a person has set in a cell, and not switched off. */
export function breakpointsIn(uri: Uri): DebugProtocol.SourceBreakpoint[] {
  const key = uri.toString();
  return debug.breakpoints.flatMap((breakpoint) => {
    if (!(breakpoint instanceof SourceBreakpoint) || !breakpoint.enabled) return [];
    const { location, condition, hitCondition, logMessage } = breakpoint;
    if (location.uri.toString() !== key) return [];
    const { line, character } = location.range.start;
    return {
      line: line + 1,
      ...(character > 0 && { column: character + 1 }),
      ...(condition !== undefined && { condition }),
      ...(hitCondition !== undefined && { hitCondition }),
      ...(logMessage !== undefined && { logMessage }),
    };
  });
}
