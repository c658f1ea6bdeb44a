import { deserialize } from 'node:v8';
import { FrameType } from './frame.ts';

/** The value that a frame of a channel carries: a structured clone, or bytes as they are. */
export function decodePayload(type: number, payload: Uint8Array): unknown {
  if (type !== FrameType.bytes) return deserialize(payload);
  return new Uint8Array(payload.buffer, payload.byteOffset, payload.byteLength);
}
