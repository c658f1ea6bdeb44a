import {
  commands,
  type InputBox,
  NotebookCellData,
  NotebookCellKind,
  NotebookEdit,
  NotebookRange,
  ProgressLocation,
  WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import type { Context } from './context.ts';
import { IS_RECALLING } from './contributions.ts';
import { frontEditor } from './front-editor.ts';
import { historyItem } from './history-item.ts';
import { type HistoryEntry, requestHistoryOnce } from './history-request.ts';
import { messageOf } from './log.ts';
import { saysBusy, TELL_AFTER_MS, waitFor } from './long-wait.ts';
import { editorLanguage } from './notebook/languages.ts';
import { Recall } from './recall.ts';
import type { Session } from './session.ts';

/** What a kernel has run: to be searched, put into a cell, and run again. */
export function registerHistory(context: Context): void {
  let recalling: { readonly box: InputBox; readonly recall: Recall } | undefined;

  context.command('elara.history', async () => {
    const session = activeSession(context);
    const entries = await historyOf(session);
    if (entries === undefined) return;
    if (entries.length === 0) {
      void window.showInformationMessage(`${session.kernel.displayName} has not run anything yet.`);
      return;
    }
    const chosen = await window.showQuickPick(entries.map(historyItem), {
      title: `History of ${session.kernel.displayName}`,
      placeHolder: 'Search; Enter puts it into a new cell',
      matchOnDetail: true,
      matchOnDescription: true,
    });
    if (chosen) await insertCell(session, chosen.entry.code);
  });

  context.command('elara.runInKernel', async () => {
    const session = activeSession(context);
    const code = await askForCode(session);
    if (code !== undefined && code.trim() !== '') await session.run(code);
  });
  context.command('elara.recallEarlier', () => move('up'));
  context.command('elara.recallLater', () => move('down'));

  function move(direction: 'up' | 'down'): void {
    if (recalling === undefined) return;
    const { box, recall } = recalling;
    show(box, recall[direction](box.value));
  }

  function show(box: InputBox, text: string): void {
    if (text === box.value) return;
    box.value = text;
    box.valueSelection = [text.length, text.length];
  }

  async function askForCode({ kernel, pending }: Session): Promise<string | undefined> {
    const { connection, displayName } = kernel;
    const box = window.createInputBox();
    const recall = new Recall();
    box.title = `Run in ${displayName}`;
    const isBusy = pending.length > 0 || connection.status === 'busy';
    box.prompt = `${isBusy ? `${displayName} is busy. ` : ''}Enter runs it in a new cell at the end; up and down recall what ran before`;
    // The box does not wait for it: a busy kernel may tell it only when it has time.
    box.busy = true;
    requestHistoryOnce(connection)
      .then((entries) => {
        const text = recall.take(
          entries.map(({ code }) => code),
          box.value,
        );
        if (recalling?.box === box) show(box, text);
      })
      .catch((error: unknown) => context.log.debug(`There is nothing to recall: ${messageOf(error)}`))
      .finally(() => {
        if (recalling?.box === box) box.busy = false;
      });
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
  const notebook = frontEditor()?.notebook;
  if (notebook === undefined) throw new Error('Open a notebook first.');
  const session = context.sessions.of(notebook);
  if (session === undefined) throw new Error('The notebook has no running kernel. Run a cell to start it.');
  return session;
}

/** What the kernel has run; undefined: the person does not want to wait for it. */
function historyOf({ kernel }: Session): Promise<HistoryEntry[] | undefined> {
  const title = saysBusy(kernel.displayName, 'what it has run');
  return waitFor(requestHistoryOnce(kernel.connection), {
    tellAfterMs: TELL_AFTER_MS,
    tell: (ended) =>
      window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, (_, token) => {
        const { promise: cancelled, resolve } = Promise.withResolvers<void>();
        token.onCancellationRequested(() => resolve());
        return Promise.race([ended, cancelled]);
      }),
  });
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
