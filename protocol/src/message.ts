import type { Contents, Contents2011, Header } from './generated/messages.ts';

export type { Header } from './generated/messages.ts';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export type JsonObject = { [key: string]: Json };

/** Either a value, or the UTF-8 bytes of its JSON, already encoded: hot paths pass bytes through unparsed. */
export type Encoded<T> = T | Uint8Array;

/** The version of the protocol that this package speaks, as its headers say. */
export const PROTOCOL_VERSION = '5.6';

/** Of a message that nothing caused. */
export type NoHeader = Record<string, never>;

export interface Message<C = JsonObject> {
  /** Routing identities, outermost first; on iopub the topic. */
  identities: Buffer[];
  header: Header;
  parentHeader: Header | NoHeader;
  metadata: JsonObject;
  content: C;
  buffers: Uint8Array[];
}

/** Types of the messages of the current protocol. */
export type MessageType = keyof Contents;

/** What a message of that type says. */
export type ContentOf<T extends MessageType> = Contents[T];

/** What a message of that type says in the dialect of 2011. */
export type ContentOf2011<T extends keyof Contents2011> = Contents2011[T];

export type MessageOf<T extends MessageType> = Message<Contents[T]> & { header: Header & { msg_type: T } };

/** Any message of the current protocol: the type of `content` follows from `header.msg_type`. */
export type AnyMessage = { [T in MessageType]: MessageOf<T> }[MessageType];

/** A message as a session received it. */
export interface ReceivedMessage<C = JsonObject> extends Message<C> {
  /** The header's bytes as received: what the parent header of every answer is made of, byte for byte. */
  rawHeader: Buffer;
}

/** What a session needs to make a message. */
export interface OutgoingMessage {
  readonly identities?: readonly Uint8Array[];
  readonly header: Encoded<Header>;
  /** Absent: `{}`. */
  readonly parentHeader?: Encoded<Header | NoHeader>;
  /** Absent: `{}`. */
  readonly metadata?: Encoded<Readonly<Record<string, unknown>>>;
  readonly content: Encoded<unknown>;
  /** Sent as they are, unsigned. */
  readonly buffers?: readonly Uint8Array[];
}

/** The id of the message that caused this one, or undefined where none did. */
export function parentId(message: Pick<Message<unknown>, 'parentHeader'>): string | undefined {
  return message.parentHeader.msg_id;
}
