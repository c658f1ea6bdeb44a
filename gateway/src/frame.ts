/**
 * The wire between the two sides of a gateway: `length u32, channel u32, type u8, payload`, little endian; `length`
 * counts what follows it. Pure: bytes in, frames out.
 */
export const FrameType = { hello: 0, exec: 1, data: 2, close: 3, bytes: 4 } as const;
export type FrameType = (typeof FrameType)[keyof typeof FrameType];

/** For the gateway itself: `hello` from the other side, `close` when this side is about to close the wire. */
export const GATEWAY_CHANNEL = 0;

export interface Frame {
  readonly channel: number;
  readonly type: number;
  readonly payload: Buffer;
}

const LENGTH = 4;
export const FRAME_HEADER_BYTES = LENGTH + 5;

/** One contiguous frame. */
export function encodeFrame(channel: number, type: FrameType, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(FRAME_HEADER_BYTES + payload.byteLength);
  frame.set(payload, writeFrameHeader(frame, 0, channel, type, payload.byteLength));
  return frame;
}

/** Writes what goes before a payload. Returns where the payload begins. */
export function writeFrameHeader(
  target: Buffer,
  at: number,
  channel: number,
  type: FrameType,
  payloadBytes: number,
): number {
  target.writeUInt32LE(payloadBytes + FRAME_HEADER_BYTES - LENGTH, at);
  target.writeUInt32LE(channel, at + LENGTH);
  return target.writeUInt8(type, at + LENGTH + 4);
}

/** Cuts a stream of bytes into frames; joins chunks only once a frame is whole. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;
  #wanted = FRAME_HEADER_BYTES;
  readonly #onFrame: (frame: Frame) => void;

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#wanted) return;
    let bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#size);
    this.#wanted = FRAME_HEADER_BYTES;
    while (bytes.length >= FRAME_HEADER_BYTES) {
      const end = LENGTH + bytes.readUInt32LE(0);
      if (bytes.length < end) {
        this.#wanted = end;
        break;
      }
      this.#onFrame({
        channel: bytes.readUInt32LE(LENGTH),
        type: bytes.readUInt8(LENGTH + 4),
        payload: bytes.subarray(FRAME_HEADER_BYTES, end),
      });
      bytes = bytes.subarray(end);
    }
    this.#chunks = bytes.length > 0 ? [bytes] : [];
    this.#size = bytes.length;
  }
}
