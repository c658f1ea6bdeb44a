import { writevSync } from 'node:fs';
import { encodeFrameHeader, type FrameType } from '../frame.ts';
import { endProcessGroup } from './process-group.ts';

const FREE = 0;
/** Frames that are gathered are written when there are so many bytes. */
const MANY = 1 << 16;
/** Fewer bytes are copied into one buffer: that costs less than writing several. */
const FEW = 1 << 12;

/**
 * The writing end of the wire, shared by the threads of one process: a lock in shared memory, and one blocking write a frame.
 * Blocking is the flow control: who writes faster than the other side reads, waits.
 */
export class Wire {
  readonly #fd: number;
  readonly #lock: Int32Array;
  readonly #owner: number;
  #depth = 0;
  /** Frames of the exclusive action that goes on, in parts: they leave together. */
  #gathered: Uint8Array[] = [];
  #gatheredBytes = 0;

  /** @param owner a number that is not 0 and is unique to the thread. */
  constructor(fd: number, lock: SharedArrayBuffer, owner: number) {
    this.#fd = fd;
    this.#lock = new Int32Array(lock, 0, 1);
    this.#owner = owner;
  }

  /** @param payload in parts, which are to be left alone until the exclusive action ends. */
  write(channel: number, type: FrameType, payload: readonly Uint8Array[]): void {
    let bytes = 0;
    for (const part of payload) bytes += part.byteLength;
    const header = encodeFrameHeader(channel, type, bytes);
    this.exclusive(() => {
      this.#gathered.push(header, ...payload);
      this.#gatheredBytes += header.byteLength + bytes;
      if (this.#gatheredBytes >= MANY) this.#writeGathered();
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
    if (this.#gatheredBytes <= FEW && this.#gathered.length > 1) this.#gathered = [Buffer.concat(this.#gathered)];
    this.#gatheredBytes = 0;
    // What is left stays here: a thread whose code is terminated in between goes on with it.
    while (this.#gathered.length > 0) this.#gathered = writeSome(this.#fd, this.#gathered);
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

/** Writes what there is room for. Returns the rest. */
function writeSome(fd: number, parts: Uint8Array[]): Uint8Array[] {
  try {
    return after(writevSync(fd, parts), parts);
  } catch (error) {
    // Nobody reads any more: the other side is gone, and nothing is left to do here.
    if ((error as NodeJS.ErrnoException).code === 'EPIPE') endProcessGroup();
    // Someone made the descriptor non-blocking (a child that shares it, for instance): wait for room.
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    Atomics.wait(pause, 0, 0, 1);
    return parts;
  }
}

/** What is left of the parts when so many bytes of them were written. */
function after(written: number, parts: Uint8Array[]): Uint8Array[] {
  let bytes = written;
  for (const [index, part] of parts.entries()) {
    if (bytes < part.byteLength) return [part.subarray(bytes), ...parts.slice(index + 1)];
    bytes -= part.byteLength;
  }
  return [];
}

const pause = new Int32Array(new SharedArrayBuffer(4));
