import type { KernelMessage } from '@jupyterlab/services';
import { window } from 'vscode';
import type { RunningKernel } from '../kernels/kernel.ts';

/**
 * Asks the person what a cell wants to know. Cancel is an answer: our kernel is told so, others know no such answer and are
 * interrupted.
 */
export async function answerInput(kernel: RunningKernel, request: KernelMessage.IInputRequestMsg): Promise<void> {
  const { prompt, password } = request.content;
  const value = await window.showInputBox({
    title: kernel.displayName,
    prompt: prompt.trim() === '' ? 'The cell waits for a line of input.' : prompt,
    password,
    ignoreFocusOut: true,
  });
  if (value !== undefined) kernel.connection.sendInputReply({ status: 'ok', value }, request.header);
  else if (kernel.info.implementation === 'elara') {
    const cancelled = { ename: 'Cancelled', evalue: 'The person gave no answer.', traceback: [] };
    kernel.connection.sendInputReply({ status: 'error', ...cancelled }, request.header);
  } else await kernel.interrupt();
}
