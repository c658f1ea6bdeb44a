import { closeSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { HistoryEntry, HistoryLine, HistoryQuery } from './entries.ts';

/** How long another process that holds the file is waited for, in ms: the server does nothing else meanwhile. */
const BUSY_MS = 100;

/** How many cells `tail` gives where the request does not say. As in IPython. */
const TAIL = 10;

/** The tables of IPython, so that its tools read our file. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS sessions
    (session integer primary key autoincrement, start timestamp, end timestamp, num_cmds integer, remark text);
  CREATE TABLE IF NOT EXISTS history
    (session integer, line integer, source text, source_raw text, PRIMARY KEY (session, line));
  CREATE TABLE IF NOT EXISTS output_history
    (session integer, line integer, output text, PRIMARY KEY (session, line));
`;

const SELECT = `
  SELECT history.session AS session, history.line AS line, history.source_raw AS source, output_history.output AS output
  FROM history LEFT JOIN output_history ON history.session = output_history.session AND history.line = output_history.line
`;

/** A SQLite file of cells. Every method may throw what SQLite throws: locked, corrupt, full. */
export class HistoryStore {
  /** Number of this session: one more than the last one in the file. */
  readonly session: number;
  readonly #database: DatabaseSync;
  #count = 0;

  /**
   * Opens the file, made if need be (its folder too, for the user alone), and begins a session.
   * @param file `:memory:` for none.
   */
  constructor(file: string, start: Date) {
    if (file !== ':memory:') createPrivate(file);
    this.#database = new DatabaseSync(file, { timeout: BUSY_MS });
    try {
      // No write-ahead log: kernels on several machines may share the file, and that is for processes of one machine.
      this.#database.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = NORMAL;');
      this.#database.exec(TABLES);
      const { lastInsertRowid } = this.#run("INSERT INTO sessions VALUES (NULL, ?, NULL, NULL, '')", [stamp(start)]);
      this.session = Number(lastInsertRowid);
    } catch (error) {
      this.#database.close();
      throw error;
    }
  }

  /** Adds cells, all or none. */
  add(lines: readonly HistoryLine[]): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      for (const { line, source, output } of lines) {
        this.#run('INSERT OR REPLACE INTO history VALUES (?, ?, ?, ?)', [this.session, line, source, source]);
        if (output !== null) {
          this.#run('INSERT OR REPLACE INTO output_history VALUES (?, ?, ?)', [this.session, line, output]);
        }
      }
      this.#database.exec('COMMIT');
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
    this.#count += lines.length;
  }

  /** The cells that a request asks for, oldest first. */
  find(query: HistoryQuery): HistoryEntry[] {
    const rows = this.#rows(query);
    return rows.map(({ session, line, source, output }) => [
      Number(session),
      Number(line),
      query.output === true ? [String(source), output === null ? null : String(output)] : String(source),
    ]);
  }

  /** Ends the session. */
  close(end: Date): void {
    try {
      this.#run('UPDATE sessions SET end = ?, num_cmds = ? WHERE session = ?', [stamp(end), this.#count, this.session]);
    } finally {
      this.#database.close();
    }
  }

  #rows(query: HistoryQuery): Record<string, unknown>[] {
    switch (query.hist_access_type) {
      case 'tail':
        return this.#all(`${SELECT} ORDER BY session DESC, line DESC LIMIT ?`, [limit(query.n ?? TAIL)]).reverse();
      case 'range':
        return this.#range(query);
      case 'search':
        return this.#search(query);
    }
  }

  #range({ session: asked, start: from, stop: to }: HistoryQuery): Record<string, unknown>[] {
    // 0 is this session, -1 the one before.
    const session = (asked ?? 0) > 0 ? (asked ?? 0) : this.session + (asked ?? 0);
    const [last] = this.#all('SELECT max(line) AS line FROM history WHERE session = ?', [session]);
    const end = Number(last?.line ?? 0) + 1;
    const start = from ?? 1;
    const stop = to === undefined || to === null || to === 0 ? end : to;
    return this.#all(`${SELECT} WHERE history.session = ? AND history.line >= ? AND history.line < ? ORDER BY line`, [
      session,
      start < 0 ? end + start : start,
      stop < 0 ? end + stop : stop,
    ]);
  }

  #search({ pattern, unique, n }: HistoryQuery): Record<string, unknown>[] {
    // Of cells with the same source, the last: with one max(), SQLite takes the other columns from its row.
    const select =
      unique === true
        ? `SELECT session, line, source, output, max(session * 4294967296 + line) FROM (${SELECT}) WHERE source GLOB ? GROUP BY source`
        : `SELECT * FROM (${SELECT}) WHERE source GLOB ?`;
    return this.#all(`${select} ORDER BY session DESC, line DESC LIMIT ?`, [glob(pattern ?? '*'), limit(n)]).reverse();
  }

  #run(sql: string, values: SQLInputValue[]): { lastInsertRowid: number | bigint } {
    return this.#database.prepare(sql).run(...values);
  }

  #all(sql: string, values: SQLInputValue[]): Record<string, unknown>[] {
    return this.#database.prepare(sql).all(...values);
  }
}

/** -1: all. */
function limit(n: number | null | undefined): number {
  return n === undefined || n === null ? -1 : Math.max(0, n);
}

/** The protocol's wildcards are * and ?. SQLite has [...] too, which is an index in TypeScript. */
function glob(pattern: string): string {
  return pattern.replaceAll('[', '[[]');
}

/** As Python writes it. */
function stamp(date: Date): string {
  return date.toISOString().replace('T', ' ').replace('Z', '');
}

/** Cells may hold secrets: what is new is the user's alone. SQLite gives its other files the mode of this one. */
function createPrivate(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  closeSync(openSync(file, 'a', 0o600));
}
