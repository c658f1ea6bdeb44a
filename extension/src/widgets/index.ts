import { type NotebookDocument, type NotebookEditor, notebooks, workspace } from 'vscode';
import type { Context } from '../context.ts';
import type { RendererId } from '../contributions.ts';
import type { RunningKernel } from '../kernels/kernel.ts';
import { detailsOf } from '../log.ts';
import { KernelWidgets } from './kernel-widgets.ts';
import type { Epoch, FromRenderer, ToRenderer } from './messages.ts';
import { findModule } from './modules.ts';
import { registerSaving } from './save.ts';
import { savedWidgets } from './saved.ts';

const RENDERER: RendererId = 'elara.widgets';

/** Lets the widgets that outputs show speak with their kernels. */
export function registerWidgets(context: Context): void {
  const messaging = notebooks.createRendererMessaging(RENDERER);
  const byKernel = new Map<RunningKernel, KernelWidgets>();
  /** What the renderers of a notebook were told last, whether there are any or not. */
  const told = new Map<string, Epoch | undefined>();
  /** Notebooks with renderers. */
  const shown = new Set<string>();

  const widgetsOf = (notebook: NotebookDocument): KernelWidgets | undefined => {
    const kernel = context.sessions.of(notebook)?.kernel;
    return kernel && byKernel.get(kernel);
  };

  const kernelMessage = (notebook: NotebookDocument, isAnswer: boolean): ToRenderer => {
    const widgets = widgetsOf(notebook);
    return {
      type: 'kernel',
      isAnswer,
      notebook: notebook.uri.toString(),
      epoch: widgets?.epoch,
      models: widgets?.models ?? [],
      complete: widgets?.complete ?? true,
      saved: savedWidgets(notebook.metadata),
    };
  };

  /** Tells the renderers of a notebook that its kernel is another one, or began anew. */
  const update = (notebook: NotebookDocument): void => {
    const key = notebook.uri.toString();
    const widgets = widgetsOf(notebook);
    if (told.get(key) === widgets?.epoch) return;
    told.set(key, widgets?.epoch);
    if (shown.has(key)) {
      messaging.postMessage(kernelMessage(notebook, false));
      widgets?.connected();
    } else messaging.postMessage({ type: 'hello', notebook: key } satisfies ToRenderer);
  };
  const updateAll = (): void => workspace.notebookDocuments.forEach(update);

  const follow = (): void => {
    for (const [kernel, widgets] of byKernel) {
      if (context.kernels.open.includes(kernel)) continue;
      widgets.dispose();
      byKernel.delete(kernel);
    }
    for (const kernel of context.kernels.open) {
      if (byKernel.has(kernel)) continue;
      const widgets = new KernelWidgets(kernel.connection, context.log);
      kernel.onDidRestart(() => widgets.reset());
      widgets.onDidReset(updateAll);
      widgets.onMessage((message) => messaging.postMessage(message));
      byKernel.set(kernel, widgets);
    }
    updateAll();
  };
  follow();

  const receive = async (editor: NotebookEditor, message: FromRenderer): Promise<void> => {
    const { notebook } = editor;
    const widgets = widgetsOf(notebook);
    if (message.type === 'ready') {
      shown.add(notebook.uri.toString());
      told.set(notebook.uri.toString(), widgets?.epoch);
      void messaging.postMessage(kernelMessage(notebook, true), editor);
      widgets?.connected();
      return;
    }
    // What was meant for a kernel that is gone is nobody's any more.
    if (widgets === undefined || message.epoch !== widgets.epoch) return;
    if (message.type === 'open') widgets.open(message.target, message.message);
    else if (message.type === 'send') widgets.send(message.message);
    else if (message.type === 'close') widgets.close(message.message);
    else {
      const { name } = message;
      const source = await findModule(name, context.sessions.of(notebook)?.kernel.specName);
      await messaging.postMessage({ type: 'module', name, source } satisfies ToRenderer, editor);
    }
  };

  registerSaving(context, (notebook) => widgetsOf(notebook)?.stored ?? []);
  context.extension.subscriptions.push(
    context.kernels.onDidChangeOpen(follow),
    context.sessions.onDidChange(({ notebook }) => update(notebook)),
    workspace.onDidCloseNotebookDocument(({ uri }) => {
      told.delete(uri.toString());
      shown.delete(uri.toString());
    }),
    messaging.onDidReceiveMessage(({ editor, message }: { editor: NotebookEditor; message: FromRenderer }) => {
      receive(editor, message).catch((error: unknown) => context.log.error(`A widget: ${detailsOf(error)}`));
    }),
    {
      dispose() {
        for (const widgets of byKernel.values()) widgets.dispose();
      },
    },
  );
}
