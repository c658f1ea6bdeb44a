import { type NotebookDocument, type Tab, TabInputNotebook, window, workspace } from 'vscode';

/** The notebooks of these tabs. */
export function notebooksIn(tabs: readonly Tab[]): NotebookDocument[] {
  const uris = new Set(tabs.flatMap(uriOf));
  return workspace.notebookDocuments.filter(({ uri }) => uris.has(uri.toString()));
}

/** For a person, a notebook that is in no tab is closed. VS Code may keep its document, for as long as the window lasts. */
export function isInTab(notebook: NotebookDocument): boolean {
  return tabsOf(notebook).length > 0;
}

/** Those of all groups. */
export function tabsOf({ uri }: NotebookDocument): Tab[] {
  const tabs = window.tabGroups.all.flatMap((group) => group.tabs);
  return tabs.filter((tab) => uriOf(tab).includes(uri.toString()));
}

function uriOf({ input }: Tab): string[] {
  return input instanceof TabInputNotebook ? [input.uri.toString()] : [];
}
