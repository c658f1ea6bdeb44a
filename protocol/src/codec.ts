/** Bytes <-> parts of a message, with neither sockets nor keys. Spec: "Wire". */
import { isUtf8 } from 'node:buffer';
import { ProtocolError } from './errors.ts';
import type { Header, JsonObject, NoHeader } from './message.ts';

/** Between the routing identities and the signature. */
export const DELIMITER = Buffer.from('<IDS|MSG>');

/** JSON frames of a message: header, parent header, metadata, content. */
const JSON_FRAMES = 4;

/** `{}` as bytes. */
export const EMPTY_OBJECT = Buffer.from('{}');
const NULL = Buffer.from('null');

/** Bounds on what is received, so that nobody makes this process run out of memory by one message. */
export interface Limits {
  /** Frames of one message, identities and buffers included. */
  readonly maxFrames: number;
  /** Bytes of one JSON frame. Must stay below V8's longest string (512 MiB). */
  readonly maxJsonBytes: number;
  /** Bytes of one buffer, or of one identity. */
  readonly maxBufferBytes: number;
}

export const DEFAULT_LIMITS: Limits = {
  maxFrames: 4096,
  maxJsonBytes: 256 * 1024 * 1024,
  maxBufferBytes: 2 * 1024 * 1024 * 1024,
};

/** A message as frames. The frames are those received: nothing is copied. */
export interface Parts {
  readonly identities: Buffer[];
  readonly signature: Buffer;
  /** Header, parent header, metadata, content: what the signature covers. */
  readonly json: readonly [header: Buffer, parentHeader: Buffer, metadata: Buffer, content: Buffer];
  readonly buffers: Buffer[];
}

/**
 * Takes received frames apart.
 * @throws ProtocolError ERR_NO_DELIMITER, ERR_TRUNCATED, ERR_TOO_LARGE
 */
export function split(frames: readonly Buffer[], limits: Limits = DEFAULT_LIMITS): Parts {
  if (frames.length > limits.maxFrames) {
    throw new ProtocolError(
      'ERR_TOO_LARGE',
      `message of ${frames.length} frames: at most ${limits.maxFrames} are read`,
    );
  }
  const delimiter = frames.findIndex((frame) => frame.equals(DELIMITER));
  if (delimiter < 0) {
    throw new ProtocolError('ERR_NO_DELIMITER', `message of ${frames.length} frames without the delimiter <IDS|MSG>`);
  }
  const [signature, header, parentHeader, metadata, content] = frames.slice(delimiter + 1, delimiter + 2 + JSON_FRAMES);
  if (!signature || !header || !parentHeader || !metadata || !content) {
    throw new ProtocolError(
      'ERR_TRUNCATED',
      `message of ${frames.length - delimiter - 1} frames after its delimiter: a signature and ${JSON_FRAMES} are needed`,
    );
  }
  const parts: Parts = {
    identities: frames.slice(0, delimiter),
    signature,
    json: [header, parentHeader, metadata, content],
    buffers: frames.slice(delimiter + 2 + JSON_FRAMES),
  };
  for (const frame of parts.json) checkSize(frame, limits.maxJsonBytes);
  for (const frame of parts.identities) checkSize(frame, limits.maxBufferBytes);
  for (const frame of parts.buffers) checkSize(frame, limits.maxBufferBytes);
  return parts;
}

function checkSize(frame: Buffer, most: number): void {
  if (frame.length > most) {
    throw new ProtocolError('ERR_TOO_LARGE', `frame of ${frame.length} bytes: at most ${most} are read`);
  }
}

/**
 * The JSON object in a frame.
 * @param name What the frame is, for the error.
 * @throws ProtocolError ERR_UTF8, ERR_JSON
 */
export function parseObject(frame: Uint8Array, name: string): JsonObject {
  if (!isUtf8(frame)) throw new ProtocolError('ERR_UTF8', `${name} is not UTF-8`);
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength).toString('utf8'));
  } catch (cause) {
    throw new ProtocolError('ERR_JSON', `${name} is not JSON`, { cause });
  }
  if (!isObject(value)) throw new ProtocolError('ERR_JSON', `${name} is not a JSON object`);
  return value;
}

/** As `parseObject`, of a frame that some kernels (those of xeus) write as `null` where they have nothing to say. */
export function parseOptionalObject(frame: Uint8Array, name: string): JsonObject {
  return frame.length === NULL.length && NULL.equals(frame) ? {} : parseObject(frame, name);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The JSON of a value as bytes; bytes pass through as they are.
 * @throws ProtocolError ERR_JSON where the value has no JSON (a cycle, a bigint, a function, undefined).
 */
export function encode(value: unknown): Uint8Array {
  if (value instanceof Uint8Array) return value;
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new ProtocolError('ERR_JSON', 'a value to be sent has no JSON', { cause });
  }
  if (text === undefined)
    throw new ProtocolError('ERR_JSON', `a value to be sent has no JSON: it is a ${typeof value}`);
  return Buffer.from(text, 'utf8');
}

/**
 * The header of a message. `msg_id` and `msg_type` must be there; what the 2011 dialect or a careless client leaves out
 * is filled: `session` and `username` by the empty string, `date` by the time of receipt.
 * @throws ProtocolError ERR_UTF8, ERR_JSON, ERR_SCHEMA
 */
export function parseHeader(frame: Uint8Array): Header {
  const { msg_id, msg_type, session, username, date, version, subshell_id, ...unknown } = parseObject(frame, 'header');
  if (typeof msg_id !== 'string' || msg_id === '') throw notAString('msg_id');
  if (typeof msg_type !== 'string' || msg_type === '') throw notAString('msg_type');
  const header: Header = {
    ...unknown,
    msg_id,
    session: text(session, 'session') ?? '',
    username: text(username, 'username') ?? '',
    date: text(date, 'date') ?? new Date().toISOString(),
    msg_type,
  };
  const checkedVersion = text(version, 'version');
  if (checkedVersion !== undefined) header.version = checkedVersion;
  // R sends a null back as an empty object.
  const isMain = isObject(subshell_id) && Object.keys(subshell_id).length === 0;
  if (subshell_id !== undefined) header.subshell_id = isMain ? null : (text(subshell_id, 'subshell_id') ?? null);
  return header;
}

/** Null counts as absent: R's and other clients' JSON writers turn what is missing into it. */
function text(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw notAString(field);
  return value;
}

function notAString(field: string): ProtocolError {
  return new ProtocolError('ERR_SCHEMA', `header.${field} is not a string, or empty where it must not be`);
}

/**
 * The parent header of a message, or `{}`.
 * @throws ProtocolError ERR_UTF8, ERR_JSON, ERR_SCHEMA
 */
export function parseParentHeader(frame: Uint8Array): Header | NoHeader {
  if (frame.length === 2 && EMPTY_OBJECT.equals(frame)) return {};
  const parent = parseOptionalObject(frame, 'parent_header');
  // Some kernels give a header without an id where nothing caused the message.
  if (typeof parent.msg_id !== 'string' || typeof parent.msg_type !== 'string') return {};
  return parseHeader(frame);
}
