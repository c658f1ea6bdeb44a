import {
  commands,
  type NotebookCell,
  NotebookCellOutput,
  NotebookCellOutputItem,
  NotebookCellStatusBarAlignment,
  type NotebookCellStatusBarItem,
  type NotebookController,
  type NotebookDocument,
  notebooks,
  Uri,
  window,
  workspace,
} from 'vscode';
import type { Context } from '../context.ts';
import { NOTEBOOK_TYPE } from '../contributions.ts';
import { frontEditor } from '../front-editor.ts';
import type { KernelSource } from '../kernels/kernel.ts';
import { detailsOf, messageOf } from '../log.ts';
import { inUnits } from '../outputs/stream-text.ts';
import { Asking } from './asking.ts';
import { CellLanguages } from './cell-languages.ts';
import { Controllers } from './controllers.ts';
import { FirstKernels } from './first-kernel.ts';
import { kernelControl } from './kernel-control.ts';
import type { NotebookSession } from './notebook-session.ts';
import { sentences } from './sentences.ts';
import { type NotebookSessions, StartCancelledError } from './sessions.ts';

/** Runs the cells of notebooks. */
export function registerNotebooks(context: Context, sessions: NotebookSessions): void {
  const { log } = context;
  const cellLanguages = new CellLanguages(log);

  async function run(cells: readonly NotebookCell[], notebook: NotebookDocument, controller: NotebookController) {
    // They are seen to wait while the kernel starts.
    const waiting = sessions.of(notebook) ? [] : cells.map((cell) => controller.createNotebookCellExecution(cell));
    let session: NotebookSession;
    try {
      session = await sessions.ensure(notebook);
    } catch (error) {
      if (error instanceof StartCancelledError) {
        for (const execution of waiting) execution.end(undefined);
        return;
      }
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

  function selected(notebook: NotebookDocument, source: KernelSource, controller: NotebookController): void {
    log.debug(`${notebook.uri.path} has the kernel ${source.label}`);
    cellLanguages.chosen(notebook, source.language);
    sessions.selected(notebook, source, controller);
    first.note(notebook);
  }

  /** The session that a command is about: of the notebook that it was called for, or of the one in front. */
  function chosen(from: unknown): NotebookSession {
    const notebook = notebookOf(from) ?? frontEditor()?.notebook;
    if (notebook === undefined) throw new Error('Open a notebook first.');
    const session = sessions.of(notebook);
    if (session === undefined) throw new Error('The notebook has no running kernel. Run a cell to start it.');
    return session;
  }

  const { interrupt, restart, restartAndRunAll } = kernelControl(context);
  context.command('elara.restart', (from: unknown) => restart(chosen(from)));
  context.command('elara.restartAndRunAll', (from: unknown) => restartAndRunAll(chosen(from)));
  context.command('elara.shutDown', (from: unknown) => sessions.shutDown(chosen(from)));
  context.command('elara.openOutput', (file: string) => commands.executeCommand('vscode.open', Uri.file(file)));
  context.command('elara.showLog', () => context.log.show());
  context.command('elara.refreshKernels', () => context.kernels.refresh());

  const controllers = new Controllers(context, {
    run,
    async interrupt(notebook) {
      const session = sessions.of(notebook);
      if (!sessions.cancelStart(notebook) && session !== undefined) await interrupt(session);
    },
    selected,
    deselected: (notebook, controller) => sessions.deselected(notebook, controller),
    isUsed: (controller) => sessions.isUsed(controller),
  });
  const asking = new Asking(context, {
    async run(cells, notebook) {
      const choice = await sessions.choose(notebook);
      if (choice !== undefined) await run(cells, notebook, choice.controller);
    },
    replaced: (notebook) => first.note(notebook),
  });
  // Once there are kernels to choose.
  const first = new FirstKernels(context, asking);

  context.extension.subscriptions.push(
    controllers,
    asking,
    first,
    workspace.onDidChangeNotebookDocument(({ notebook, contentChanges }) => {
      if (contentChanges.some(({ addedCells }) => addedCells.length > 0)) cellLanguages.added(notebook);
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
  const message = messageOf(error);
  return NotebookCellOutputItem.error({ name: 'KernelNotStarted', message, stack: sentences(message).join('\n') });
}

/** What VS Code gives to a command in the notebook's toolbar. */
function notebookOf(from: unknown): NotebookDocument | undefined {
  const uri = (from as { readonly notebookEditor?: { readonly notebookUri?: Uri } } | undefined)?.notebookEditor
    ?.notebookUri;
  return (
    uri && window.visibleNotebookEditors.find(({ notebook }) => notebook.uri.toString() === uri.toString())?.notebook
  );
}
