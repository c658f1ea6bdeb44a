import {
  commands,
  languages,
  type NotebookCell,
  NotebookCellKind,
  NotebookCellOutput,
  NotebookCellOutputItem,
  NotebookCellStatusBarAlignment,
  type NotebookCellStatusBarItem,
  type NotebookController,
  type NotebookDocument,
  notebooks,
  ProgressLocation,
  Uri,
  window,
} from 'vscode';
import type { Context } from '../context.ts';
import { NOTEBOOK_TYPE } from '../contributions.ts';
import type { KernelSource } from '../kernels/kernel.ts';
import { detailsOf, messageOf } from '../log.ts';
import { inUnits } from '../outputs/stream-text.ts';
import { Controllers } from './controllers.ts';
import { editorLanguage } from './languages.ts';
import type { NotebookSession } from './notebook-session.ts';
import { isForeign, type NotebookSessions } from './sessions.ts';

/** How long an interrupt or a restart may take before something stronger is offered, in milliseconds. */
const PATIENCE_MS = 10_000;

/** Runs the cells of notebooks. */
export function registerNotebooks(context: Context, sessions: NotebookSessions): void {
  const { log } = context;

  async function run(cells: readonly NotebookCell[], notebook: NotebookDocument, controller: NotebookController) {
    // They are seen to wait while the kernel starts.
    const waiting = sessions.of(notebook) ? [] : cells.map((cell) => controller.createNotebookCellExecution(cell));
    let session: NotebookSession;
    try {
      session = await sessions.ensure(notebook);
    } catch (error) {
      log.error(`${controller.label} was not started: ${detailsOf(error)}`);
      const [first, ...others] = waiting;
      if (first) {
        first.start();
        await first.replaceOutput(new NotebookCellOutput([errorItem(error)], { outputType: 'error' }));
        first.end(false);
      }
      for (const execution of others) execution.end(undefined);
      void context.showError(`${controller.label} was not started: ${messageOf(error)}`);
      return;
    }
    for (const execution of waiting) execution.end(undefined);
    await session.execute(cells);
  }

  async function interrupt(notebook: NotebookDocument): Promise<void> {
    if (sessions.cancelStart(notebook)) return;
    const session = sessions.of(notebook);
    if (session === undefined) return;
    session.cancelWaiting();
    const { kernel } = session;
    log.info(`Interrupting ${kernel.displayName}`);
    const settled = session.settled();
    const interrupted = kernel.interrupt().catch((error: unknown) => {
      log.warn(`${kernel.displayName} was not interrupted: ${detailsOf(error)}`);
    });
    if (await inTime(Promise.all([interrupted, settled]))) return;
    const what = `${kernel.displayName} does not stop. Restart it? Its variables are lost then.`;
    if ((await context.showError(what, 'Restart', 'Wait')) === 'Restart') await restart(session);
  }

  async function restart(session: NotebookSession): Promise<void> {
    const { kernel } = session;
    session.abandon('KernelRestarted', 'The kernel was restarted: its variables are gone.');
    const title = `Restarting ${kernel.displayName}…`;
    const restarted = kernel.restart();
    restarted.catch(() => undefined);
    const isDone = await window.withProgress({ location: ProgressLocation.Window, title }, () => inTime(restarted));
    if (isDone) {
      await restarted;
      log.info(`${kernel.displayName} was restarted`);
      return;
    }
    const what = `${kernel.displayName} does not restart. End its process? The next run starts another.`;
    if ((await context.showError(what, 'End Process', 'Wait')) !== 'End Process') return;
    await kernel.kill();
    session.dispose();
  }

  function selected(notebook: NotebookDocument, source: KernelSource, controller: NotebookController): void {
    log.debug(`${notebook.uri.path} has the kernel ${source.label}`);
    for (const cell of notebook.getCells()) {
      if (cell.kind !== NotebookCellKind.Code || !isForeign(cell, source.language)) continue;
      void languages
        .setTextDocumentLanguage(cell.document, editorLanguage(source.language))
        .then(undefined, (error) => log.debug(`The language of a cell: ${messageOf(error)}`));
    }
    sessions.selected(notebook, source, controller);
  }

  /** The session that a command is about: of the notebook that it was called for, or of the one in front. */
  function chosen(from: unknown): NotebookSession {
    const notebook = notebookOf(from) ?? window.activeNotebookEditor?.notebook;
    if (notebook === undefined) throw new Error('Open a notebook first.');
    const session = sessions.of(notebook);
    if (session === undefined) throw new Error('The notebook has no running kernel. Run a cell to start it.');
    return session;
  }

  context.command('elara.restart', (from: unknown) => restart(chosen(from)));
  context.command('elara.restartAndRunAll', async (from: unknown) => {
    const session = chosen(from);
    await restart(session);
    await commands.executeCommand('notebook.execute', session.notebook.uri);
  });
  context.command('elara.shutDown', (from: unknown) => sessions.shutDown(chosen(from)));
  context.command('elara.openOutput', (file: string) => commands.executeCommand('vscode.open', Uri.file(file)));
  context.command('elara.showLog', () => context.log.show());
  context.command('elara.refreshKernels', () => context.kernels.refresh());

  context.extension.subscriptions.push(
    new Controllers(context, {
      run,
      interrupt,
      selected,
      deselected: (notebook, source) => sessions.deselected(notebook, source),
      isUsed: (controller) => sessions.isUsed(controller),
    }),
    notebooks.registerNotebookCellStatusBarItemProvider(NOTEBOOK_TYPE, {
      provideCellStatusBarItems: (cell): NotebookCellStatusBarItem[] =>
        (sessions.of(cell.notebook)?.wholeOutputs(cell) ?? []).map(({ file, length }) => ({
          text: `$(file-text) Open Whole Output (${inUnits(length)})`,
          alignment: NotebookCellStatusBarAlignment.Left,
          command: { command: 'elara.openOutput', title: 'Open Whole Output', arguments: [file] },
          tooltip: 'The output is too long to be shown here: open all of it in an editor',
        })),
    }),
  );
}

function errorItem(error: unknown): NotebookCellOutputItem {
  return NotebookCellOutputItem.error({ name: 'KernelNotStarted', message: messageOf(error), stack: messageOf(error) });
}

/** Whether something comes to its end before patience does. */
async function inTime(promise: Promise<unknown>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, PATIENCE_MS, false);
  try {
    return await Promise.race([promise.then(() => true as const), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** What VS Code gives to a command in the notebook's toolbar. */
function notebookOf(from: unknown): NotebookDocument | undefined {
  const uri = (from as { readonly notebookEditor?: { readonly notebookUri?: Uri } } | undefined)?.notebookEditor
    ?.notebookUri;
  return (
    uri && window.visibleNotebookEditors.find(({ notebook }) => notebook.uri.toString() === uri.toString())?.notebook
  );
}
