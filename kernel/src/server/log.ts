/** What the kernel tells whoever started it, on standard error. Keys and signatures never get here. */

export const LEVELS = ['debug', 'info', 'warn', 'error'] as const;

export type Level = (typeof LEVELS)[number];

export interface Log {
  /** Messages below this level are not written. */
  level: Level;
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string, cause?: unknown): void;
}

export function isLevel(value: unknown): value is Level {
  return LEVELS.some((level) => level === value);
}

/**
 * A log of one line a message: `[elara W 2026-01-31T10:00:00.000Z] text`.
 * @param write Default: standard error.
 */
export function makeLog(level: Level = 'info', write: (line: string) => void = writeToStderr): Log {
  const log: Log = {
    level,
    debug: (text) => say('debug', text),
    info: (text) => say('info', text),
    warn: (text) => say('warn', text),
    error: (text, cause) => say('error', cause === undefined ? text : `${text}: ${describe(cause)}`),
  };
  function say(at: Level, text: string): void {
    if (LEVELS.indexOf(at) < LEVELS.indexOf(log.level)) return;
    write(`[elara ${at[0]?.toUpperCase()} ${new Date().toISOString()}] ${text}\n`);
  }
  return log;
}

function writeToStderr(line: string): void {
  process.stderr.write(line);
}

/** An error for a log: its stack where it has one. */
export function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Warnings that whoever is on the other side of a socket can cause at will: of each kind a few in a while are written,
 * the rest are counted.
 */
export class LimitedWarnings {
  readonly #log: Log;
  readonly #most: number;
  readonly #windowMs: number;
  readonly #kinds = new Map<string, { since: number; count: number }>();

  /** @param most Warnings of a kind written in each window of `windowMs` milliseconds. */
  constructor(log: Log, most = 5, windowMs = 10_000) {
    this.#log = log;
    this.#most = most;
    this.#windowMs = windowMs;
  }

  warn(kind: string, text: string, now = performance.now()): void {
    let seen = this.#kinds.get(kind);
    if (seen === undefined || now - seen.since >= this.#windowMs) {
      const left = (seen?.count ?? 0) - this.#most;
      if (left > 0) this.#log.warn(`${kind}: ${left} more such warnings were left out`);
      seen = { since: now, count: 0 };
      this.#kinds.set(kind, seen);
    }
    seen.count += 1;
    if (seen.count <= this.#most) this.#log.warn(text);
    if (seen.count === this.#most) this.#log.warn(`${kind}: more such warnings are left out for a while`);
  }
}
