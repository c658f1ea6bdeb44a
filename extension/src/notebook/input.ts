import { posix } from 'node:path';
import type { KernelMessage } from '@jupyterlab/services';
import { type CancellationToken, CancellationTokenSource, type NotebookCell, ThemeIcon, window } from 'vscode';
import type { RunningKernel } from '../kernels/kernel.ts';
import { askInEditor } from './input-editor.ts';

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
  const title = `${posix.basename(cell.notebook.uri.path)}: cell ${cell.index + 1} asks`;
  const value = await ask(
    { title, prompt: prompt.trim() === '' ? 'The cell waits for a line of input.' : prompt, password },
    withdrawn.token,
  );
  if (withdrawn.token.isCancellationRequested) return;
  if (value !== undefined) kernel.connection.sendInputReply({ status: 'ok', value }, header);
  else if (kernel.info.implementation === 'elara') {
    const cancelled = { ename: 'Cancelled', evalue: 'The person gave no answer.', traceback: [] };
    kernel.connection.sendInputReply({ status: 'error', ...cancelled }, header);
  } else await kernel.interrupt();
}

const SEVERAL_LINES = { iconPath: new ThemeIcon('list-flat'), tooltip: 'Answer in Several Lines' };

interface Asked {
  readonly title: string;
  readonly prompt: string;
  readonly password: boolean;
}

/** Undefined: the person gave no answer, or the question was withdrawn. */
async function ask({ title, prompt, password }: Asked, token: CancellationToken): Promise<string | undefined> {
  const box = window.createInputBox();
  const { promise, resolve } = Promise.withResolvers<'line' | 'lines' | undefined>();
  Object.assign(box, { title, prompt, password, ignoreFocusOut: true, buttons: password ? [] : [SEVERAL_LINES] });
  box.onDidAccept(() => resolve('line'));
  box.onDidTriggerButton(() => resolve('lines'));
  box.onDidHide(() => resolve(undefined));
  token.onCancellationRequested(() => resolve(undefined));
  box.show();
  const answer = await promise;
  const { value } = box;
  box.dispose();
  if (answer === 'lines') return await askInEditor(`${title}: ${prompt}`, value, token);
  return answer && value;
}
