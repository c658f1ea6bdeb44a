/** Notebooks as the API sees them. */
import {
  commands,
  type NotebookCell,
  NotebookCellData,
  NotebookCellKind,
  NotebookData,
  type NotebookDocument,
  window,
  workspace,
} from 'vscode';
import { eventually } from './runner.ts';

const EXTENSION = 'elara.elara';

/** An unsaved notebook of code cells in the editor, with one of the extension's own kernels chosen. */
export async function openNotebook(...sources: string[]): Promise<NotebookDocument> {
  const cells = sources.map((source) => new NotebookCellData(NotebookCellKind.Code, source, 'typescript'));
  const data = new NotebookData(cells);
  data.metadata = {
    metadata: { kernelspec: { name: 'typescript', display_name: 'TypeScript', language: 'typescript' } },
  };
  const notebook = await workspace.openNotebookDocument('jupyter-notebook', data);
  await window.showNotebookDocument(notebook, { preview: false });
  await selectKernel('own:typescript');
  return notebook;
}

/** Of the notebook in front. */
export async function selectKernel(id: string): Promise<void> {
  await commands.executeCommand('notebook.selectKernel', { id, extension: EXTENSION });
}

/** Asks for a run of cells, and does not wait. */
export async function run(notebook: NotebookDocument, start = 0, end = notebook.cellCount): Promise<void> {
  await commands.executeCommand('notebook.cell.execute', { ranges: [{ start, end }], document: notebook.uri });
}

/** Runs all cells; resolves when each of them has ended, or was given up. */
export async function runAll(notebook: NotebookDocument): Promise<readonly NotebookCell[]> {
  const ended = notebook.getCells().map((cell) => cell.executionSummary?.timing?.endTime);
  await run(notebook);
  await eventually('the cells to end', () =>
    notebook.getCells().some((cell, index) => {
      const { success, timing } = cell.executionSummary ?? {};
      return (
        success === false || (index === notebook.cellCount - 1 && success === true && timing?.endTime !== ended[index])
      );
    }),
  );
  return notebook.getCells();
}

/** What a cell shows, by media type; texts as texts. */
export function outputsOf(cell: NotebookCell): Record<string, string>[] {
  return cell.outputs.map(({ items }) =>
    Object.fromEntries(items.map(({ mime, data }) => [mime, new TextDecoder().decode(data)])),
  );
}

export async function close(notebook: NotebookDocument): Promise<void> {
  await window.showNotebookDocument(notebook);
  await commands.executeCommand('elara.shutDown');
  await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
