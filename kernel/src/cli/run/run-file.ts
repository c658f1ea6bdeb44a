import { dirname, resolve } from 'node:path';
import { type InputHandler, KernelDiedError, KernelLauncher, type RunningKernel } from '@elara/protocol/client/index';
import { type ChosenKernel, chooseKernel } from '../choose-kernel.ts';
import { describeError, UsageError } from '../invocation.ts';
import type { Notebook } from '../nbformat/notebook.ts';
import { writeNotebook } from '../nbformat/write.ts';
import { answersOf } from './answers.ts';
import { type RunDocument, readDocument } from './document.ts';
import { describeFailure } from './failure.ts';
import { injectParameters, type Parameters } from './parameters.ts';
import { durationText, Progress } from './progress.ts';
import { type RunSettings, runNotebook } from './run-notebook.ts';
import { showOutput } from './show.ts';

export interface RunPlan extends Omit<RunSettings, 'answers'> {
  /** Absolute path of the command's file. */
  readonly entry: string;
  /** Instead of the notebook's own. */
  readonly kernel: string | undefined;
  readonly output: string | undefined;
  readonly inplace: boolean;
  readonly show: boolean;
  readonly parameters: Parameters;
  /** Answers the questions of cells that bring no answers themselves. */
  readonly ask: InputHandler | undefined;
}

/** How long a kernel may take to end when the run is over, or was interrupted, in milliseconds. */
const GRACE_MS = 2000;

/**
 * Runs one file with a kernel of its own, and writes it if it is to be written.
 * @param ending Aborts when the run is to end early; then nothing is written.
 * @returns what failed, for a person, or undefined.
 * @throws UsageError
 */
export async function runFile(file: string, plan: RunPlan, ending: AbortSignal): Promise<string | undefined> {
  using progress = new Progress(process);
  await using launcher = new KernelLauncher();
  const stop = (): void => {
    for (const kernel of launcher.kernels) void kernel.shutdown({ graceMs: GRACE_MS });
  };
  ending.addEventListener('abort', stop);
  try {
    const document = await readDocument(file);
    const { notebook } = document;
    if (plan.inplace && document.kind === 'script') {
      throw new UsageError(`${file}: --inplace is for notebooks, use --output.`);
    }
    const chosen = await chooseKernel({ name: plan.kernel, notebook: notebook.metadata, entry: plan.entry });
    injectParameters(notebook, plan.parameters, chosen.language);
    progress.notebookStarted(file, chosen.displayName, notebook.cells.length);
    const kernel = await launcher.launch({ ...chosen.launch, cwd: dirname(resolve(file)) });
    const failure = await execute(kernel, document, plan, progress);
    if (!ending.aborted) await write(file, notebook, chosen, plan, failure !== undefined);
    await kernel.shutdown({ graceMs: GRACE_MS });
    return failure;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const said = describeError(error);
    return said.startsWith(file) ? said : `${file}: ${said}`;
  } finally {
    ending.removeEventListener('abort', stop);
  }
}

async function execute(
  kernel: RunningKernel,
  { file, notebook, firstLines }: RunDocument,
  plan: RunPlan,
  progress: Progress,
): Promise<string | undefined> {
  const begin = performance.now();
  const sourceOf = (cell: number): string => notebook.cells[cell - 1]?.source ?? '';
  let current = 0;
  let executed = 0;
  try {
    const info = await kernel.client.kernelInfo();
    if (info.status !== 'error' && info.status !== 'aborted')
      notebook.metadata.language_info = { ...info.language_info };
    const answers = answersOf(plan.ask, plan.show ? (line) => progress.showBlock(line) : undefined);
    const failure = await runNotebook(
      kernel,
      notebook,
      { ...plan, answers },
      {
        cellStarted(cell) {
          current = cell;
          executed += 1;
          progress.cellStarted(cell, sourceOf(cell));
        },
        async published(message) {
          if (plan.show) await showOutput(message, progress);
        },
        cellEnded(cell, end, ms) {
          progress.cellEnded(cell, end, ms, sourceOf(cell));
        },
      },
    );
    if (failure) {
      const cell = notebook.cells[failure.cell - 1];
      return describeFailure(file, failure, cell && firstLines.get(cell));
    }
    progress.notebookEnded(file, `${executed} cells in ${durationText(performance.now() - begin)}`);
    return undefined;
  } catch (error) {
    if (error instanceof KernelDiedError) return `${file}: cell ${current}: ${error.message}`;
    throw error;
  }
}

async function write(
  file: string,
  notebook: Notebook,
  { name, displayName, language }: ChosenKernel,
  plan: RunPlan,
  failed: boolean,
): Promise<void> {
  const target = plan.output ?? (plan.inplace && !failed ? file : undefined);
  if (target === undefined) return;
  if (plan.kernel !== undefined || notebook.metadata.kernelspec === undefined) {
    notebook.metadata.kernelspec = { name, display_name: displayName, language };
  }
  await writeNotebook(target, notebook);
}
