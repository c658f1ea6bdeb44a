import { after } from '@elara/protocol/client/bounded';

/** After how long a person is told what a list waits for, in milliseconds. */
export const TELL_AFTER_MS = 400;

/** What is told then of a kernel. */
export function saysBusy(kernel: string, what: string): string {
  return `${kernel} is busy, and tells ${what} when it is done.`;
}

export interface LongWait {
  /** After how long the person is told, in milliseconds. */
  readonly tellAfterMs: number;
  /** Tells that it takes long, until `ended` resolves. Resolves then, or when the person does not want to wait any more. */
  tell(ended: Promise<void>): PromiseLike<unknown>;
}

/** Waits for an answer as long as the person wants to. @returns undefined: the person has given up */
export async function waitFor<T>(answer: Promise<T>, { tellAfterMs, tell }: LongWait): Promise<T | undefined> {
  const { promise: givenUp, resolve, reject } = Promise.withResolvers<undefined>();
  const cancelTimer = after(tellAfterMs, () => {
    const ended = answer.then(
      () => undefined,
      () => undefined,
    );
    tell(ended).then(() => resolve(undefined), reject);
  });
  try {
    return await Promise.race([answer, givenUp]);
  } finally {
    cancelTimer();
  }
}
