import { EXIT_INTERRUPTED } from './invocation.ts';

const ending: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Aborts at the first signal that asks this process to end, so that what it started can be ended first; the second one
 * ends it at once. Dispose of it when nothing is left to clean up.
 */
export function abortOnSignals(): { readonly signal: AbortSignal } & Disposable {
  const controller = new AbortController();
  const listener = (): void => {
    // Children are ended by the launcher's handler of 'exit'.
    if (controller.signal.aborted) process.exit(EXIT_INTERRUPTED);
    controller.abort();
  };
  for (const name of ending) process.on(name, listener);
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      for (const name of ending) process.off(name, listener);
    },
  };
}
