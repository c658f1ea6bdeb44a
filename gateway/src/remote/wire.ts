import { writeSync, writevSync } from 'node:fs';
import { FRAME_HEADER_BYTES, type FrameType, writeFrameHeader } from '../frame.ts';
import { endProcessGroup } from './process-group.ts';

const FREE = 0;
/** Room for frames that leave together, in bytes. Larger ones are written from where they are. */
const ROOM = 1 << 16;

/**
 * The writing end of the wire, shared by the threads of one process: a lock in shared memory, and blocking writes.
 * Blocking is the flow control: who writes faster than the other side reads, waits.
 */
export class Wire {
  readonly #fd: number;
  readonly #lock: Int32Array;
  readonly #owner: number;
  #depth = 0;
  /** Frames of the exclusive action that goes on: they leave together, by one system call, which wakes the other side once. */
  readonly #gathered = Buffer.allocUnsafeSlow(ROOM);
  #written = 0;
  #end = 0;

  /** @param owner a number that is not 0 and is unique to the thread. */
  constructor(fd: number, lock: SharedArrayBuffer, owner: number) {
    this.#fd = fd;
    this.#lock = new Int32Array(lock, 0, 1);
    this.#owner = owner;
  }

  /** Takes a frame with its payload in parts, which are free again when this returns. */
  write(channel: number, type: FrameType, payload: readonly Uint8Array[]): void {
    let bytes = 0;
    for (const part of payload) bytes += part.byteLength;
    this.exclusive(() => {
      if (this.#end + FRAME_HEADER_BYTES + bytes > ROOM) this.#writeGathered();
      this.#end = writeFrameHeader(this.#gathered, this.#end, channel, type, bytes);
      if (this.#end + bytes > ROOM) {
        this.#writeGathered();
        writeAll(this.#fd, payload);
        return;
      }
      for (const part of payload) {
        this.#gathered.set(part, this.#end);
        this.#end += part.byteLength;
      }
    });
  }

  exclusive<T>(action: () => T): T {
    this.#acquire();
    try {
      return action();
    } finally {
      this.#leave();
    }
  }

  tryExclusive(action: () => void): boolean {
    if (this.#depth === 0 && Atomics.compareExchange(this.#lock, 0, FREE, this.#owner) !== FREE) return false;
    this.#depth++;
    try {
      action();
    } finally {
      this.#leave();
    }
    return true;
  }

  /** A terminated execution runs no `finally`: its thread calls this once it is back. */
  release(): void {
    this.#depth = 0;
    if (Atomics.load(this.#lock, 0) === this.#owner) this.#writeGathered();
    if (Atomics.compareExchange(this.#lock, 0, this.#owner, FREE) === this.#owner) Atomics.notify(this.#lock, 0, 1);
  }

  #writeGathered(): void {
    // What is left stays here: a thread whose code is terminated in between goes on with it.
    while (this.#written < this.#end) {
      this.#written += attempt(() => writeSync(this.#fd, this.#gathered, this.#written, this.#end - this.#written));
    }
    this.#written = 0;
    this.#end = 0;
  }

  #acquire(): void {
    if (this.#depth === 0) {
      for (;;) {
        const holder = Atomics.compareExchange(this.#lock, 0, FREE, this.#owner);
        if (holder === FREE) break;
        Atomics.wait(this.#lock, 0, holder);
      }
    }
    this.#depth++;
  }

  #leave(): void {
    if (--this.#depth > 0) return;
    this.#writeGathered();
    Atomics.store(this.#lock, 0, FREE);
    Atomics.notify(this.#lock, 0, 1);
  }
}

function writeAll(fd: number, parts: readonly Uint8Array[]): void {
  let left = parts;
  while (left.length > 0)
    left = after(
      attempt(() => writevSync(fd, left)),
      left,
    );
}

/** Bytes that were written: none where there is no room now. */
function attempt(write: () => number): number {
  try {
    return write();
  } catch (error) {
    // Nobody reads any more: the other side is gone, and nothing is left to do here.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') endProcessGroup();
    // Someone made the descriptor non-blocking (a child that shares it, for instance): wait for room.
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    Atomics.wait(pause, 0, 0, 1);
    return 0;
  }
}

/** What is left of the parts when so many bytes of them were written. */
function after(written: number, parts: readonly Uint8Array[]): readonly Uint8Array[] {
  let bytes = written;
  for (const [index, part] of parts.entries()) {
    if (bytes < part.byteLength) return [part.subarray(bytes), ...parts.slice(index + 1)];
    bytes -= part.byteLength;
  }
  return [];
}

const pause = new Int32Array(new SharedArrayBuffer(4));
