import type { ConnectionInfo } from '@elara/protocol/connection';
import { Session } from '@elara/protocol/session';
import { assemble } from './assemble.ts';
import type { ServerError } from './errors.ts';
import type { EndReason } from './kernel.ts';
import type { Language } from './kernel-information.ts';
import type { Log } from './log.ts';
import { bindSockets } from './sockets.ts';
import type { WorkerLink, WorkerListener } from './worker-link.ts';

/** How long a worker may take to end when the kernel ends, in ms; then it is killed, its children too. */
const GRACE_MS = 2000;

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

  async function end(reason: EndReason, error?: ServerError): Promise<void> {
    if (kernel.ending) return;
    kernel.ending = true;
    log.info(`the kernel ends (${reason})`);
    kernel.queue.close();
    try {
      await kernel.worker.stop({ graceMs: GRACE_MS });
      await kernel.queue.running;
    } catch (cause) {
      log.error('the worker could not be ended', cause);
    }
    kernel.history.close();
    kernel.iopub.close();
    for (const channel of channels) channel.close();
    sockets[Symbol.dispose]();
    resolve(error === undefined ? { reason } : { reason, error });
  }

  const stop = async (reason: EndReason = 'disposed'): Promise<KernelEnd> => {
    await end(reason);
    return await ended;
  };
  kernel.worker.start().catch((cause: unknown) => kernel.workerLost(cause));
  parts.listen();
  return {
    connection: sockets.info,
    ended,
    interrupt: () => kernel.interrupt(),
    stop,
    [Symbol.asyncDispose]: async () => void (await stop()),
  };
}
