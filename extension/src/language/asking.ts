import { within } from '@elara/protocol/client/bounded';
import type { CancellationToken } from 'vscode';
import type { RunningKernel } from '../kernels/kernel.ts';
import type { Session } from '../session.ts';

/** How long an answer may take before VS Code goes on without it, in milliseconds. */
const ANSWER_MS = 3000;

/** Kernels whose shell answers questions while a cell runs. */
export function isOurKind({ info }: RunningKernel): boolean {
  return info.implementation === 'elara';
}

/** True if the kernel answers questions now: most kernels do so only between cells. */
export function canAsk({ kernel, pending }: Session): boolean {
  return isOurKind(kernel) || (pending.length === 0 && kernel.connection.status === 'idle');
}

/** The answer, unless it is late or nobody wants it any more. */
export async function answerOf<T>(answer: Promise<T>, token: CancellationToken): Promise<T | undefined> {
  const { promise: cancelled, resolve } = Promise.withResolvers<undefined>();
  const listening = token.onCancellationRequested(() => resolve(undefined));
  answer.catch(() => undefined);
  try {
    return await Promise.race([within(answer, ANSWER_MS, () => new Error('late')).catch(() => undefined), cancelled]);
  } finally {
    listening.dispose();
  }
}
