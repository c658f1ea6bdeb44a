import { readSpec } from './files.ts';

/** A file of `spec/vectors`. `spec/README.md` says what each field means. */
export interface VectorFile {
  readonly description: string;
  readonly vectors: readonly Vector[];
}

/** Messages that one session receives, in this order. */
export interface Vector {
  readonly name: string;
  readonly why: string;
  readonly key: string;
  readonly signature_scheme: string;
  readonly limits?: { readonly json_frame_bytes?: number; readonly buffer_bytes?: number; readonly frames?: number };
  readonly dialect?: '2011';
  /** What refuses the message: reading it, unless it says `content`. */
  readonly stage?: 'content';
  /** The schema of a handshake frame. */
  readonly schema?: 'registration_request' | 'registration_reply';
  readonly expect_session?: Refused;
  readonly messages: readonly VectorMessage[];
}

export interface VectorMessage {
  readonly frames: readonly (HexFrame | FrameRule)[];
  readonly expect: Accepted | Refused;
}

export interface HexFrame {
  readonly hex: string;
  readonly text?: string;
}

/** A frame too large to be written down: these bytes, each so many times. */
export interface FrameRule {
  readonly rule: readonly { readonly hex: string; readonly times: number }[];
}

/** What the message says. Only the verdict, where it is too large to be repeated. */
export interface Accepted {
  readonly verdict: 'accepted';
  readonly identities?: readonly string[];
  readonly header?: Readonly<Record<string, unknown>>;
  readonly parent_header?: Readonly<Record<string, unknown>>;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly content?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly string[];
}

export interface Refused {
  readonly verdict: 'refused';
  readonly code: string;
}

export function readVectors(name: string): VectorFile {
  return readSpec('vectors', `${name}.json`);
}

export function bytesOf(frame: HexFrame | FrameRule): Buffer {
  if ('hex' in frame) return Buffer.from(frame.hex, 'hex');
  return Buffer.concat(frame.rule.map(({ hex, times }) => Buffer.alloc((hex.length / 2) * times, hex, 'hex')));
}
