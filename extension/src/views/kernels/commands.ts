import { env, ProgressLocation, ThemeIcon, window } from 'vscode';
import type { Context } from '../../context.ts';
import type { RunningKernel } from '../../kernels/kernel.ts';
import { findNode } from '../../kernels/node.ts';
import { programsIn } from '../../kernels/programs.ts';
import type { KernelEntry } from './kernel-entry.ts';
import type { KernelNode } from './kernels-tree.ts';

/** What can be done with a kernel of the list. */
export function registerKernelsCommands(context: Context): void {
  const { kernels, sessions } = context;

  /** Does something with a kernel. One that this window is not connected to is left again afterwards. */
  async function withKernel(entry: KernelEntry, action: (kernel: RunningKernel) => Promise<void>): Promise<void> {
    if (entry.kernel !== undefined) return await action(entry.kernel);
    const kernel = await kernels.reattach(entry.id);
    if (kernel === undefined) throw new Error(`${entry.name} runs no more.`);
    try {
      await action(kernel);
    } finally {
      kernel.dispose();
    }
  }

  context.command('elara.kernel.interrupt', async (node: unknown) => {
    await withKernel(entryOf(node), (kernel) =>
      progress(`Interrupting ${kernel.displayName}…`, () => kernel.interrupt()),
    );
  });

  context.command('elara.kernel.restart', async (node: unknown) => {
    const entry = entryOf(node);
    if (!(await isSure(`Restart ${entry.name}?`, 'Restart'))) return;
    await withKernel(entry, (kernel) => progress(`Restarting ${kernel.displayName}…`, () => kernel.restart()));
  });

  context.command('elara.kernel.shutDown', async (node: unknown) => {
    const entry = entryOf(node);
    if (!(await isSure(`Shut ${entry.name} down?`, 'Shut Down'))) return;
    const session = sessions.all.find(({ kernel }) => kernel.id === entry.id);
    await progress(`Shutting ${entry.name} down…`, () =>
      session ? sessions.shutDown(session) : withKernel(entry, (kernel) => kernel.shutdown()),
    );
    await kernels.refresh();
  });

  context.command('elara.kernel.openConsole', async (node: unknown) => {
    const { name, place } = entryOf(node);
    const file = connectionFileOf(name, place);
    const program = await findNode(context.setting('elara.node'));
    const { kernel } = programsIn(context.extension.extensionPath);
    const terminal = window.createTerminal({
      name,
      shellPath: program.path,
      // SQLite's notice of being experimental would be the first line.
      shellArgs: ['--disable-warning=ExperimentalWarning', kernel, 'console', '--existing', file],
      env: program.env,
      iconPath: new ThemeIcon('terminal'),
      isTransient: true,
    });
    terminal.show();
  });

  context.command('elara.kernel.copyConnectionFile', async (node: unknown) => {
    const { name, place } = entryOf(node);
    await env.clipboard.writeText(connectionFileOf(name, place));
  });
}

function entryOf(node: unknown): KernelEntry {
  const chosen = node as KernelNode | undefined;
  if (chosen?.kind === 'kernel') return chosen.entry;
  throw new Error('Choose a kernel in the view Kernels.');
}

function connectionFileOf(name: string, place: KernelEntry['place']): string {
  if (place?.kind === 'local') return place.connectionFile;
  throw new Error(`${name} runs on a Jupyter server, which has its connection file.`);
}

async function isSure(question: string, answer: string): Promise<boolean> {
  const detail = 'Its variables are lost.';
  return (await window.showWarningMessage(question, { modal: true, detail }, answer)) === answer;
}

async function progress(title: string, task: () => Promise<void>): Promise<void> {
  await window.withProgress({ location: ProgressLocation.Window, title }, task);
}
