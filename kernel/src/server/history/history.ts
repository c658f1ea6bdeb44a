import type { Log } from '../log.ts';
import type { HistoryEntry, HistoryLine, HistoryQuery } from './entries.ts';
import type { HistoryStore } from './store.ts';

/** After a cell, how long the kernel is left alone before its cells are written, in ms. */
const WRITE_AFTER_MS = 1000;

/** Cells that wait before they are written without a pause. */
const BATCH = 500;

/** Cells that wait at most while another process holds the file; then the oldest are given up. */
const MOST_WAITING = 10_000;

const MEMORY = ':memory:';

/** SQLite's code for: another process holds the file. Its low byte; the others say more. */
const SQLITE_BUSY = 5;

export interface HistoryOptions {
  /** SQLite file. Absent: cells are kept in memory. */
  readonly file?: string;
  readonly log: Log;
}

/**
 * The cells of this session and of those before it. SQLite is loaded and the file opened when they are first needed;
 * cells are written in batches, not while they run. Where the file cannot be used, the log says so and memory serves.
 */
export class History {
  readonly #file: string;
  readonly #log: Log;
  readonly #start = new Date();
  #store: HistoryStore | undefined;
  #waiting: HistoryLine[] = [];
  #timer: NodeJS.Timeout | undefined;
  #saidLocked = false;

  constructor(options: HistoryOptions) {
    this.#file = options.file ?? MEMORY;
    this.#log = options.log;
  }

  add(line: HistoryLine): void {
    this.#waiting.push(line);
    if (this.#waiting.length % BATCH === 0) this.#writeSoon();
    else if (this.#file !== MEMORY) {
      this.#timer ??= setTimeout(() => this.#writeSoon(), WRITE_AFTER_MS).unref();
    }
  }

  /** The cells that a request asks for, oldest first, those that are not written yet included. */
  async find(query: HistoryQuery): Promise<HistoryEntry[]> {
    const store = await this.#write();
    if (store !== undefined) {
      try {
        return store.find(query);
      } catch (error) {
        const other = await this.#fail(error);
        if (other !== undefined) return other.find(query);
      }
    }
    // Another process holds the file: what this session has done is known all the same.
    const own = await open(MEMORY, this.#start);
    own.add(this.#waiting);
    const entries = own.find(query);
    own.close(new Date());
    return entries;
  }

  /** Writes what is left and ends the session. */
  async close(): Promise<void> {
    if (this.#file !== MEMORY && this.#waiting.length > 0) await this.#write();
    clearTimeout(this.#timer);
    try {
      this.#store?.close(new Date());
    } catch (error) {
      this.#log.warn(`history: the session could not be ended in ${this.#file}: ${reasonOf(error)}`);
    }
  }

  #writeSoon(): void {
    this.#write().catch((error: unknown) => this.#log.error('history: cells are lost', error));
  }

  /** Writes what waits. Returns where it is; undefined where the file is locked now. */
  async #write(): Promise<HistoryStore | undefined> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      // Loaded before the check, so that two writes at once open one store.
      const opening = await import('./store.ts');
      this.#store ??= new opening.HistoryStore(this.#file, this.#start);
      if (this.#waiting.length > 0) this.#store.add(this.#waiting);
      this.#waiting = [];
    } catch (error) {
      return await this.#fail(error);
    }
    return this.#store;
  }

  /** A locked file is tried again; any other fault is lasting, and memory takes its place. */
  async #fail(error: unknown): Promise<HistoryStore | undefined> {
    if (isBusy(error)) {
      if (!this.#saidLocked) this.#log.warn(`history: ${this.#file} is locked by another process; it is tried again`);
      this.#saidLocked = true;
      const surplus = this.#waiting.length - MOST_WAITING;
      if (surplus > 0) this.#waiting.splice(0, surplus);
      return undefined;
    }
    this.#log.warn(
      `history: ${this.#file} cannot be used (${reasonOf(error)}): this session is kept in memory only; move the file away if it is corrupt`,
    );
    this.#store = await open(MEMORY, this.#start);
    this.#store.add(this.#waiting);
    this.#waiting = [];
    return this.#store;
  }
}

async function open(file: string, start: Date): Promise<HistoryStore> {
  const { HistoryStore } = await import('./store.ts');
  return new HistoryStore(file, start);
}

function isBusy(error: unknown): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === SQLITE_BUSY
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
