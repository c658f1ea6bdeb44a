import { posix } from 'node:path';
import type { KernelMessage } from '@jupyterlab/services';
import { CancellationTokenSource, type NotebookCell } from 'vscode';
import type { RunningKernel } from '../kernels/kernel.ts';
import type { CellQuestions } from './cell-questions.ts';

/** A question of a cell, as it can be remembered over a reload of the window. */
export type Question = Pick<KernelMessage.IInputRequestMsg, 'header' | 'content'>;

export interface InputOptions {
  readonly questions: CellQuestions;
  readonly kernel: RunningKernel;
  readonly cell: NotebookCell;
  readonly question: Question;
  /** Resolves when nobody waits for the answer any more. */
  readonly ended: Promise<unknown>;
}

/**
 * Asks the person what a cell wants to know. Cancel is an answer: our kernel is told so, others know no such answer and are
 * interrupted.
 */
export async function answerInput({ questions, kernel, cell, question, ended }: InputOptions): Promise<void> {
  const { header, content } = question;
  const { prompt, password } = content;
  const withdrawn = new CancellationTokenSource();
  void ended.then(() => withdrawn.cancel());
  const title = `${posix.basename(cell.notebook.uri.path)}: cell ${cell.index + 1} asks`;
  const asked = { cell, title, prompt: prompt.trim() || 'The cell waits for a line of input.', password };
  const value = await questions.ask(asked, withdrawn.token);
  if (withdrawn.token.isCancellationRequested) return;
  if (value !== undefined) kernel.connection.sendInputReply({ status: 'ok', value }, header);
  else if (kernel.info.implementation === 'elara') {
    const cancelled = { ename: 'Cancelled', evalue: 'The person gave no answer.', traceback: [] };
    kernel.connection.sendInputReply({ status: 'error', ...cancelled }, header);
  } else await kernel.interrupt();
}
