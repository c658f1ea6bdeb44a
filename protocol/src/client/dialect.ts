import { encode, parseObject } from '../codec.ts';
import type { Adapted, AdaptedRequest } from '../dialect-2011/values.ts';
import { headerTo2011, publicationFrom2011, requestTo2011 } from '../dialect-2011.ts';
import type { Header, ReceivedMessage } from '../message.ts';

/** What a request is on the wire. */
export interface WireRequest extends Adapted {
  readonly header: Header;
}

/** Between a client, which speaks the current protocol, and a kernel of another age. */
export interface Dialect {
  /** @throws ProtocolError ERR_SCHEMA */
  request(header: Header, content: object): WireRequest;
  /** @throws ProtocolError ERR_SCHEMA */
  reply(message: ReceivedMessage): ReceivedMessage;
  /** A message on iopub or stdin; undefined where there is nothing of the kind today. */
  publication(message: ReceivedMessage): ReceivedMessage | undefined;
  /** Forgets the requests that are not answered. */
  forget(): void;
}

/** The error of a kernel that says no more than that there was one (tslab). */
export const UNTOLD = { ename: 'Error', evalue: 'The kernel does not say why.', traceback: [] as string[] };

/** For kernels of today: everything passes as it is, but for what an error must have. */
export const CURRENT: Dialect = {
  request: (header, content) => ({ header, msgType: header.msg_type, content: { ...content } }),
  reply: (message) =>
    message.content.status === 'error' ? { ...message, content: { ...UNTOLD, ...message.content } } : message,
  publication: (message) => message,
  forget: () => undefined,
};

/** For kernels of 2011 (spec: "The 2011 dialect"). */
export function dialect2011(): Dialect {
  const replies = new Map<string, AdaptedRequest['reply']>();
  return {
    request(header, content) {
      const { msgType, content: old, reply } = requestTo2011(header.msg_type, { ...content });
      if (msgType.endsWith('_request')) replies.set(header.msg_id, reply);
      return { header: headerTo2011({ ...header, msg_type: msgType }), msgType, content: old };
    },
    reply(message) {
      const id = message.parentHeader.msg_id ?? '';
      const adapt = replies.get(id);
      replies.delete(id);
      return adapt ? renamed(message, adapt(message.header.msg_type, message.content)) : message;
    },
    publication(message) {
      const adapted = publicationFrom2011(message.header.msg_type, message.content);
      return adapted && renamed(message, adapted);
    },
    forget: () => replies.clear(),
  };
}

function renamed(message: ReceivedMessage, { msgType, content }: Adapted): ReceivedMessage {
  return {
    ...message,
    header: { ...message.header, msg_type: msgType },
    content: parseObject(encode(content), 'content'),
  };
}
