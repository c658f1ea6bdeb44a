import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CancellationToken, ProgressLocation, type Tab, TabInputText, Uri, window } from 'vscode';

/**
 * Asks for a text of several lines in an editor of its own, as Git does for the message of a commit: it is sent when the editor
 * is closed. Undefined: it was left empty, or the question was withdrawn.
 */
export async function askInEditor(title: string, begin: string, token: CancellationToken): Promise<string | undefined> {
  const folder = join(tmpdir(), `elara-answer-${randomUUID()}`);
  await mkdir(folder, { mode: 0o700 });
  const file = Uri.file(join(folder, 'answer.txt'));
  try {
    await writeFile(file.fsPath, begin, { mode: 0o600 });
    await window.showTextDocument(file, { preview: false });
    await window.withProgress(
      {
        location: ProgressLocation.Notification,
        title: `${title} Save and close the editor to answer.`,
        cancellable: true,
      },
      (_, cancelled) => closed(file, [token, cancelled]),
    );
    const tab = tabOf(file);
    if (tab !== undefined) {
      await window.tabGroups.close(tab);
      return undefined;
    }
    const text = await readFile(file.fsPath, 'utf8');
    return text.trim() === '' ? undefined : text.replace(/\r?\n$/, '');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Resolves when the file's editor is closed, or nobody waits for that any more. */
async function closed(file: Uri, tokens: readonly CancellationToken[]): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let isOpen = tabOf(file) !== undefined;
  const listening = [
    window.tabGroups.onDidChangeTabs(() => {
      const wasOpen = isOpen;
      isOpen = tabOf(file) !== undefined;
      if (wasOpen && !isOpen) resolve();
    }),
    ...tokens.map((token) => token.onCancellationRequested(() => resolve())),
  ];
  if (tokens.some((token) => token.isCancellationRequested)) resolve();
  try {
    await promise;
  } finally {
    for (const each of listening) each.dispose();
  }
}

function tabOf(file: Uri): Tab | undefined {
  return window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => input instanceof TabInputText && input.uri.toString() === file.toString());
}
