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
const HEADER = LENGTH + 5;

/** One contiguous frame. */
export function encodeFrame(channel: number, type: FrameType, payload: Uint8Array): Buffer {
  const frame = Buffer.allocUnsafe(HEADER + payload.byteLength);
  writeHeader(frame, channel, type, payload.byteLength);
  frame.set(payload, HEADER);
  return frame;
}

/** The frame of a payload that is not copied: what goes before it. */
export function encodeFrameHeader(channel: number, type: FrameType, payloadBytes: number): Buffer {
  const header = Buffer.allocUnsafe(HEADER);
  writeHeader(header, channel, type, payloadBytes);
  return header;
}

function writeHeader(frame: Buffer, channel: number, type: FrameType, payloadBytes: number): void {
  frame.writeUInt32LE(payloadBytes + HEADER - LENGTH, 0);
  frame.writeUInt32LE(channel, LENGTH);
  frame[LENGTH + 4] = type;
}

/** Cuts a stream of bytes into frames; joins chunks only once a frame is whole. */
export class FrameReader {
  #chunks: Buffer[] = [];
  #size = 0;
  #wanted = HEADER;
  readonly #onFrame: (frame: Frame) => void;

  constructor(onFrame: (frame: Frame) => void) {
    this.#onFrame = onFrame;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#wanted) return;
    let bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#size);
    this.#wanted = HEADER;
    while (bytes.length >= HEADER) {
      const end = LENGTH + bytes.readUInt32LE(0);
      if (bytes.length < end) {
        this.#wanted = end;
        break;
      }
      this.#onFrame({
        channel: bytes.readUInt32LE(LENGTH),
        type: bytes.readUInt8(LENGTH + 4),
        payload: bytes.subarray(HEADER, end),
      });
      bytes = bytes.subarray(end);
    }
    this.#chunks = bytes.length > 0 ? [bytes] : [];
    this.#size = bytes.length;
  }
}
