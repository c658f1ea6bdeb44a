import type { Frames } from '@elara/protocol/channel';
import type { XPublisher } from 'zeromq';
import type { Log } from './log.ts';

/** How long iopub waits for a reader that reads nothing at all, in ms. */
export const STALL_MS = 10_000;

/** Between two attempts to send while a reader is behind, in ms: libzmq reports no event for it. */
const FIRST_WAIT_MS = 1;
const LONGEST_WAIT_MS = 8;

/** Whether a send failed because a subscriber's queue is at the high-water mark. */
export function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}

/**
 * What iopub does about subscribers that read too slowly. As long as they read at all, everybody waits for them and
 * nothing is lost. One that takes no message for `stallMs` is left behind: it loses what is sent until it reads again,
 * the others lose nothing, and the kernel goes on.
 */
export class SlowReaders {
  readonly #socket: XPublisher;
  readonly #log: Log;
  readonly #stallMs: number;
  #waiting = false;
  #loss = false;
  #wake: (() => void) | undefined;
  #closed = false;

  constructor(socket: XPublisher, log: Log, stallMs = STALL_MS) {
    this.#socket = socket;
    this.#log = log;
    this.#stallMs = stallMs;
  }

  /** What a cell says of whose output some was lost. */
  get notice(): string {
    return `\n[elara: a frontend read nothing for ${this.#stallMs / 1000} s; it was left behind, and misses output of this cell]\n`;
  }

  /** Whether a message is waiting for a reader now. */
  get waiting(): boolean {
    return this.#waiting;
  }

  /** Whether a reader was left behind since this was asked last. */
  takeLoss(): boolean {
    const loss = this.#loss;
    this.#loss = false;
    return loss;
  }

  /** Sends a message that a full queue refused. Resolves when every subscriber has it, or is left behind. */
  async sendWhenRead(frames: Frames): Promise<void> {
    this.#waiting = true;
    const until = performance.now() + this.#stallMs;
    let wait = FIRST_WAIT_MS;
    while (!this.#closed) {
      await this.#sleep(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
      if (this.#closed || (await this.#try(frames))) break;
      if (performance.now() >= until) {
        await this.#leaveBehind(frames);
        break;
      }
    }
    this.#waiting = false;
  }

  /** Ends the wait. */
  close(): void {
    this.#closed = true;
    this.#wake?.();
  }

  async #try(frames: Frames): Promise<boolean> {
    try {
      await this.#socket.send([...frames]);
      return true;
    } catch (error) {
      if (!isFull(error)) throw error;
      return false;
    }
  }

  /**
   * Sends one message with dropping allowed. libzmq then passes over the subscribers whose queues are full until they
   * have read, so that the messages after this one wait for the others only.
   */
  async #leaveBehind(frames: Frames): Promise<void> {
    this.#loss = true;
    this.#log.warn(
      `a frontend has read nothing from iopub for ${this.#stallMs} ms: it loses output until it reads again`,
    );
    this.#socket.noDrop = false;
    try {
      await this.#socket.send([...frames]);
    } finally {
      this.#socket.noDrop = true;
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
