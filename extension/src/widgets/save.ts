import { type NotebookDocument, NotebookEdit, WorkspaceEdit, workspace } from 'vscode';
import type { Context } from '../context.ts';
import { isRecord, type StoredModel } from './model-store.ts';
import { withSaved } from './saved.ts';

const VIEW = 'application/vnd.jupyter.widget-view+json';

/** Saves the state of widgets with their notebook, where that is set. */
export function registerSaving(
  context: Context,
  storedOf: (notebook: NotebookDocument) => readonly StoredModel[],
): void {
  context.extension.subscriptions.push(
    workspace.onWillSaveNotebookDocument((event) => {
      const { notebook } = event;
      if (!context.setting('elara.saveWidgets', notebook.uri)) return;
      const metadata = withSaved(notebook.metadata, shownIn(notebook), storedOf(notebook));
      if (metadata === undefined) return;
      const edit = new WorkspaceEdit();
      edit.set(notebook.uri, [NotebookEdit.updateNotebookMetadata(metadata)]);
      event.waitUntil(Promise.resolve(edit));
    }),
  );
}

/** The ids of the models that a notebook's outputs show. */
function shownIn(notebook: NotebookDocument): string[] {
  const items = notebook.getCells().flatMap(({ outputs }) => outputs.flatMap((output) => output.items));
  return items.flatMap(({ mime, data }) => {
    if (mime !== VIEW) return [];
    const view: unknown = JSON.parse(Buffer.from(data).toString('utf8'));
    return isRecord(view) && typeof view.model_id === 'string' ? [view.model_id] : [];
  });
}
