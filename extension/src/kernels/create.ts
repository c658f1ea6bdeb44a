import { join } from 'node:path';
import { type ExtensionContext, workspace } from 'vscode';
import type { Context } from '../context.ts';
import type { Log } from '../log.ts';
import { KnownKernels } from './known-kernels.ts';

/** How long a keeper without kernels and windows stays, in milliseconds: over a reload of the window. */
const LINGER_MS = 60_000;

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
