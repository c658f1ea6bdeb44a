import { commands, window, workspace } from 'vscode';
import type { Context } from '../context.ts';
import { HAS_INTERACTIVE } from '../contributions.ts';
import { exportNotebook } from './export/export-notebook.ts';
import { interactiveNotebookOf, isCell } from './interactive/association.ts';
import { InteractiveNotebooks } from './interactive/interactive.ts';
import { newNotebook } from './new-notebook.ts';
import { runSelection } from './selection/run-selection.ts';

/** New notebooks, exports, and the running of lines of files. */
export function registerFiles(context: Context): void {
  const interactive = new InteractiveNotebooks(context);
  context.command('elara.newNotebook', () => newNotebook(context.sessions));
  context.command('elara.export', exportNotebook);
  context.command('elara.runSelection', () => runSelection(interactive));
  context.command('elara.openInteractive', async () => {
    const document = window.activeTextEditor?.document;
    if (document === undefined || isCell(document)) await newNotebook(context.sessions);
    else await interactive.show(document);
  });

  // Shift+Enter is ours only in files whose lines were run before.
  const tellEditor = (): void => {
    const document = window.activeTextEditor?.document;
    const has = document !== undefined && interactiveNotebookOf(document) !== undefined;
    void commands.executeCommand('setContext', HAS_INTERACTIVE, has);
  };
  context.extension.subscriptions.push(
    window.onDidChangeActiveTextEditor(tellEditor),
    workspace.onDidOpenNotebookDocument(tellEditor),
    // A new notebook gets its metadata after it was opened.
    workspace.onDidChangeNotebookDocument(({ metadata }) => {
      if (metadata !== undefined) tellEditor();
    }),
    workspace.onDidCloseNotebookDocument(tellEditor),
  );
  tellEditor();
}
