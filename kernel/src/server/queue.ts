/** One request that waits for its turn to run the user's code. */
export interface Job {
  /** Whose it is. */
  readonly client: string;
  /** Whether an error in a cell of the same client before it aborts it. Executes are; comms are not. */
  readonly abortable: boolean;
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
    const jobs = this.#jobs.slice(this.#head);
    this.#jobs = [];
    this.#head = 0;
    for (const job of jobs) job.abort();
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
    const taken: Job[] = [];
    const kept: Job[] = [];
    for (const job of this.#jobs.slice(this.#head)) (isTaken(job) ? taken : kept).push(job);
    this.#jobs = kept;
    this.#head = 0;
    return taken;
  }

  #next(): Job | undefined {
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
