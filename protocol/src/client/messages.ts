import type { Message, MessageOf, MessageType } from '../message.ts';

/** The type of the reply to a request. */
export type ReplyTo<T extends MessageType> = T extends `${infer Name}_request`
  ? Extract<MessageType, `${Name}_reply`>
  : never;

/** Types of the requests that have a reply. */
export type RequestType = { [T in MessageType]: ReplyTo<T> extends never ? never : T }[MessageType];

/** True if `message` is of that type; its content is then typed so. A client hands out only messages that fit their schema. */
export function isMessage<T extends MessageType>(message: Message<unknown>, type: T): message is MessageOf<T> {
  return message.header.msg_type === type;
}
