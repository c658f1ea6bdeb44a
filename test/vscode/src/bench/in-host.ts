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

/** VS Code calls it. The workspace has a notebook for each kernel. */
export async function run(bundle: string): Promise<void> {
  report(bundle, await measure());
}

async function measure(): Promise<Figures> {
  const notebooks = await workspace.findFiles('*.ipynb');
  const memoryBefore = memory();
  const activation = await timed(() => extensions.getExtension(EXTENSION)?.activate());
  const opened: NotebookDocument[] = [];
  for (const uri of notebooks.sort().slice(0, KERNELS)) opened.push(await open(uri));
  const [first, ...others] = opened;
  if (first === undefined || others.length !== KERNELS - 1) throw new Error(`${KERNELS} notebooks are needed.`);
  // In sight, as the notebook is that somebody runs.
  await window.showNotebookDocument(first, { preview: false });
  const firstCell = await runTimed(first);
  const cell = await median(first);
  for (const notebook of others) await runTimed(notebook);
  const memoryWithKernels = memory();
  const floor = await measureFloor(first);
  return { activation, firstCell, cell, floor, memoryBefore, memoryWithKernels };
}

/** How long the first cell of a notebook takes as a rule, in ms. */
async function median(notebook: NotebookDocument): Promise<number> {
  const times: number[] = [];
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    const ms = await runTimed(notebook);
    if (round >= 0) times.push(ms);
  }
  times.sort((a, b) => a - b);
  return times[ROUNDS / 2] ?? Number.NaN;
}

async function measureFloor(notebook: NotebookDocument): Promise<number> {
  const controller = api.createNotebookController('bench:nothing', 'jupyter-notebook', 'Nothing');
  controller.supportsExecutionOrder = true;
  let count = notebook.cellAt(0).executionSummary?.executionOrder ?? 0;
  controller.executeHandler = ([cell]) => {
    if (cell === undefined) return;
    const execution = controller.createNotebookCellExecution(cell);
    execution.start(Date.now());
    void execution.clearOutput();
    count += 1;
    execution.executionOrder = count;
    void execution.appendOutput(new NotebookCellOutput([NotebookCellOutputItem.text('2')]));
    execution.end(true, Date.now());
  };
  await window.showNotebookDocument(notebook, { preview: false });
  await commands.executeCommand('notebook.selectKernel', { id: controller.id, extension: TESTS });
  const floor = await median(notebook);
  controller.dispose();
  return floor;
}

async function open(uri: Uri): Promise<NotebookDocument> {
  const notebook = await workspace.openNotebookDocument(uri);
  await window.showNotebookDocument(notebook, { preview: false });
  await commands.executeCommand('notebook.selectKernel', { id: CONTROLLER, extension: EXTENSION });
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
