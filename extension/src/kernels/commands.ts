import { dirname } from 'node:path';
import { runtimeDir } from '@elara/protocol/paths';
import { commands, ProgressLocation, type QuickPickItem, Uri, window } from 'vscode';
import type { Context } from '../context.ts';
import type { CommandId } from '../contributions.ts';
import { frontEditor } from '../front-editor.ts';
import { messageOf } from '../log.ts';
import { selectKernel } from '../select-kernel.ts';
import type { KernelSource } from './kernel.ts';
import { parseServerAddress } from './servers/server-address.ts';
import { shortened } from './sources.ts';

/** The commands by which kernels are found that are not in the list yet. */
export function registerKernelCommands(context: Context): void {
  const { kernels } = context;

  async function connect(chosen: unknown): Promise<void> {
    const file =
      typeof chosen === 'string' ? chosen : chosen instanceof Uri ? chosen.fsPath : await askForFile(context);
    if (file === undefined) return;
    try {
      const source = await trying(`Trying the kernel of ${shortened(file)}…`, () => kernels.addFile(file));
      await offer(context, source);
    } catch (error) {
      context.log.warn(messageOf(error));
      if ((await context.showError(messageOf(error), 'Choose Another')) === 'Choose Another') await connect(undefined);
    }
  }

  async function connectServer(chosen: unknown): Promise<void> {
    const address = typeof chosen === 'string' ? chosen : await askForAddress(kernels.serverUrls[0]);
    if (address === undefined) return;
    const { url, token } = parseServerAddress(address);
    const password = token === '' ? await askForToken(url) : token;
    if (password === undefined) return;
    try {
      const sources = await trying(`Trying the Jupyter server at ${url}…`, () => kernels.addServer(url, password));
      const source = frontEditor() && (await pickSource(sources, `Kernels of ${url}`));
      if (source) await offer(context, source);
      else void window.showInformationMessage(`The kernels of ${url} are in the list of each notebook now.`);
    } catch (error) {
      context.log.warn(messageOf(error));
      if ((await context.showError(messageOf(error), 'Try Again')) === 'Try Again') await connectServer(undefined);
    }
  }

  context.command('elara.connect', connect);
  context.command('elara.connectServer', connectServer);
  context.command('elara.forgetServer', async () => {
    if (kernels.serverUrls.length === 0) {
      void window.showInformationMessage('No Jupyter server is known.');
      return;
    }
    const url = await window.showQuickPick([...kernels.serverUrls], { title: 'Forget a Jupyter Server' });
    if (url !== undefined) await kernels.forgetServer(url);
  });
}

async function askForFile({ kernels }: Context): Promise<string | undefined> {
  const { recentFiles } = kernels;
  const [latest] = recentFiles;
  if (latest === undefined) return browse(runtimeDir());
  const another: QuickPickItem = { label: '$(folder-opened) Choose a File…', alwaysShow: true };
  const files = recentFiles.map((file): QuickPickItem & { file: string } => ({
    label: shortened(file),
    file,
  }));
  const picked = await window.showQuickPick([another, ...files], {
    title: 'Connect to a Running Kernel',
    placeHolder: 'A connection file that was chosen before, or another one',
  });
  if (picked === another) return browse(dirname(latest));
  return files.find((item) => item === picked)?.file;
}

async function browse(folder: string): Promise<string | undefined> {
  const [file] =
    (await window.showOpenDialog({
      title: 'Connection File of a Running Kernel',
      openLabel: 'Connect',
      defaultUri: Uri.file(folder),
      filters: { 'Connection files': ['json'] },
    })) ?? [];
  return file?.fsPath;
}

function askForAddress(latest: string | undefined): Thenable<string | undefined> {
  return window.showInputBox({
    title: 'Connect to a Jupyter Server',
    prompt: 'The address that the server writes when it starts, or that of a page of it',
    placeHolder: 'http://localhost:8888/?token=…',
    ...(latest !== undefined && { value: latest }),
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') return undefined;
      try {
        parseServerAddress(text);
        return undefined;
      } catch (error) {
        return messageOf(error);
      }
    },
  });
}

function askForToken(url: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: 'Connect to a Jupyter Server',
    prompt: `The token of ${url}; nothing, if it asks for none. It is kept where VS Code keeps secrets.`,
    password: true,
    ignoreFocusOut: true,
  });
}

function trying<T>(title: string, task: () => Promise<T>): Thenable<T> {
  return window.withProgress({ location: ProgressLocation.Notification, title }, task);
}

async function pickSource(sources: readonly KernelSource[], title: string): Promise<KernelSource | undefined> {
  const items = sources.map((source) => ({ label: source.label, description: source.description, source }));
  return (await window.showQuickPick(items, { title, placeHolder: 'For the notebook that is open' }))?.source;
}

/** Makes it the kernel of the notebook in front, or says where it is found. */
async function offer(context: Context, { id, label }: KernelSource): Promise<void> {
  if (frontEditor() === undefined) {
    const newNotebook = 'New Notebook';
    const message = `${label} is in the list of kernels of each notebook now.`;
    if ((await window.showInformationMessage(message, newNotebook)) !== newNotebook) return;
    await commands.executeCommand('elara.newNotebook' satisfies CommandId);
  }
  const notebook = frontEditor()?.notebook;
  if (notebook !== undefined) await selectKernel(context, notebook, id);
}
