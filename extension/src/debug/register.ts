import { posix } from 'node:path';
import {
  commands,
  DebugAdapterInlineImplementation,
  type DebugConfiguration,
  debug,
  type NotebookCell,
  NotebookCellKind,
  workspace,
} from 'vscode';
import type { Context } from '../context.ts';
import { DEBUG_TYPE } from '../contributions.ts';
import { frontEditor } from '../front-editor.ts';
import type { RunningKernel } from '../kernels/kernel.ts';
import { detailsOf } from '../log.ts';
import { DebuggedNotebook } from './debugged-notebook.ts';
import { hasDebugger } from './kernel-debugger.ts';

/** Of a session: the notebook, and the cell with which it begins. */
interface CellConfiguration extends DebugConfiguration {
  readonly notebook: string;
  readonly cell: string;
}

/** "Debug Cell": VS Code's debugger in the cells of a notebook. */
export function registerDebugger(context: Context): void {
  const debugged = new Map<string, DebuggedNotebook>();
  const starting = new Map<string, Thenable<boolean>>();

  context.command('elara.debugCell', async (chosen: NotebookCell | undefined) => {
    const cell = chosen ?? selectedCell();
    if (cell?.kind !== NotebookCellKind.Code) throw new Error('Select a code cell to debug it.');
    const { notebook } = cell;
    const { kernel } = await context.sessions.ensure(notebook);
    if (!hasDebugger(kernel))
      throw new Error(`The kernel ${kernel.displayName} has no debugger. Choose another kernel to debug cells.`);
    const key = notebook.uri.toString();
    await starting.get(key);
    const there = debugged.get(key);
    if (there !== undefined) await there.during(() => run(cell, kernel, there));
    else await start(cell, key);
  });

  async function start({ notebook, index, document }: NotebookCell, key: string): Promise<void> {
    const configuration: CellConfiguration = {
      type: DEBUG_TYPE,
      request: 'launch',
      name: `${posix.basename(notebook.uri.path)}, cell ${index + 1}`,
      notebook: key,
      cell: document.uri.toString(),
      internalConsoleOptions: 'neverOpen',
    };
    const folder = workspace.getWorkspaceFolder(notebook.uri);
    const started = debug.startDebugging(folder, configuration, { suppressSaveBeforeStart: true });
    starting.set(key, started);
    try {
      await started;
    } finally {
      starting.delete(key);
    }
  }

  /** Runs the cell, if it does not already, and waits for its end, or for that of the debugger. */
  async function run(cell: NotebookCell, kernel: RunningKernel, { ended }: DebuggedNotebook): Promise<void> {
    const { notebook } = cell;
    const isPending = (): boolean => {
      const session = context.sessions.of(notebook);
      return session?.kernel === kernel && session.pending.includes(cell);
    };
    const ranges = [{ start: cell.index, end: cell.index + 1 }];
    if (!isPending()) await commands.executeCommand('notebook.cell.execute', { ranges, document: notebook.uri });
    if (!isPending()) return;
    const done = Promise.withResolvers<void>();
    const look = (): void => {
      if (!isPending()) done.resolve();
    };
    const listening = [context.sessions.onDidChange(look), workspace.onDidChangeNotebookDocument(look)];
    await Promise.race([done.promise, ended]);
    for (const each of listening) each.dispose();
  }

  context.extension.subscriptions.push(
    debug.registerDebugConfigurationProvider(DEBUG_TYPE, {
      resolveDebugConfiguration(_, configuration) {
        if ('cell' in configuration) return configuration;
        throw new Error('Cells are debugged by the command "Elara: Debug Cell".');
      },
    }),
    debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor({ configuration }) {
        const cell = cellOf(configuration);
        const session = cell && context.sessions.of(cell.notebook);
        if (cell === undefined || session === undefined)
          throw new Error('The cell is gone, or its notebook has no running kernel.');
        const key = cell.notebook.uri.toString();
        const adapter = new DebuggedNotebook(session, context);
        debugged.set(key, adapter);
        void adapter.ended.then(() => {
          if (debugged.get(key) === adapter) debugged.delete(key);
        });
        adapter
          .during(() => run(cell, session.kernel, adapter))
          .catch((error: unknown) => context.log.warn(`The debugger of a cell ended early: ${detailsOf(error)}`));
        return new DebugAdapterInlineImplementation(adapter);
      },
    }),
  );
}

function selectedCell(): NotebookCell | undefined {
  const editor = frontEditor();
  return editor?.notebook.cellAt(editor.selection.start);
}

function cellOf({ notebook, cell }: DebugConfiguration): NotebookCell | undefined {
  return workspace.notebookDocuments
    .find(({ uri }) => uri.toString() === notebook)
    ?.getCells()
    .find(({ document }) => document.uri.toString() === cell);
}
