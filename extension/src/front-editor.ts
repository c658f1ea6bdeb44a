import { type NotebookEditor, TabInputNotebook, window } from 'vscode';

/**
 * The notebook editor in front. VS Code tells an extension host only when another one comes to the front: one that is started
 * anew, as after the update of an extension, finds the one that is there already by its tab.
 */
export function frontEditor(): NotebookEditor | undefined {
  if (window.activeNotebookEditor !== undefined) return window.activeNotebookEditor;
  const { activeTab, viewColumn } = window.tabGroups.activeTabGroup;
  if (!(activeTab?.input instanceof TabInputNotebook)) return undefined;
  const uri = activeTab.input.uri.toString();
  return window.visibleNotebookEditors.find(
    (editor) => editor.viewColumn === viewColumn && editor.notebook.uri.toString() === uri,
  );
}
