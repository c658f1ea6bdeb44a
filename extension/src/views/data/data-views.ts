import { randomBytes } from 'node:crypto';
import { env, ThemeIcon, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import type { Context } from '../../context.ts';
import { messageOf } from '../../log.ts';
import type { Session } from '../../session.ts';
import type { TableSubject } from '../variables/source.ts';
import { variableSourceOf } from '../variables/source-of.ts';
import { DataFeed } from './data-feed.ts';
import type { FromPage, SavedView, ToPage } from './messages.ts';

/** Of the panels, and of their restoration after a reload. */
const VIEW_TYPE = 'elara.data';

/** What a data view shows. */
export interface DataSubject {
  readonly name: string;
  readonly subject: TableSubject;
}

/** Tables in tabs beside the notebook: sorted, filtered, and as large as they like. */
export class DataViews {
  readonly #context: Context;
  readonly #open = new Map<string, WebviewPanel>();

  constructor(context: Context) {
    this.#context = context;
    context.extension.subscriptions.push(
      window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: async (panel, state: { readonly saved?: SavedView } | undefined) => {
          if (state?.saved === undefined) panel.dispose();
          else this.#show(panel, state.saved);
        },
      }),
      {
        dispose: () => {
          for (const panel of this.#open.values()) panel.dispose();
        },
      },
    );
  }

  open({ notebook }: Session, { name, subject }: DataSubject): void {
    const saved: SavedView = { notebook: notebook.uri.toString(), name, subject };
    const there = this.#open.get(keyOf(saved));
    if (there !== undefined) {
      there.reveal();
      return;
    }
    const column = window.visibleNotebookEditors.length > 0 ? ViewColumn.Beside : ViewColumn.Active;
    const panel = window.createWebviewPanel(VIEW_TYPE, name, { viewColumn: column, preserveFocus: false });
    this.#show(panel, saved);
  }

  #show(panel: WebviewPanel, saved: SavedView): void {
    const { extension, sessions, log } = this.#context;
    const key = keyOf(saved);
    this.#open.set(key, panel);
    const root = Uri.joinPath(extension.extensionUri, 'dist', 'webviews');
    panel.title = saved.name;
    panel.iconPath = new ThemeIcon('table');
    panel.webview.options = { enableScripts: true, localResourceRoots: [root] };

    const send = (message: ToPage): void => void panel.webview.postMessage(message);
    const feed = new DataFeed(
      () => {
        const session = sessions.all.find(({ notebook }) => notebook.uri.toString() === saved.notebook);
        return session?.kernel;
      },
      variableSourceOf,
      () => send({ type: 'changed' }),
    );
    const receive = async (message: FromPage): Promise<void> => {
      switch (message.type) {
        case 'ready':
          send({ type: 'table', name: saved.name });
          return;
        case 'copy':
          await env.clipboard.writeText(message.text);
          return;
        case 'rows': {
          const { id, query } = message;
          try {
            send({ type: 'rows', id, page: await feed.page(saved.subject as TableSubject, query) });
          } catch (error) {
            log.debug(`${saved.name}: ${messageOf(error)}`);
            send({ type: 'failed', id, message: messageOf(error) });
          }
        }
      }
    };

    const listening = [
      panel.webview.onDidReceiveMessage(receive),
      sessions.onDidChange(({ notebook }) => {
        if (notebook.uri.toString() === saved.notebook) feed.follow();
      }),
      workspace.onDidCloseNotebookDocument(({ uri }) => {
        if (uri.toString() === saved.notebook) feed.follow();
      }),
    ];
    panel.onDidDispose(() => {
      for (const each of listening) each.dispose();
      feed.dispose();
      if (this.#open.get(key) === panel) this.#open.delete(key);
    });
    panel.webview.html = page(panel, root, saved);
  }
}

function keyOf({ notebook, subject }: SavedView): string {
  return `${notebook} ${JSON.stringify(subject)}`;
}

/** The page: nothing but our own script and styles is loaded into it. */
function page({ webview }: WebviewPanel, root: Uri, saved: SavedView): string {
  const nonce = randomBytes(16).toString('base64');
  const script = webview.asWebviewUri(Uri.joinPath(root, 'data-view.js'));
  const style = webview.asWebviewUri(Uri.joinPath(root, 'data-view.css'));
  const data = JSON.stringify(saved).replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'nonce-${nonce}'; style-src ${webview.cspSource};">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>Data</title>
</head>
<body data-saved="${data}">
<script type="module" nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}
