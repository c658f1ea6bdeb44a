import type { ContentOf, MessageType } from '@elara/protocol/message';
import { assertValid } from '@elara/protocol/validate';
import type { Kernel } from './kernel.ts';
import type { Answer, Handler, Reply, Request } from './request.ts';

export interface QueuedOptions {
  /** The answer says busy by itself. */
  readonly announces?: boolean;
  /** What is replied where a cell before it failed. Absent: it runs all the same. */
  readonly abort?: (kernel: Kernel, request: Request) => Reply;
}

function prepareWith<T extends MessageType>(msgType: T, answer: Answer<ContentOf<T>>): Handler['prepare'] {
  return (kernel, request) => {
    const content: unknown = request.content;
    assertValid(msgType, content);
    return () => answer(kernel, request, content);
  };
}

/** A request that is answered at once, also while a cell is running. */
export function immediate<T extends MessageType>(msgType: T, answer: Answer<ContentOf<T>>): Handler {
  return { msgType, queued: false, announces: false, prepare: prepareWith(msgType, answer) };
}

/** A request that runs the user's code and waits for its turn. */
export function queued<T extends MessageType>(
  msgType: T,
  answer: Answer<ContentOf<T>>,
  options: QueuedOptions = {},
): Handler {
  return { msgType, queued: true, announces: false, ...options, prepare: prepareWith(msgType, answer) };
}
