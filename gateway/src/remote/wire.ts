import { writeSync } from 'node:fs';
import { encodeFrame, type FrameType } from '../frame.ts';
import { endProcessGroup } from './process-group.ts';

const FREE = 0;
/** A frame of so many bytes is not gathered with others. */
const LARGE = 1 << 16;

/**
 * The writing end of the wire, shared by the threads of one process: a lock in shared memory, and one blocking write a frame.
 * Blocking is the flow control: who writes faster than the other side reads, waits.
 */
export class Wire {
  readonly #fd: number;
  readonly #lock: Int32Array;
  readonly #owner: number;
  #depth = 0;
  /** Frames of the exclusive action that goes on: they leave together. */
  #gathered: Buffer[] = [];

  /** @param owner a number that is not 0 and is unique to the thread. */
  constructor(fd: number, lock: SharedArrayBuffer, owner: number) {
    this.#fd = fd;
    this.#lock = new Int32Array(lock, 0, 1);
    this.#owner = owner;
  }

  write(channel: number, type: FrameType, payload: Uint8Array): void {
    const frame = encodeFrame(channel, type, payload);
    this.exclusive(() => {
      this.#gathered.push(frame);
      if (frame.length >= LARGE) this.#writeGathered();
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

  /** One system call, which wakes the other side once. */
  #writeGathered(): void {
    const [first] = this.#gathered;
    if (first === undefined) return;
    const bytes = this.#gathered.length === 1 ? first : Buffer.concat(this.#gathered);
    this.#gathered = [];
    writeAll(this.#fd, bytes);
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

function writeAll(fd: number, bytes: Uint8Array): void {
  let offset = 0;
  while (offset < bytes.length) {
    try {
      offset += writeSync(fd, bytes, offset);
    } catch (error) {
      // Nobody reads any more: the other side is gone, and nothing is left to do here.
      if ((error as NodeJS.ErrnoException).code === 'EPIPE') endProcessGroup();
      // Someone made the descriptor non-blocking (a child that shares it, for instance): wait for room.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(pause, 0, 0, 1);
    }
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4));
