/** What is measured inside the extension host, by the API alone. */
import { readFileSync } from 'node:fs';
import {
  notebooks as api,
  commands,
  type NotebookCell,
  NotebookCellOutput,
  NotebookCellOutputItem,
  type NotebookDocument,
  window,
  workspace,
} from 'vscode';
import { report } from '../host/report.ts';
import { processesAround } from '../processes.ts';
import type { Figures } from './figures.ts';
import { type Controller, installedSubject, offeredKernel, type Subject } from './subject.ts';

/** What VS Code takes these tests for. */
const TESTS = 'elara.tests';
const WARM_UP = 20;
const ROUNDS = 200;
const KERNELS = 5;

/** VS Code calls it. The workspace has a notebook for each kernel. */
export async function run(bundle: string): Promise<void> {
  report(bundle, await measure());
}

async function measure(): Promise<Figures> {
  const subject = installedSubject();
  const uris = (await workspace.findFiles('*.ipynb')).sort().slice(0, KERNELS);
  const memoryBefore = memory();
  const start = performance.now();
  const activation = await timed(() => subject.extension.activate());
  const controller = await offeredKernel(subject);
  const offered = performance.now() - start;
  const opened: NotebookDocument[] = [];
  for (const uri of uris) opened.push(await workspace.openNotebookDocument(uri));
  for (const notebook of opened) await show(notebook);
  const [first, ...others] = opened;
  if (first === undefined || others.length !== KERNELS - 1) throw new Error(`${KERNELS} notebooks are needed.`);
  // In sight, as the notebook is that somebody runs.
  await show(first);
  const chosen = performance.now();
  await choose(controller);
  const firstCell = await runTimed(first);
  const firstChosen = performance.now() - chosen;
  const cell = await median(first);
  for (const notebook of others) {
    await show(notebook);
    await choose(controller);
    await runTimed(notebook);
  }
  const memoryWithKernels = memory();
  const memoryOfHelpers = memoryOf(subject);
  const floor = await measureFloor(first);
  const { version } = subject.extension.packageJSON;
  return {
    extension: `${subject.id} ${version}`,
    activation,
    offered,
    firstChosen,
    firstCell,
    cell,
    floor,
    memoryBefore,
    memoryWithKernels,
    memoryOfHelpers,
  };
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
  await show(notebook);
  await choose({ id: controller.id, extension: TESTS });
  const floor = await median(notebook);
  controller.dispose();
  return floor;
}

async function show(notebook: NotebookDocument): Promise<void> {
  await window.showNotebookDocument(notebook, { preview: false });
}

/** For the notebook that is in front. */
async function choose(controller: Controller): Promise<void> {
  await commands.executeCommand('notebook.selectKernel', controller);
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

/** What is of a process alone, by default of this one, and its share of what it has in common with others, in MiB. */
function memory(pid: number | 'self' = 'self'): number {
  const [, kilobytes] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** The memory of what the extension runs beside the extension host, in MiB. */
function memoryOf({ helper }: Subject): number {
  if (helper === undefined) return 0;
  const helpers = processesAround().filter(({ commandLine }) => commandLine.includes(helper));
  return helpers.reduce((sum, { pid }) => sum + memory(pid), 0);
}
