import type { WorkerEnd } from '../link.ts';
import { within } from './bounded.ts';
import { ServerError, WorkerEndedError } from './errors.ts';
import type { Log } from './log.ts';
import { howItEnded } from './worker-ended.ts';
import type { WorkerLink } from './worker-link.ts';

/**
 * How often a worker may fail to start, and how many may end one after the other without having run anything, before
 * the kernel gives up.
 */
const MOST_FAILURES = 3;

/**
 * How long the worker is waited for by what can be answered without it, in ms: while a cell runs, which may let it
 * answer (an await) or not (a loop); and else, when a timer's callback may be running.
 */
const WAIT_BUSY_MS = 150;
const WAIT_IDLE_MS = 2000;

/** How long a worker may take to be ready, in ms. */
const START_MS = 30_000;

/** How long a worker may take to end when the kernel ends, in ms; then it is killed, its children too. */
const GRACE_MS = 2000;

export interface SupervisorOptions {
  readonly worker: WorkerLink;
  readonly log: Log;
  /**
   * The worker ended unasked. A cell that ran has reported it by then.
   * @param between No cell ran.
   */
  readonly onEnded: (end: WorkerEnd, between: boolean) => void;
  /** A fresh worker is there. */
  readonly onReplaced: () => void;
  /** There is no worker, and none to be had. */
  readonly onLost: (error: ServerError) => void;
}

/** Keeps a worker running, and lets requests run the user's code in it, one of each shell. Spec: design, decision 1. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #worker: WorkerLink;
  /** What runs in the worker now: each resolves when its reply and idle are out. */
  readonly #turns = new Set<Promise<void>>();
  /** While a worker that ended is replaced: resolves when the new one is there. */
  #replacing: Promise<void> | undefined;
  /** Workers that ended, one after the other, and had run nothing. */
  #failures = 0;
  #ending = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#worker = options.worker;
  }

  /** Whether the user's code runs now. */
  get busy(): boolean {
    return this.#turns.size > 0;
  }

  /** Runs something in the worker, when there is one. */
  async takeTurn(run: () => Promise<void>): Promise<void> {
    while (this.#replacing !== undefined) await this.#replacing;
    this.#failures = 0;
    const turn = run();
    this.#turns.add(turn);
    try {
      await turn;
    } finally {
      this.#turns.delete(turn);
    }
  }

  /** What the worker answers; undefined where it does not answer in time, or is no more. */
  async answerOf<T>(answer: Promise<T>): Promise<T | undefined> {
    try {
      return await within(answer, this.busy ? WAIT_BUSY_MS : WAIT_IDLE_MS);
    } catch (error) {
      if (error instanceof WorkerEndedError) return undefined;
      throw error;
    }
  }

  /** Starts the first worker. Resolves when it is ready, or given up. */
  start(): Promise<void> {
    return this.#hold(this.#bring(() => this.#worker.start()));
  }

  /** To be called when the worker has ended unasked: brings a new one. */
  ended(end: WorkerEnd): void {
    // One that ends while it starts is counted where it is started.
    if (this.#ending || this.#replacing !== undefined) return;
    this.#options.log.warn(`the worker ${howItEnded(end)}`);
    void this.#hold(this.#replace(end));
  }

  /** Ends the worker, also one that is being replaced, and waits for what ran in it. */
  async stop(): Promise<void> {
    this.#ending = true;
    if (this.#replacing !== undefined) await within(this.#replacing, GRACE_MS);
    await this.#worker.stop({ graceMs: GRACE_MS });
    if (this.busy) await within(this.#turnsEnded(), GRACE_MS);
  }

  /** Resolves when what runs now has ended. */
  async #turnsEnded(): Promise<void> {
    await Promise.all(this.#turns);
  }

  /** Keeps turns waiting until a worker is there, or given up. */
  #hold(bringing: Promise<void>): Promise<void> {
    this.#replacing = bringing.finally(() => {
      this.#replacing = undefined;
    });
    return this.#replacing;
  }

  async #replace(end: WorkerEnd): Promise<void> {
    const between = !this.busy;
    await this.#turnsEnded();
    this.#options.onEnded(end, between);
    this.#failures += 1;
    if (this.#failures < MOST_FAILURES) {
      await this.#bring(() => this.#worker.restart({ graceMs: 0 }));
      if (!this.#ending) this.#options.onReplaced();
    } else {
      this.#lose(new ServerError('ERR_WORKER', `${this.#failures} workers in a row ended and had run nothing`));
    }
  }

  /** Makes a worker run, or gives up. */
  async #bring(first: () => Promise<void>): Promise<void> {
    let start = first;
    for (let failures = 1; !this.#ending; failures++) {
      try {
        await this.#ready(start());
        return;
      } catch (cause) {
        if (failures === MOST_FAILURES) {
          this.#lose(cause);
          return;
        }
        this.#options.log.error('the worker could not be started; it is tried again', cause);
        start = () => this.#worker.restart({ graceMs: 0 });
      }
    }
  }

  async #ready(starting: Promise<void>): Promise<void> {
    const ready = await within(
      starting.then(() => true),
      START_MS,
    );
    if (ready === undefined) throw new ServerError('ERR_WORKER', `the worker was not ready within ${START_MS} ms`);
  }

  #lose(cause: unknown): void {
    this.#ending = true;
    const error =
      cause instanceof ServerError
        ? cause
        : new ServerError('ERR_WORKER', 'the worker could not be started', { cause });
    this.#options.log.error(error.message, cause);
    this.#options.onLost(error);
  }
}
