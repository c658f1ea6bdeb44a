// What the line commands are as functions.

declare namespace ElaraCommands {
  interface BenchOptions {
    /** How many times the code runs in a run. Default: as many as take a fifth of a second. */
    readonly loops?: number;
    /** How many runs there are. Default: 7. */
    readonly runs?: number;
  }

  /** What the runs took. Times are in ms for one loop. */
  interface BenchResult {
    readonly loops: number;
    readonly runs: number;
    /** Of each run, in the order in which they ran. */
    readonly times: readonly number[];
    readonly mean: number;
    /** Standard deviation of the runs. */
    readonly deviation: number;
    readonly median: number;
    readonly min: number;
    readonly max: number;
    toString(): string;
  }

  /** A name that a cell has declared. */
  interface WhoRow {
    readonly name: string;
    readonly type: string;
    /** Bounded text. */
    readonly value: string;
  }

  interface Who extends ReadonlyArray<WhoRow> {
    /** How many names there are besides. */
    readonly more: number;
  }

  interface SaveOptions {
    /** Numbers of cells: `1-5 7`, of another session `~1/2-4`. Default: all of this one, but for the cell that runs. */
    readonly ranges?: string;
    /** Overwrites the file. */
    readonly force?: boolean;
  }

  /** What a cell with type errors does: not run, run and show them, or run unchecked. */
  type CheckMode = 'error' | 'warn' | 'off';

  interface HistoryOptions {
    /** So many of the last cells, of all sessions. */
    readonly last?: number;
    /** Cells of this session by their numbers, or of another one: `1-5 7`, `~1/2-4`, `12/`. */
    readonly ranges?: string;
    /** Those of all sessions that have this in them; `*` and `?` stand for any text and any character. */
    readonly pattern?: string;
  }

  interface HistoryEntry {
    readonly session: number;
    readonly line: number;
    readonly source: string;
  }

  /** Text for people. */
  interface Help {
    /** By media type. */
    readonly data: Readonly<Record<string, string>>;
  }
}

interface Elara {
  /**
   * Runs `code` once and says how long it took. Returns what it returns; a promise is timed until it settles.
   *
   * `%time expression` does the same.
   */
  time<T>(code: () => T): T;
  /**
   * Runs `code` repeatedly; what it returns is awaited in each loop if it is a promise.
   *
   * `%bench expression` does the same.
   */
  bench(code: () => unknown, options?: ElaraCommands.BenchOptions): Promise<ElaraCommands.BenchResult>;
  /**
   * The names that the cells have declared, with type and value. Runs none of their getters.
   * @param pattern What a name begins with, or a pattern with `*` and `?`.
   */
  who(pattern?: string): ElaraCommands.Who;
  /**
   * Puts the text of a file, or the code cells of a notebook, in the place of this cell.
   * @param source A path, or an address.
   * @param ranges Lines, or cells of a notebook: `1-5 7`.
   */
  load(source: string, ranges?: string): Promise<void>;
  /**
   * Writes the cells as they were executed to a script or, if its name ends in `.ipynb`, to a notebook.
   * Resolves with the path.
   */
  save(file: string, options?: ElaraCommands.SaveOptions): Promise<string>;
  /** Forgets all that the cells have declared, and their results. */
  reset(): Promise<void>;
  /**
   * Changes the working folder, from which imports are found too.
   * @param folder `-` is the one before, `~` your own. Without it, nothing changes.
   * @returns the working folder.
   */
  cd(folder?: string): string;
  /** All environment variables; the values of those that look like secrets are masked. */
  env(): Readonly<Record<string, string>>;
  /** Reads an environment variable; sets it if there is a value, and removes it if that is null. */
  env(name: string, value?: string | null): string | undefined;
  /** Runs npm for this notebook: `await elara.npm('install', 'lodash-es@4')`. */
  npm(...words: readonly string[]): Promise<void>;
  /**
   * Sets what cells with type errors do from now on.
   * @returns what holds now.
   */
  check(mode?: ElaraCommands.CheckMode): Promise<ElaraCommands.CheckMode>;
  /** What was executed, in this session unless the options say otherwise; oldest first. */
  history(options?: ElaraCommands.HistoryOptions): Promise<readonly ElaraCommands.HistoryEntry[]>;
  /** What a line command does; without a name, all of them. */
  help(command?: string): ElaraCommands.Help;
}

/** What the kernel does for its cells. */
declare var elara: Elara;
