import { posix } from 'node:path';
import type { KernelMessage } from '@jupyterlab/services';
import { CancellationTokenSource, type NotebookCell, window } from 'vscode';
import type { RunningKernel } from '../kernels/kernel.ts';

/** A question of a cell, as it can be remembered over a reload of the window. */
export type Question = Pick<KernelMessage.IInputRequestMsg, 'header' | 'content'>;

/**
 * Asks the person what a cell wants to know. Cancel is an answer: our kernel is told so, others know no such answer and are
 * interrupted.
 * @param ended Resolves when nobody waits for the answer any more.
 */
export async function answerInput(
  kernel: RunningKernel,
  cell: NotebookCell,
  { header, content }: Question,
  ended: Promise<unknown>,
): Promise<void> {
  const { prompt, password } = content;
  const withdrawn = new CancellationTokenSource();
  void ended.then(() => withdrawn.cancel());
  const value = await window.showInputBox(
    {
      title: `${posix.basename(cell.notebook.uri.path)}: cell ${cell.index + 1} asks`,
      prompt: prompt.trim() === '' ? 'The cell waits for a line of input.' : prompt,
      password,
      ignoreFocusOut: true,
    },
    withdrawn.token,
  );
  if (withdrawn.token.isCancellationRequested) return;
  if (value !== undefined) kernel.connection.sendInputReply({ status: 'ok', value }, header);
  else if (kernel.info.implementation === 'elara') {
    const cancelled = { ename: 'Cancelled', evalue: 'The person gave no answer.', traceback: [] };
    kernel.connection.sendInputReply({ status: 'error', ...cancelled }, header);
  } else await kernel.interrupt();
}
