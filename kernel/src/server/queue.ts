/** One request that waits for its turn to run the user's code. */
export interface Job {
  /** Whose it is. */
  readonly client: string;
  /** Whether an error in a cell of the same client before it aborts it. Executes are; comms are not. */
  readonly abortable: boolean;
  /** Begins the user's code of it early; `run` does the rest. Absent: nothing of it can be done before its turn. */
  begin?(): void;
  /** Whether it may run now beside a cell that runs. Absent: it waits for its turn. */
  beside?(): boolean;
  /** Runs it, to its reply and idle. Does not reject. */
  run(): Promise<void>;
  /** Answers it without running it. */
  abort(): void;
}

/**
 * The execution queue of a shell: one job at a time, in the order in which they came. While a cell runs, which may await
 * what they bring, jobs that can run beside it do so, one at a time and in their order.
 */
export class ExecutionQueue {
  #jobs: Job[] = [];
  /** Where in `#jobs` the next one is: shifting a long array costs more than a cell. */
  #head = 0;
  #running: Promise<void> | undefined;
  /** Whether what runs is a cell. */
  #inCell = false;
  /** How many of those that wait can run beside a cell. */
  #besides = 0;
  #runningBeside = false;
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
    if (job.beside !== undefined) this.#besides += 1;
    if (this.#running === undefined) void this.#drain();
    else if (job.beside !== undefined) void this.#drainBeside();
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
      this.#inCell = job.abortable;
      this.#running = job.run();
      void this.#drainBeside();
      await this.#running;
    }
    this.#running = undefined;
    this.#inCell = false;
    this.#announceEmpty();
  }

  async #drainBeside(): Promise<void> {
    if (this.#runningBeside) return;
    for (let job = this.#nextBeside(); job !== undefined; job = this.#nextBeside()) {
      this.#runningBeside = true;
      await job.run();
    }
    this.#runningBeside = false;
    this.#announceEmpty();
  }

  #nextBeside(): Job | undefined {
    if (!this.#inCell || this.#besides === 0) return undefined;
    const index = this.#jobs.findIndex((job, at) => at >= this.#head && job.beside?.() === true);
    if (index === -1) return undefined;
    this.#besides -= 1;
    return this.#jobs.splice(index, 1)[0];
  }

  #announceEmpty(): void {
    if (this.#running === undefined && !this.#runningBeside) this.#onEmpty?.();
  }

  #take(isTaken: (job: Job) => boolean): Job[] {
    const waiting = this.#head + (this.#begun ? 1 : 0);
    const taken: Job[] = [];
    const kept: Job[] = this.#jobs.slice(this.#head, waiting);
    for (const job of this.#jobs.slice(waiting)) (isTaken(job) ? taken : kept).push(job);
    this.#jobs = kept;
    this.#head = 0;
    this.#besides = kept.filter((job) => job.beside !== undefined).length;
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
    if (job.beside !== undefined) this.#besides -= 1;
    return job;
  }
}
