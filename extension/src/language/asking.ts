import { within } from '@elara/protocol/client/bounded';
import type { Kernel } from '@jupyterlab/services';
import type { CancellationToken } from 'vscode';
import type { RunningKernel } from '../kernels/kernel.ts';
import type { Session } from '../session.ts';
import { IdleQuestions, PATIENCE_MS } from './idle-questions.ts';

/** Kernels whose shell answers questions while a cell runs. */
export function isOurKind({ info }: RunningKernel): boolean {
  return info.implementation === 'elara';
}

/** What a question is about: of other kernels' those of one kind replace each other. */
export type QuestionKind = 'complete' | 'details' | 'hover' | 'signature' | 'definition';

/** Asks kernels on behalf of VS Code, which goes on without an answer when that is late. */
export class Questions {
  readonly #idle = new WeakMap<Kernel.IKernelConnection, IdleQuestions>();

  /** @returns undefined: there is no answer in time, or VS Code does not want it any more. */
  async ask<T>(
    { kernel, pending }: Session,
    kind: QuestionKind,
    send: (connection: Kernel.IKernelConnection) => Promise<T>,
    token: CancellationToken,
  ): Promise<T | undefined> {
    const { connection } = kernel;
    const cancelled = new AbortController();
    const listening = token.onCancellationRequested(() => cancelled.abort());
    if (token.isCancellationRequested) cancelled.abort();
    try {
      if (isOurKind(kernel)) return await answerOf(send(connection), cancelled.signal);
      // Before the cell ends there is no answer in any case.
      if (pending.length > 0) return undefined;
      return await this.#idleOf(connection).ask(kind, () => send(connection), cancelled.signal);
    } finally {
      listening.dispose();
    }
  }

  #idleOf(connection: Kernel.IKernelConnection): IdleQuestions {
    let questions = this.#idle.get(connection);
    if (questions === undefined) {
      questions = new IdleQuestions({
        isIdle: () => connection.status === 'idle',
        onDidChange(listener) {
          connection.statusChanged.connect(listener);
          return { dispose: () => void connection.statusChanged.disconnect(listener) };
        },
      });
      const there = questions;
      connection.disposed.connect(() => there.dispose());
      this.#idle.set(connection, questions);
    }
    return questions;
  }
}

/** The answer, unless it is late or nobody wants it any more. */
async function answerOf<T>(answer: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const { promise: cancelled, resolve } = Promise.withResolvers<undefined>();
  const giveUp = (): void => resolve(undefined);
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  const bounded = within(answer, PATIENCE_MS, () => new Error('late')).catch(() => undefined);
  return await Promise.race([bounded, cancelled]);
}
