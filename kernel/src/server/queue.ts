/** One request that waits for its turn to run the user's code. */
export interface Job {
  /** Whose it is. */
  readonly client: string;
  /** Whether an error in a cell of the same client before it aborts it. Executes are; comms are not. */
  readonly abortable: boolean;
  /** Begins the user's code of it early; `run` does the rest. Absent: nothing of it can be done before its turn. */
  begin?(): void;
  /** Runs it, to its reply and idle. Does not reject. */
  run(): Promise<void>;
  /** Answers it without running it. */
  abort(): void;
}

/** The execution queue of a shell: one job at a time, in the order in which they came. */
export class ExecutionQueue {
  #jobs: Job[] = [];
  /** Where in `#jobs` the next one is: shifting a long array costs more than a cell. */
  #head = 0;
  #running: Promise<void> | undefined;
  /** Whether the next one has begun. */
  #begun = false;
  #closed = false;
  #onEmpty: (() => void) | undefined;

  /** The job that runs now, if any: resolves when it has ended. */
  get running(): Promise<void> | undefined {
    return this.#running;
  }

  /** Jobs that wait. */
  get waiting(): number {
    return this.#jobs.length - this.#head;
  }

  push(job: Job): void {
    if (this.#closed) {
      job.abort();
      return;
    }
    this.#jobs.push(job);
    if (this.#running === undefined) void this.#drain();
  }

  /** The user's code of the job that runs has ended: begins that of the next one, while the first is still answered. */
  beginNext(): void {
    const next = this.#jobs[this.#head];
    if (next?.begin === undefined) return;
    next.begin();
    this.#begun = true;
  }

  /** Takes out what waits for a client and may be aborted, for the caller to abort; everything else keeps its place. */
  take(client: string): Job[] {
    return this.#take((job) => job.client === client && job.abortable);
  }

  /** The same, of all clients. */
  takeAbortable(): Job[] {
    return this.#take((job) => job.abortable);
  }

  /** Calls back once nothing runs and nothing waits. To be called while something runs. */
  onceEmpty(callback: () => void): void {
    this.#onEmpty = callback;
  }

  /** Aborts all that wait, and from now on all that come. */
  close(): void {
    this.#closed = true;
    for (const job of this.#take(() => true)) job.abort();
  }

  async #drain(): Promise<void> {
    for (let job = this.#next(); job !== undefined; job = this.#next()) {
      this.#running = job.run();
      await this.#running;
    }
    this.#running = undefined;
    this.#onEmpty?.();
  }

  #take(isTaken: (job: Job) => boolean): Job[] {
    const waiting = this.#head + (this.#begun ? 1 : 0);
    const taken: Job[] = [];
    const kept: Job[] = this.#jobs.slice(this.#head, waiting);
    for (const job of this.#jobs.slice(waiting)) (isTaken(job) ? taken : kept).push(job);
    this.#jobs = kept;
    this.#head = 0;
    return taken;
  }

  #next(): Job | undefined {
    this.#begun = false;
    const job = this.#jobs[this.#head];
    if (job === undefined) {
      this.#jobs = [];
      this.#head = 0;
      return undefined;
    }
    this.#head += 1;
    return job;
  }
}
