import {
  commands,
  NotebookCellData,
  NotebookCellKind,
  type NotebookDocument,
  NotebookEdit,
  NotebookEditorRevealType,
  NotebookRange,
  type TextDocument,
  ViewColumn,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Context } from '../../context.ts';
import { NOTEBOOK_TYPE } from '../../contributions.ts';
import { detailsOf, type Log } from '../../log.ts';
import { tabsOf } from '../../notebook/tabs.ts';
import type { Sessions } from '../../session.ts';
import { newNotebookData } from '../notebook-data.ts';
import { interactiveNotebookOf, metadataFor } from './association.ts';

/** Notebooks in which lines of files run. The last cell is there to write in; what is run comes before it. */
export class InteractiveNotebooks {
  readonly #sessions: Sessions;
  readonly #log: Log;
  /** One insertion after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ sessions, log }: Context) {
    this.#sessions = sessions;
    this.#log = log;
  }

  /** The notebook of a file, in sight beside it. */
  async show(document: TextDocument): Promise<NotebookDocument> {
    const there = interactiveNotebookOf(document);
    const notebook =
      there ??
      (await workspace.openNotebookDocument(
        NOTEBOOK_TYPE,
        newNotebookData(document.languageId, metadataFor(document.uri)),
      ));
    if (window.visibleNotebookEditors.some((editor) => editor.notebook === notebook)) return notebook;
    const shown = await window.showNotebookDocument(notebook, { viewColumn: ViewColumn.Beside, preserveFocus: true });
    // A new notebook that is not in sight within 100 ms is opened by VS Code too, behind the file.
    if (there === undefined) {
      await window.tabGroups.close(tabsOf(notebook).filter(({ group }) => group.viewColumn !== shown.viewColumn));
    }
    return notebook;
  }

  /** Runs code of a file in its notebook; resolves when it is on its way. */
  run(document: TextDocument, code: string): Promise<void> {
    const turn = this.#turn.then(async () => {
      const notebook = await this.show(document);
      await this.#sessions.ensure(notebook);
      const index = inputIndex(notebook);
      const edit = new WorkspaceEdit();
      const cell = new NotebookCellData(NotebookCellKind.Code, code, document.languageId);
      edit.set(notebook.uri, [NotebookEdit.insertCells(index, [cell])]);
      await workspace.applyEdit(edit);
      reveal(notebook);
      const ranges = [{ start: index, end: index + 1 }];
      // It ends when the cell is done: not waited for.
      commands
        .executeCommand('notebook.cell.execute', { ranges, document: notebook.uri })
        .then(undefined, (error: unknown) => this.#log.error(`A cell could not be run: ${detailsOf(error)}`));
    });
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}

/** Where the empty cell at the end is, or where it would be. */
function inputIndex(notebook: NotebookDocument): number {
  const last = notebook.cellCount - 1;
  if (last < 0) return 0;
  const { kind, document } = notebook.cellAt(last);
  return kind === NotebookCellKind.Code && document.getText().trim() === '' ? last : last + 1;
}

function reveal(notebook: NotebookDocument): void {
  const last = new NotebookRange(notebook.cellCount - 1, notebook.cellCount);
  for (const editor of window.visibleNotebookEditors) {
    if (editor.notebook === notebook) editor.revealRange(last, NotebookEditorRevealType.Default);
  }
}
