import type { ConnectionInfo } from '@elara/protocol/connection';
import { Session } from '@elara/protocol/session';
import type { TypesSettings } from '../types/index.ts';
import { assemble } from './assemble.ts';
import { within } from './bounded.ts';
import type { ServerError } from './errors.ts';
import type { EndReason } from './kernel.ts';
import type { Language } from './kernel-information.ts';
import type { Log } from './log.ts';
import { watchParent } from './parent.ts';
import { handleSignals } from './signals.ts';
import { bindSockets } from './sockets.ts';
import type { WorkerLink, WorkerListener } from './worker-link.ts';

/** How long slow readers of iopub are waited for when the kernel ends, in ms. */
const LAST_FLUSH_MS = 1000;

export interface ServerOptions {
  /** Where to listen, with ports 0 for free ones, and the key. */
  readonly connection: ConnectionInfo;
  /** Makes the worker; it is started and stopped here. */
  readonly worker: (listener: WorkerListener) => WorkerLink;
  readonly log: Log;
  /** SQLite file of the history. Absent: history is kept in memory. */
  readonly historyFile?: string;
  /** What the kernel says it is. Default: `typescript`. */
  readonly language?: Language;
  /** TypeScript's types of the cells, where the language is TypeScript or JavaScript. Absent: only values are known. */
  readonly types?: TypesSettings;
  /** The kernel ends when this process does. */
  readonly parentPid?: number;
  /** Take this process's signals: SIGINT interrupts, SIGTERM and SIGHUP end. Default: false. */
  readonly signals?: boolean;
  /** Name messages on iopub as in 2011 (pyin, pyout, pyerr), and publish `crash`. Default: false. */
  readonly dialect2011?: boolean;
  /** How long iopub waits for a reader that reads nothing, in ms. Default: `STALL_MS`. */
  readonly stallMs?: number;
}

export interface KernelEnd {
  readonly reason: EndReason;
  /** What was wrong, where the kernel ended by itself. */
  readonly error?: ServerError;
}

export interface KernelServer extends AsyncDisposable {
  /** The connection with the ports that were bound. */
  readonly connection: ConnectionInfo;
  /** Resolves when the kernel has ended and released all that it held; never rejects. */
  readonly ended: Promise<KernelEnd>;
  /** Stops the running cell, as interrupt_request does. */
  interrupt(): void;
  /** Ends the kernel. Resolves when it has ended. */
  stop(reason?: EndReason): Promise<KernelEnd>;
}

/**
 * Starts a kernel's server: binds its sockets, starts its worker, answers requests until it is told to end. Resolves
 * when the sockets are bound; requests that run code wait until the worker is ready.
 * @throws ServerError ERR_PORT_IN_USE, ERR_BIND; ProtocolError ERR_SCHEME, ERR_CURVE
 */
export async function startServer(options: ServerOptions): Promise<KernelServer> {
  const { log, connection } = options;
  const session = new Session({ key: connection.key, signatureScheme: connection.signature_scheme });
  if (!session.signed) log.warn('the connection has no key: messages are not signed, whoever can connect is obeyed');
  const sockets = await bindSockets(connection);
  const { promise: ended, resolve } = Promise.withResolvers<KernelEnd>();
  const parts = assemble(options, session, sockets, (reason, error) => void end(reason, error));
  const { kernel, channels } = parts;

  const watches: Disposable[] = [];

  async function end(reason: EndReason, error?: ServerError): Promise<void> {
    if (kernel.ending) return;
    kernel.ending = true;
    for (const watch of watches) watch[Symbol.dispose]();
    log.info(`the kernel ends (${reason})`);
    kernel.subshells.close();
    kernel.types?.[Symbol.dispose]();
    try {
      await kernel.supervisor.stop();
      await within(Promise.resolve(kernel.iopub.flush()), LAST_FLUSH_MS);
      await kernel.history.close();
    } catch (cause) {
      log.error('the kernel did not end cleanly', cause);
    }
    kernel.closed = true;
    kernel.iopub.close();
    for (const channel of channels) channel.close();
    sockets[Symbol.dispose]();
    resolve(error === undefined ? { reason } : { reason, error });
  }

  const stop = async (reason: EndReason = 'disposed'): Promise<KernelEnd> => {
    await end(reason);
    return await ended;
  };
  if (options.parentPid !== undefined) watches.push(watchParent(options.parentPid, () => void end('parent')));
  if (options.signals === true) {
    watches.push(handleSignals({ interrupt: () => kernel.interrupt(), end: () => void end('signal') }));
  }
  void kernel.supervisor.start();
  parts.listen();
  return {
    connection: sockets.info,
    ended,
    interrupt: () => kernel.interrupt(),
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}
