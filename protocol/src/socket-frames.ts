import { isUtf8 } from 'node:buffer';

/** zeromq.js copies frames up to this size, in bytes. */
const COPIED = 128;
/** Above this size, in bytes, a copy costs more than a reference. */
const REFERENCED = 16 * 1024;

/**
 * Frames as zeromq.js sends them at the least cost. Of a buffer over 128 bytes it keeps a reference, which libzmq's thread
 * hands back to this one: some 10 µs a frame and a wake-up of the event loop. A string it copies. So JSON of the usual
 * size goes out as a string.
 */
export function socketFrames(frames: readonly Uint8Array[]): (Uint8Array | string)[] {
  return frames.map((frame) => {
    const { byteLength } = frame;
    if (byteLength <= COPIED || byteLength > REFERENCED || !isUtf8(frame)) return frame;
    return Buffer.from(frame.buffer, frame.byteOffset, byteLength).toString('utf8');
  });
}
