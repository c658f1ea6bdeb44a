import { type ExtensionContext, window } from 'vscode';
import { registerDebugger } from './debug/register.ts';
import { registerFiles } from './files/register.ts';
import { registerHistory } from './history.ts';
import { registerKernelCommands } from './kernels/commands.ts';
import { createKernels } from './kernels/create.ts';
import { registerLanguage } from './language/register.ts';
import { makeBase, makeContext } from './make-context.ts';
import { registerHandover } from './notebook/handover.ts';
import { registerNotebooks } from './notebook/register.ts';
import { RememberedSessions } from './notebook/remembered.ts';
import { NotebookSessions } from './notebook/sessions.ts';
import { registerStatus } from './notebook/status.ts';
import { registerViews } from './views/register.ts';
import { registerWidgets } from './widgets/index.ts';

/** Called by VS Code when a Jupyter notebook is opened, a view is shown or a command is called. */
export function activate(extension: ExtensionContext): void {
  const log = window.createOutputChannel('Elara', { log: true });
  extension.subscriptions.push(log);
  const base = makeBase(extension, log);
  const kernels = createKernels(extension, log, base.setting);
  const remembered = new RememberedSessions(extension.workspaceState);
  const sessions = new NotebookSessions(base, kernels, remembered);
  registerHandover(base, kernels, remembered, sessions);
  const context = makeContext(base, kernels, sessions);
  registerKernelCommands(context);
  registerNotebooks(context, sessions);
  registerStatus(context, sessions);
  registerLanguage(context);
  registerHistory(context);
  registerWidgets(context);
  registerViews(context);
  registerDebugger(context);
  registerFiles(context);
}
