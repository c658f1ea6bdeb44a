/** What is measured inside the extension host, by the API alone. */
import { readFileSync } from 'node:fs';
import {
  notebooks as api,
  commands,
  extensions,
  type NotebookCell,
  NotebookCellOutput,
  NotebookCellOutputItem,
  type NotebookDocument,
  type Uri,
  ViewColumn,
  window,
  workspace,
} from 'vscode';
import { report } from '../host/report.ts';

const EXTENSION = 'elara.elara';
const CONTROLLER = 'own:typescript';
/** What VS Code takes these tests for. */
const TESTS = 'elara.tests';
const WARM_UP = 20;
const ROUNDS = 200;
const KERNELS = 5;

export interface Figures {
  /** Of the extension's `activate`, its code's loading included, in ms. */
  readonly activation: number;
  /** From the command that runs the first cell to the cell's end, no kernel and no keeper running before it, in ms. */
  readonly firstCell: number;
  /** The same for a cell of a running kernel, in ms. */
  readonly cell: number;
  /** The same for a cell whose kernel is a function that shows a text: what VS Code itself takes, in ms. */
  readonly floor: number;
  /** Of the extension host, in MiB, before the extension is active … */
  readonly memoryBefore: number;
  /** … and with five kernels. */
  readonly memoryWithKernels: number;
}

/** VS Code calls it. The workspace has a notebook for each kernel, and one for none. */
export async function run(bundle: string): Promise<void> {
  report(bundle, await measure());
}

async function measure(): Promise<Figures> {
  const [nothing, ...uris] = (await workspace.findFiles('*.ipynb')).sort((a, b) => a.path.localeCompare(b.path));
  const memoryBefore = memory();
  const activation = await timed(() => extensions.getExtension(EXTENSION)?.activate());
  const opened: NotebookDocument[] = [];
  for (const uri of uris.slice(0, KERNELS)) opened.push(await open(uri, ViewColumn.One, EXTENSION, CONTROLLER));
  const [first, ...others] = opened;
  if (nothing === undefined || first === undefined || others.length !== KERNELS - 1) {
    throw new Error(`${KERNELS + 1} notebooks are needed.`);
  }
  const firstCell = await runTimed(first);
  for (const notebook of others) await runTimed(notebook);
  const memoryWithKernels = memory();
  using controller = doNothing();
  const other = await open(nothing, ViewColumn.Two, TESTS, controller.id);
  await window.showNotebookDocument(first, { viewColumn: ViewColumn.One });
  const [cell = Number.NaN, floor = Number.NaN] = await medians(first, other);
  return { activation, firstCell, cell, floor, memoryBefore, memoryWithKernels };
}

/** How long the first cells of notebooks take as a rule, in ms: by turns, so that what else the machine does is the same for all. */
async function medians(...notebooks: readonly NotebookDocument[]): Promise<number[]> {
  const times = notebooks.map((): number[] => []);
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [index, notebook] of notebooks.entries()) {
      const ms = await runTimed(notebook);
      if (round >= 0) times[index]?.push(ms);
    }
  }
  return times.map((each) => each.sort((a, b) => a - b)[ROUNDS / 2] ?? Number.NaN);
}

/** A kernel that is a function: shows a text. */
function doNothing(): Disposable & { readonly id: string } {
  const controller = api.createNotebookController('bench:nothing', 'jupyter-notebook', 'Nothing');
  controller.supportsExecutionOrder = true;
  let count = 0;
  controller.executeHandler = ([cell]) => {
    if (cell === undefined) return;
    const execution = controller.createNotebookCellExecution(cell);
    execution.start(Date.now());
    count += 1;
    execution.executionOrder = count;
    void execution.replaceOutput(new NotebookCellOutput([NotebookCellOutputItem.text('2')]));
    execution.end(true, Date.now());
  };
  return { id: controller.id, [Symbol.dispose]: () => controller.dispose() };
}

async function open(uri: Uri, viewColumn: ViewColumn, extension: string, id: string): Promise<NotebookDocument> {
  const notebook = await workspace.openNotebookDocument(uri);
  await window.showNotebookDocument(notebook, { preview: false, viewColumn });
  await commands.executeCommand('notebook.selectKernel', { id, extension });
  return notebook;
}

/** Runs the first cell of a notebook. */
async function runTimed(notebook: NotebookDocument): Promise<number> {
  const cell = notebook.cellAt(0);
  const ended = end(cell);
  return await timed(async () => {
    await commands.executeCommand('notebook.cell.execute', { ranges: [{ start: 0, end: 1 }], document: notebook.uri });
    await ended;
  });
}

/** Rejects if it fails. */
function end(cell: NotebookCell): Promise<void> {
  const before = cell.executionSummary?.executionOrder ?? 0;
  return new Promise((resolve, reject) => {
    const listening = workspace.onDidChangeNotebookDocument(() => {
      const { executionOrder = 0, success } = cell.executionSummary ?? {};
      if (success === undefined || executionOrder <= before) return;
      listening.dispose();
      if (success) resolve();
      else reject(new Error('A measured cell failed.'));
    });
  });
}

async function timed(action: () => unknown): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}

/** What is of this process alone, and its share of what it has in common with others, in MiB. */
function memory(): number {
  const [, kilobytes] = /^Pss:\s+(\d+)/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}
