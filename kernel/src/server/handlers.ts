import type { ContentOf, ContentOf2011, MessageType } from '@elara/protocol/message';
import { assertValid, type Validated } from '@elara/protocol/validate';
import type { Kernel } from './kernel.ts';
import type { Answer, Handler, Reply, Request } from './request.ts';

export interface QueuedOptions {
  /** The answer says busy by itself. */
  readonly announces?: boolean;
  /** What is replied where a cell before it failed. Absent: it runs all the same. */
  readonly abort?: (kernel: Kernel, request: Request) => Reply;
  /** Whether it may be answered now beside a cell that runs. Absent: it waits for the end of the cell. */
  readonly beside?: (kernel: Kernel, request: Request) => boolean;
}

type MessageType2011 = keyof Validated[2011];

/** A request that is answered at once, also while a cell is running. */
export function immediate<T extends MessageType>(msgType: T, answer: Answer<ContentOf<T>>): Handler {
  return { msgType, queued: false, announces: false, only2011: false, prepare: checking(msgType, answer) };
}

/** A request that runs the user's code and waits for its turn. */
export function queued<T extends MessageType>(
  msgType: T,
  answer: Answer<ContentOf<T>>,
  options: QueuedOptions = {},
): Handler {
  return { msgType, queued: true, announces: false, only2011: false, ...options, prepare: checking(msgType, answer) };
}

/** A request that the current protocol does not have; answered at once. */
export function immediate2011<T extends MessageType2011>(msgType: T, answer: Answer<ContentOf2011<T>>): Handler {
  return {
    msgType,
    queued: false,
    announces: false,
    only2011: true,
    prepare(kernel, request) {
      const content: unknown = request.content;
      assertValid(msgType, content, 2011);
      return { answer: () => answer(kernel, request, content) };
    },
  };
}

function checking<T extends MessageType>(msgType: T, answer: Answer<ContentOf<T>>): Handler['prepare'] {
  return (kernel, request) => {
    const content: unknown = request.content;
    assertValid(msgType, content);
    return { answer: () => answer(kernel, request, content) };
  };
}
