import { commands, ProgressLocation, window } from 'vscode';
import type { Context } from '../context.ts';
import { detailsOf } from '../log.ts';
import type { NotebookSession } from './notebook-session.ts';

/** How long an interrupt or a restart may take before something stronger is offered, in milliseconds. */
const PATIENCE_MS = 10_000;

export interface KernelControl {
  interrupt(session: NotebookSession): Promise<void>;
  restart(session: NotebookSession): Promise<void>;
  restartAndRunAll(session: NotebookSession): Promise<void>;
}

/** Stopping and starting anew, each with what helps when it does not come about. */
export function kernelControl({ log, showError }: Context): KernelControl {
  async function interrupt(session: NotebookSession): Promise<void> {
    const { displayName } = session.kernel;
    log.info(`Interrupting ${displayName}`);
    const done = session.interrupt().catch((error: unknown) => {
      log.warn(`${displayName} was not interrupted: ${detailsOf(error)}`);
      return Promise.reject(error);
    });
    const what = await inTime(done, () => undefined).then(
      (isDone) => (isDone ? undefined : `${displayName} does not stop.`),
      (error: unknown) => `${displayName} cannot be interrupted: ${error instanceof Error ? error.message : error}`,
    );
    if (what === undefined) return;
    const pressed = await showError(`${what} Restart it? Its variables are lost then.`, RESTART, WAIT);
    if (pressed === RESTART) await restart(session);
  }

  /** @throws Error if it cannot be restarted */
  async function restart(session: NotebookSession): Promise<boolean> {
    const { kernel } = session;
    const { displayName } = kernel;
    log.info(`Restarting ${displayName}`);
    const restarted = session.restart();
    const title = `Restarting ${displayName}…`;
    const isDone = await window.withProgress({ location: ProgressLocation.Window, title }, () =>
      inTime(restarted, (error) => log.warn(`${displayName} was not restarted: ${detailsOf(error)}`)),
    );
    if (isDone) return true;
    const what = `${displayName} does not restart. End its process? The next run starts another.`;
    if ((await showError(what, END, WAIT)) !== END) {
      await restarted;
      return true;
    }
    try {
      await kernel.kill();
    } finally {
      session.dispose();
    }
    return false;
  }

  return {
    interrupt,
    async restart(session) {
      await restart(session);
    },
    async restartAndRunAll(session) {
      if (await restart(session)) await commands.executeCommand('notebook.execute', session.notebook.uri);
    },
  };
}

const RESTART = 'Restart';
const END = 'End Process';
const WAIT = 'Wait';

/**
 * Whether something comes to its end before patience does.
 * @param onLate Told why it failed, if that is after.
 */
async function inTime(promise: Promise<unknown>, onLate: (error: unknown) => void): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, PATIENCE_MS, false);
  try {
    const isDone = await Promise.race([promise.then(() => true as const), late]);
    if (!isDone) promise.catch(onLate);
    return isDone;
  } finally {
    clearTimeout(timer);
  }
}
