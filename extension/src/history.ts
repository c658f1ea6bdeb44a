import {
  commands,
  type InputBox,
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  NotebookRange,
  type QuickPickItem,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Context } from './context.ts';
import { IS_RECALLING } from './contributions.ts';
import { type HistoryEntry, requestHistory } from './history-request.ts';
import { editorLanguage } from './notebook/languages.ts';
import { Recall } from './recall.ts';
import type { Session } from './session.ts';

interface HistoryItem extends QuickPickItem {
  readonly entry: HistoryEntry;
}

/** What a kernel has run: to be searched, put into a cell, and run again. */
export function registerHistory(context: Context): void {
  let recalling: { readonly box: InputBox; readonly recall: Recall } | undefined;

  context.command('elara.history', async () => {
    const session = activeSession(context);
    const entries = await requestHistory(session.kernel.connection);
    if (entries.length === 0) {
      void window.showInformationMessage(`${session.kernel.displayName} has not run anything yet.`);
      return;
    }
    const chosen = await window.showQuickPick(entries.map(itemOf), {
      title: `History of ${session.kernel.displayName}`,
      placeHolder: 'Search; Enter puts it into a new cell',
      matchOnDetail: true,
      matchOnDescription: true,
    });
    if (chosen) await insertCell(session, chosen.entry.code);
  });

  context.command('elara.runInKernel', async () => {
    const session = activeSession(context);
    const entries = await requestHistory(session.kernel.connection);
    const code = await askForCode(session, new Recall(entries.map((entry) => entry.code)));
    if (code !== undefined && code.trim() !== '') await session.run(code);
  });
  context.command('elara.recallEarlier', () => move('up'));
  context.command('elara.recallLater', () => move('down'));

  function move(direction: 'up' | 'down'): void {
    if (recalling === undefined) return;
    const { box, recall } = recalling;
    box.value = recall[direction](box.value);
    box.valueSelection = [box.value.length, box.value.length];
  }

  async function askForCode({ kernel }: Session, recall: Recall): Promise<string | undefined> {
    const box = window.createInputBox();
    box.title = `Run in ${kernel.displayName}`;
    box.prompt = 'Enter runs it in a new cell at the end; up and down recall what ran before';
    const { promise, resolve } = Promise.withResolvers<string | undefined>();
    box.onDidAccept(() => resolve(box.value));
    box.onDidHide(() => resolve(undefined));
    recalling = { box, recall };
    await commands.executeCommand('setContext', IS_RECALLING, true);
    box.show();
    try {
      return await promise;
    } finally {
      recalling = undefined;
      box.dispose();
      await commands.executeCommand('setContext', IS_RECALLING, false);
    }
  }
}

/** @throws Error if the notebook in front has no kernel */
function activeSession(context: Context): Session {
  const notebook = window.activeNotebookEditor?.notebook;
  if (notebook === undefined) throw new Error('Open a notebook first.');
  const session = context.sessions.of(notebook);
  if (session === undefined) throw new Error('The notebook has no running kernel. Run a cell to start it.');
  return session;
}

function itemOf(entry: HistoryEntry): HistoryItem {
  const [first = '', ...more] = entry.code.trim().split('\n');
  return {
    label: first,
    description: `${entry.session === 0 ? '' : `session ${entry.session}, `}[${entry.line}]`,
    ...(more.length > 0 && { detail: more.join(' ⏎ ') }),
    entry,
  };
}

/** Puts code into a new cell, below the one that is selected. */
export async function insertCell({ notebook, kernel }: Session, code: string): Promise<void> {
  const editor = window.visibleNotebookEditors.find((each) => each.notebook === notebook);
  const at = editor ? Math.min(editor.selection.end, notebook.cellCount) : notebook.cellCount;
  const edit = new WorkspaceEdit();
  const cell = new NotebookCellData(NotebookCellKind.Code, code, editorLanguage(kernel.language));
  edit.set(notebook.uri, [NotebookEdit.insertCells(at, [cell])]);
  await workspace.applyEdit(edit);
  if (editor === undefined) return;
  editor.selection = new NotebookRange(at, at + 1);
  editor.revealRange(editor.selection);
}
