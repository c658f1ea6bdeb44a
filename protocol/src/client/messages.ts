import type { Contents } from '../generated/messages.ts';
import type { ReceivedMessage } from '../message.ts';

/** Types of the messages that the current protocol defines. */
export type MessageType = keyof Contents;

/** What a message of that type says. */
export type ContentOf<T extends MessageType> = Contents[T];

/** A received message of that type. */
export type MessageOf<T extends MessageType> = ReceivedMessage<Contents[T]>;

/** The type of the reply to a request. */
export type ReplyTo<T extends MessageType> = T extends `${infer Name}_request`
  ? Extract<MessageType, `${Name}_reply`>
  : never;

/** Types of the requests that have a reply. */
export type RequestType = { [T in MessageType]: ReplyTo<T> extends never ? never : T }[MessageType];

/** True if `message` is of that type; its content is then typed so. What the kernel sent beside the schema stays in it. */
export function isMessage<T extends MessageType>(
  message: { readonly header: { readonly msg_type: string } },
  type: T,
): message is MessageOf<T> {
  return message.header.msg_type === type;
}
