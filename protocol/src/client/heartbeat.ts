import { type FrameSocket, OutboundQueue } from '../channel.ts';

export interface HeartbeatOptions {
  /** Time between two beats, in milliseconds. */
  readonly intervalMs: number;
  /** Unanswered beats in a row after which the heart counts as stopped. */
  readonly misses: number;
}

/** A kernel that holds its interpreter's lock in native code answers late: jupyter_client's one second is too strict. */
export const DEFAULT_HEARTBEAT: HeartbeatOptions = { intervalMs: 1000, misses: 8 };

interface HeartbeatEvents {
  /** The heart stopped; called once until it beats again. */
  readonly onStopped: (silentMs: number) => void;
  /** The heart beats again after it had stopped, because the kernel was restarted at the same address. */
  readonly onResumed: () => void;
}

/** Watches a kernel's heartbeat (spec: "Channels and messages"). A heart that never beat has not stopped. */
export class Heartbeat implements Disposable {
  readonly #socket: FrameSocket;
  readonly #queue: OutboundQueue;
  readonly #options: HeartbeatOptions;
  readonly #events: HeartbeatEvents;
  readonly #first = Promise.withResolvers<void>();
  readonly #timer: NodeJS.Timeout;
  #missed = 0;
  #beaten = false;
  #stopped = false;

  constructor(socket: FrameSocket, options: HeartbeatOptions, events: HeartbeatEvents) {
    this.#socket = socket;
    // A beat that cannot be sent is a beat that is missed: nothing else is to be done about it.
    this.#queue = new OutboundQueue((frames) => socket.send([...frames]), { onError: () => undefined });
    this.#options = options;
    this.#events = events;
    this.#timer = setInterval(() => this.#beat(), options.intervalMs);
    this.#beat();
    void this.#listen();
  }

  /** Resolves at the first answer. Never rejects: who waits sets the bound. */
  get firstBeat(): Promise<void> {
    return this.#first.promise;
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
    this.#queue.close();
  }

  /** Beats are counted, and not time: a laptop that slept has missed none. */
  #beat(): void {
    if (this.#beaten && !this.#stopped && this.#missed >= this.#options.misses) {
      this.#stopped = true;
      this.#events.onStopped(this.#missed * this.#options.intervalMs);
    }
    this.#missed += 1;
    if (this.#queue.pending === 0) this.#queue.push([Buffer.from('ping')]);
  }

  async #listen(): Promise<void> {
    while (!this.#socket.closed) {
      try {
        await this.#socket.receive();
      } catch (error) {
        if (this.#socket.closed) return;
        throw error;
      }
      this.#missed = 0;
      this.#beaten = true;
      this.#first.resolve();
      if (this.#stopped) {
        this.#stopped = false;
        this.#events.onResumed();
      }
    }
  }
}
