import { posix } from 'node:path';
import {
  commands,
  env,
  type NotebookDocument,
  ProgressLocation,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { frontEditor } from '../../front-editor.ts';
import { escapeHtml } from './ansi.ts';
import type { ExportedNotebook } from './exported-notebook.ts';
import { exportedNotebook } from './from-notebook.ts';
import { toHtml } from './html.ts';
import { languageOf } from './languages.ts';
import { toMarkdown } from './markdown.ts';
import { toScript } from './script.ts';

type Format = 'script' | 'markdown' | 'html';

/** Asks for a format and a file, writes it, and offers to open it. @param chosen The format, if it is known. */
export async function exportNotebook(chosen: unknown): Promise<void> {
  const editor = frontEditor();
  if (editor === undefined) throw new Error('Open a notebook to export it.');
  const { notebook } = editor;
  const exported = exportedNotebook(notebook);
  const format = isFormat(chosen) ? chosen : await pickFormat(exported);
  if (format === undefined) return;
  const file = await pickFile(notebook, exported, format);
  if (file === undefined) return;
  await window.withProgress(
    { location: ProgressLocation.Notification, title: `Exporting ${posix.basename(file.path)}` },
    async (progress) => {
      const increment = 100 / Math.max(1, exported.cells.length);
      await write(exported, format, file, () => progress.report({ increment }));
    },
  );
  const open = 'Open';
  if ((await window.showInformationMessage(`${posix.basename(file.path)} was written.`, open)) === open)
    await show(file, format);
}

async function pickFormat({ language }: ExportedNotebook): Promise<Format | undefined> {
  const { extension } = languageOf(language);
  const formats: { format: Format; label: string; description: string; detail: string }[] = [
    {
      format: 'script',
      label: '$(file-code) Script',
      description: `.${extension}`,
      detail: 'The code; texts are comments',
    },
    {
      format: 'markdown',
      label: '$(markdown) Markdown',
      description: '.md',
      detail: 'With outputs; pictures in a folder beside it',
    },
    {
      format: 'html',
      label: '$(globe) Page',
      description: '.html',
      detail: 'With outputs, all in one file, light and dark',
    },
  ];
  const picked = await window.showQuickPick(formats, {
    placeHolder: 'Export the notebook as',
    matchOnDescription: true,
  });
  return picked?.format;
}

function isFormat(value: unknown): value is Format {
  return value === 'script' || value === 'markdown' || value === 'html';
}

async function pickFile(
  notebook: NotebookDocument,
  { title, language }: ExportedNotebook,
  format: Format,
): Promise<Uri | undefined> {
  const extension = format === 'script' ? languageOf(language).extension : format === 'markdown' ? 'md' : 'html';
  const name = `${title}.${extension}`;
  const folder = notebook.isUntitled
    ? workspace.workspaceFolders?.[0]?.uri
    : notebook.uri.with({ path: posix.dirname(notebook.uri.path) });
  return await window.showSaveDialog({
    ...(folder !== undefined && { defaultUri: Uri.joinPath(folder, name) }),
    filters: { [`.${extension}`]: [extension] },
    title: 'Export the Notebook',
    saveLabel: 'Export',
  });
}

async function write(exported: ExportedNotebook, format: Format, file: Uri, onCell: () => void): Promise<void> {
  const save = (uri: Uri, text: string): Thenable<void> => workspace.fs.writeFile(uri, Buffer.from(text));
  switch (format) {
    case 'script': {
      const { isScript } = await import('../selection/statements.ts');
      const hasParser = /^(?:typescript|javascript)/.test(exported.language);
      return await save(
        file,
        toScript(exported, (code) => hasParser && isScript(code, exported.language)),
      );
    }
    case 'markdown': {
      const folder = `${posix.basename(file.path).replace(/\.md$/i, '')}_files`;
      const { text, files } = toMarkdown(exported, folder);
      for (const [name, data] of files) {
        await workspace.fs.writeFile(Uri.joinPath(file, '..', folder, name), data);
      }
      return await save(file, text);
    }
    case 'html':
      return await save(file, await toHtml(exported, await markdownRenderer(), onCell));
  }
}

/** VS Code's own renderer of Markdown: with formulas and with colours of code, where its extensions are on. */
async function markdownRenderer(): Promise<(markdown: string) => Promise<string>> {
  const render = 'markdown.api.render';
  await commands.executeCommand(render, '').then(undefined, () => undefined);
  const all = await commands.getCommands();
  if (!all.includes(render)) return async (markdown) => `<pre>${escapeHtml(markdown)}</pre>`;
  return async (markdown) => {
    const html = String(await commands.executeCommand(render, markdown));
    // What the preview's own scripts are configured by.
    return html.replaceAll(/<span id="markdown-[\w-]+"[^>]*><\/span>\s*/g, '');
  };
}

async function show(file: Uri, format: Format): Promise<void> {
  if (format === 'markdown') {
    await commands.executeCommand('markdown.showPreview', file);
  } else if (format === 'script') {
    await window.showTextDocument(file);
  } else if (env.remoteName === undefined && file.scheme === 'file') {
    await env.openExternal(file);
  } else {
    // A browser on the person's machine does not see this file.
    const panel: WebviewPanel = window.createWebviewPanel('elara.page', posix.basename(file.path), ViewColumn.Active, {
      enableScripts: false,
    });
    panel.webview.html = new TextDecoder().decode(await workspace.fs.readFile(file));
  }
}
