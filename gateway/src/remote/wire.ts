import { writevSync } from 'node:fs';
import { FRAME_HEADER_BYTES, type FrameType, writeFrameHeader } from '../frame.ts';
import { endProcessGroup } from './process-group.ts';

const FREE = 0;
// The lock, as indices of 32-bit integers: who holds the wire, and for whom the others leave it free.
const HOLDER = 0;
const RESERVED = 1;
/** How often a reserved wire is tried, in ms. */
const AGAIN_MS = 1;
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
  #end = 0;

  /** @param owner a number that is not 0 and is unique to the thread. */
  constructor(fd: number, lock: SharedArrayBuffer, owner: number) {
    this.#fd = fd;
    this.#lock = new Int32Array(lock, 0, 2);
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
        this.#writeGathered(payload);
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
    if (!this.#tryAcquire()) return false;
    try {
      action();
    } finally {
      this.#leave();
    }
    return true;
  }

  /** Takes the wire as soon as nobody sends, without waiting for it, and keeps it until `leave` is called. */
  reserve(action: (leave: () => void) => void): void {
    Atomics.store(this.#lock, RESERVED, this.#owner);
    if (!this.#tryAcquire()) {
      setTimeout(() => this.reserve(action), AGAIN_MS);
      return;
    }
    action(() => {
      this.#leave();
      Atomics.store(this.#lock, RESERVED, FREE);
      Atomics.notify(this.#lock, RESERVED);
    });
  }

  /** A terminated execution runs no `finally`: its thread calls this once it is back. */
  release(): void {
    if (this.#depth === 0) return;
    this.#depth = 1;
    this.#leave();
  }

  /** One system call, which wakes the other side once. */
  #writeGathered(more: readonly Uint8Array[] = []): void {
    if (this.#end === 0) return;
    const gathered = this.#gathered.subarray(0, this.#end);
    // Before it is written: a thread whose code is terminated right after that does not write it again.
    this.#end = 0;
    writeAll(this.#fd, [gathered, ...more]);
  }

  #tryAcquire(): boolean {
    if (this.#depth === 0 && Atomics.compareExchange(this.#lock, HOLDER, FREE, this.#owner) !== FREE) return false;
    this.#depth++;
    return true;
  }

  #acquire(): void {
    while (this.#depth === 0) {
      const reserved = Atomics.load(this.#lock, RESERVED);
      if (reserved !== FREE && reserved !== this.#owner) {
        Atomics.wait(this.#lock, RESERVED, reserved);
        continue;
      }
      const holder = Atomics.compareExchange(this.#lock, HOLDER, FREE, this.#owner);
      if (holder === FREE) break;
      Atomics.wait(this.#lock, HOLDER, holder);
    }
    this.#depth++;
  }

  #leave(): void {
    if (--this.#depth > 0) return;
    this.#writeGathered();
    Atomics.store(this.#lock, HOLDER, FREE);
    Atomics.notify(this.#lock, HOLDER);
  }
}

function writeAll(fd: number, parts: readonly Uint8Array[]): void {
  let left = parts;
  while (left.length > 0) left = after(attempt(fd, left), left);
}

/** Bytes that were written: none where there is no room now. */
function attempt(fd: number, parts: readonly Uint8Array[]): number {
  try {
    return writevSync(fd, parts);
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
