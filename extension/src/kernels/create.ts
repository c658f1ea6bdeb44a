import { join } from 'node:path';
import { commands, type ExtensionContext, window, workspace } from 'vscode';
import type { Context } from '../context.ts';
import type { CommandId } from '../contributions.ts';
import type { Log } from '../log.ts';
import { KnownKernels } from './known-kernels.ts';

/** How long a keeper without kernels and windows stays, in milliseconds: over a reload of the window. */
const LINGER_MS = 60_000;

/** Warnings that were shown, and how many of them are remembered. */
const TOLD = 'elara.told';
const MOST_TOLD = 50;

/** The kernels of this window. Disposed of with the extension; kernels go on. */
export function createKernels(extension: ExtensionContext, log: Log, setting: Context['setting']): KnownKernels {
  const kernels = new KnownKernels({
    extensionPath: extension.extensionPath,
    version: String(extension.extension.packageJSON.version),
    keeperEntry: join(extension.extensionPath, 'dist', 'keeper.cjs'),
    keeperLingerMs: LINGER_MS,
    env: process.env,
    log,
    setting: (id) => setting(id),
    tellOnce: (message) => {
      log.warn(message);
      const told = extension.globalState.get<readonly string[]>(TOLD) ?? [];
      if (told.includes(message)) return;
      void extension.globalState.update(TOLD, [message, ...told].slice(0, MOST_TOLD));
      void showWarning(message);
    },
    trusted: () => workspace.isTrusted,
    workspaceFolders: () =>
      (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map(({ uri }) => uri.fsPath),
    memory: extension.globalState,
    secrets: extension.secrets,
  });
  extension.subscriptions.push(kernels);
  void kernels.refresh();
  return kernels;
}

async function showWarning(message: string): Promise<void> {
  const showLog = 'Show Log';
  const pressed = await window.showWarningMessage(message, showLog);
  if (pressed === showLog) await commands.executeCommand('elara.showLog' satisfies CommandId);
}
