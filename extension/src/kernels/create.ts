import { join } from 'node:path';
import { ConfigurationTarget, commands, type ExtensionContext, window, workspace } from 'vscode';
import type { Context, SettingValue } from '../context.ts';
import { type CommandId, NOTEBOOK_TYPE } from '../contributions.ts';
import { type Log, messageOf } from '../log.ts';
import { KnownKernels } from './known-kernels.ts';
import { ProgramCopies } from './programs.ts';

/** How long a keeper without kernels and windows stays, in milliseconds: over a reload of the window. */
const LINGER_MS = 60_000;

/** Warnings that were shown, and how many of them are remembered. */
const TOLD = 'elara.told';
const MOST_TOLD = 50;

/** The kernels of this window. Disposed of with the extension; kernels go on. */
export function createKernels(extension: ExtensionContext, log: Log, setting: Context['setting']): KnownKernels {
  const version = String(extension.extension.packageJSON.version);
  const kernels = new KnownKernels({
    version,
    programs: new ProgramCopies({
      extensionPath: extension.extensionPath,
      version,
      folder: join(extension.globalStorageUri.fsPath, 'programs'),
      log,
    }),
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
  extension.subscriptions.push(
    kernels,
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('elara')) kernels.updatePolicy().catch((error) => log.warn(messageOf(error)));
    }),
  );
  const prepare = (): void => {
    if (workspace.notebookDocuments.some(({ notebookType }) => notebookType === NOTEBOOK_TYPE)) void kernels.prepare();
  };
  extension.subscriptions.push(
    workspace.onDidOpenNotebookDocument(prepare),
    workspace.onDidGrantWorkspaceTrust(prepare),
  );
  prepare();
  void kernels.refresh();
  askAboutClosing(kernels, setting).catch((error) => log.warn(messageOf(error)));
  return kernels;
}

/** VS Code asks nobody when it is closed: so it is asked when the user is back, and finds what went on. */
async function askAboutClosing(kernels: KnownKernels, setting: Context['setting']): Promise<void> {
  if (setting('elara.kernelsOnClose') !== 'ask') return;
  const left = await kernels.leftBehind();
  if (left.length === 0) return;
  const names = new Intl.ListFormat('en').format(left.map(({ displayName }) => displayName));
  const [keep, end] = ['Keep Them Running', 'Shut Them Down'];
  const pressed = await window.showInformationMessage(
    `${left.length === 1 ? 'A kernel' : `${left.length} kernels`} went on while VS Code was closed: ${names}. Shall kernels do so from now on?`,
    keep,
    end,
  );
  if (pressed === undefined) return;
  const value: SettingValue<'elara.kernelsOnClose'> = pressed === keep ? 'keep' : 'end';
  await workspace.getConfiguration().update('elara.kernelsOnClose', value, ConfigurationTarget.Global);
  if (pressed === end) await Promise.all(left.map((kernel) => kernel.shutdown()));
}

async function showWarning(message: string): Promise<void> {
  const showLog = 'Show Log';
  const pressed = await window.showWarningMessage(message, showLog);
  if (pressed === showLog) await commands.executeCommand('elara.showLog' satisfies CommandId);
}
