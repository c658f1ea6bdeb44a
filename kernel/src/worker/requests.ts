import type { Command, ServerAnswer } from '../link.ts';
import { decodeExecution } from '../link-codec.ts';

/** What the server sends to the main thread beside commands. */
export type ToWorker =
  | Command
  | ServerAnswer
  /** `question`: the id of an InputQuestion. */
  | { readonly op: 'inputReply'; readonly question: number; readonly value: string | null }
  /** Also sent to the thread that reads the wire, which sees to it that this is not ignored. */
  | { readonly op: 'interrupt'; readonly serial: number };

/** What came over the channel. */
export function decodeToWorker(value: unknown): ToWorker {
  return value instanceof Uint8Array ? decodeExecution(value) : (value as ToWorker);
}

/** Given to the worker at its start. */
export interface WorkerArguments {
  /** The notebook's folder: relative paths and packages are found from here. */
  readonly folder: string;
}
