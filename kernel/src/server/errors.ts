import type { WorkerEnd } from '../link.ts';
import { howItEnded } from './worker-ended.ts';

/** Why the kernel's server could not start, or ended. */
export type ServerErrorCode =
  /** A port of the connection is taken by another process. */
  | 'ERR_PORT_IN_USE'
  /** A socket could not be bound for another reason: no such address, no right to it. */
  | 'ERR_BIND'
  /** A socket failed while the kernel was running. */
  | 'ERR_SOCKET'
  /** The worker could not be started, or ended again and again before it ran anything. */
  | 'ERR_WORKER';

export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly code: ServerErrorCode;

  constructor(code: ServerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A command was not answered because the worker ended. */
export class WorkerEndedError extends Error {
  override readonly name = 'WorkerEndedError';
  readonly code = 'ERR_WORKER_ENDED';
  readonly end: WorkerEnd;

  constructor(end: WorkerEnd) {
    super(`the worker ${howItEnded(end)}`);
    this.end = end;
  }
}
