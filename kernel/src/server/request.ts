import type { AdaptedRequest } from '@elara/protocol/dialect-2011';
import type { ReceivedMessage } from '@elara/protocol/message';
import type { Kernel } from './kernel.ts';
import type { ExecutionQueue } from './queue.ts';

/** A request as it came in, with what is needed to answer it. */
export interface Request {
  /** Where it came in, and where its reply goes. */
  readonly channel: 'shell' | 'control';
  readonly message: ReceivedMessage;
  /** Its content, in the terms of the current protocol. */
  readonly content: Readonly<Record<string, unknown>>;
  /** Its header as received: the parent header of everything that it causes. */
  readonly parent: Buffer;
  /** Whose it is: the session of its header. An error aborts the queue of its client only. */
  readonly client: string;
  /** Where it waits for its turn, if it runs the user's code: the queue of its shell or subshell. */
  readonly queue: ExecutionQueue;
  /** Puts the reply in the terms of 2011, for a request of that dialect. */
  readonly translate?: AdaptedRequest['reply'];
}

/** What is sent back. */
export interface Reply {
  readonly content: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Called when reply and idle have been handed to the sockets. */
  readonly after?: () => void | Promise<void>;
}

/** Answers one type of request; undefined where the type has no reply (comms). */
export type Answer<Content> = (
  kernel: Kernel,
  request: Request,
  content: Content,
) => Reply | undefined | Promise<Reply | undefined>;

/** What the dispatcher knows of a type of request. */
export interface Handler {
  readonly msgType: string;
  /** Whether it runs the user's code: then it waits for its turn in the queue. */
  readonly queued: boolean;
  /** Whether the answer says busy by itself. */
  readonly announces: boolean;
  /** Whether it is of the 2011 dialect, whatever the header says. */
  readonly only2011: boolean;
  /** What is replied where it is aborted by the failure of a cell before it; absent: it is not aborted. */
  readonly abort?: (kernel: Kernel, request: Request) => Reply;
  /** Whether it may be answered now beside a cell that runs. Absent: it waits for the end of the cell. */
  readonly beside?: (kernel: Kernel, request: Request) => boolean;
  /** Checks the content and returns what answers it. @throws ProtocolError ERR_SCHEMA */
  prepare(kernel: Kernel, request: Request): Prepared;
}

/** A request whose content was checked, ready to be answered. */
export interface Prepared {
  /** Begins the user's code of it early: see `Job`. */
  readonly begin?: () => void;
  readonly answer: () => Reply | undefined | Promise<Reply | undefined>;
}

/** `execute_request` -> `execute_reply`. */
export function replyType(msgType: string): string {
  return msgType.replace(/_request$/, '_reply');
}
