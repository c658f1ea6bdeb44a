import { randomUUID } from 'node:crypto';
import { ExecutionQueue } from './queue.ts';

/** Subshells that there may be at once: a frontend that creates one for every comm and deletes none comes to an end. */
export const MOST_SUBSHELLS = 10_000;

/** A shell runs one request at a time, in the order in which they came. */
export interface Shell {
  readonly queue: ExecutionQueue;
}

/**
 * The shells of the kernel: the main one and its subshells. What they run shares one worker and its variables. They are the
 * server's, and outlive the worker. Spec: JEP 91.
 */
export class Subshells {
  readonly main: Shell = { queue: new ExecutionQueue() };
  readonly #shells = new Map<string, Shell>();
  /** Deleted ones in which something still runs. */
  readonly #ending = new Map<string, Shell>();

  /** Ids of the subshells, in the order in which they were created. */
  get ids(): string[] {
    return [...this.#shells.keys()];
  }

  get(id: string): Shell | undefined {
    return this.#shells.get(id);
  }

  /**
   * The shell for a message of a comm, which can be neither refused nor lost: that of the id, also when it was deleted, so
   * that the message stays behind what came before it; else the main one.
   */
  forComm(id: string): Shell {
    return this.#shells.get(id) ?? this.#ending.get(id) ?? this.main;
  }

  /** The id of a new subshell; undefined where there are too many. */
  create(): string | undefined {
    if (this.#shells.size >= MOST_SUBSHELLS) return undefined;
    const id = randomUUID();
    this.#shells.set(id, { queue: new ExecutionQueue() });
    return id;
  }

  /**
   * Deletes a subshell. What runs in it goes on to its end; cells that wait are aborted, messages of comms are not. False
   * where there is none of that id.
   */
  delete(id: string): boolean {
    const shell = this.#shells.get(id);
    if (shell === undefined) return false;
    this.#shells.delete(id);
    for (const job of shell.queue.takeAbortable()) job.abort();
    if (shell.queue.running !== undefined) {
      this.#ending.set(id, shell);
      shell.queue.onceEmpty(() => this.#ending.delete(id));
    }
    return true;
  }

  /** Aborts all that wait, and from now on all that come. */
  close(): void {
    for (const { queue } of [this.main, ...this.#shells.values(), ...this.#ending.values()]) queue.close();
  }
}
