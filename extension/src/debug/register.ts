import { posix } from 'node:path';
import {
  commands,
  DebugAdapterInlineImplementation,
  type DebugConfiguration,
  debug,
  type NotebookCell,
  NotebookCellKind,
  type NotebookDocument,
  window,
  workspace,
} from 'vscode';
import type { Context } from '../context.ts';
import { DEBUG_TYPE } from '../contributions.ts';
import type { Session } from '../session.ts';
import { DebuggedNotebook } from './debugged-notebook.ts';
import { hasDebugger } from './kernel-debugger.ts';

/** Of a session: the notebook whose cells it is about. */
interface CellConfiguration extends DebugConfiguration {
  readonly notebook: string;
}

/** "Debug Cell": VS Code's debugger in the cells of a notebook. */
export function registerDebugger(context: Context): void {
  const debugged = new Map<string, DebuggedNotebook>();
  const starting = new Map<string, Promise<DebuggedNotebook | undefined>>();

  context.command('elara.debugCell', async (chosen: NotebookCell | undefined) => {
    const cell = chosen ?? selectedCell();
    if (cell?.kind !== NotebookCellKind.Code) throw new Error('Select a code cell to debug it.');
    const session = await context.sessions.ensure(cell.notebook);
    const { displayName } = session.kernel;
    if (!hasDebugger(session.kernel))
      throw new Error(`The kernel ${displayName} has no debugger. Choose another kernel to debug cells.`);
    const notebook = await start(cell);
    await notebook?.during(() => run(cell, session, notebook));
  });

  /** The session of the cell's notebook; undefined: VS Code has said why there is none. */
  async function start({ notebook, index }: NotebookCell): Promise<DebuggedNotebook | undefined> {
    const key = notebook.uri.toString();
    const there = debugged.get(key) ?? starting.get(key);
    if (there !== undefined) return await there;
    const configuration: CellConfiguration = {
      type: DEBUG_TYPE,
      request: 'launch',
      name: `${posix.basename(notebook.uri.path)}, cell ${index + 1}`,
      notebook: key,
      internalConsoleOptions: 'neverOpen',
    };
    const started = (async () => {
      const folder = workspace.getWorkspaceFolder(notebook.uri);
      const isStarted = await debug.startDebugging(folder, configuration, { suppressSaveBeforeStart: true });
      return isStarted ? debugged.get(key) : undefined;
    })();
    starting.set(key, started);
    try {
      return await started;
    } finally {
      starting.delete(key);
    }
  }

  /** Runs the cell, if it does not already, and waits for its end, or for that of the debugger. */
  async function run(cell: NotebookCell, { notebook, kernel }: Session, { ended }: DebuggedNotebook): Promise<void> {
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
        if ('notebook' in configuration) return configuration;
        throw new Error('Cells are debugged by the command "Elara: Debug Cell".');
      },
    }),
    debug.registerDebugAdapterDescriptorFactory(DEBUG_TYPE, {
      createDebugAdapterDescriptor({ configuration }) {
        const notebook = notebookOf(configuration);
        const session = notebook && context.sessions.of(notebook);
        if (session === undefined) throw new Error('The notebook has no running kernel.');
        const key = session.notebook.uri.toString();
        const adapter = new DebuggedNotebook(session, context);
        debugged.set(key, adapter);
        void adapter.ended.then(() => {
          if (debugged.get(key) === adapter) debugged.delete(key);
        });
        return new DebugAdapterInlineImplementation(adapter);
      },
    }),
  );
}

function selectedCell(): NotebookCell | undefined {
  const editor = window.activeNotebookEditor;
  return editor?.notebook.cellAt(editor.selection.start);
}

function notebookOf({ notebook }: DebugConfiguration): NotebookDocument | undefined {
  return workspace.notebookDocuments.find(({ uri }) => uri.toString() === notebook);
}
