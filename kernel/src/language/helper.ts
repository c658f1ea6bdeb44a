/** The one global that rewritten cells speak to. */
export const HELPER = '__elara';

/** When something began, on both clocks. */
export interface Timer {
  /** In ns. */
  readonly wall: bigint;
  /** Of the thread that runs the cells, in µs. */
  readonly cpu: { readonly user: number; readonly system: number };
}

/** What stands in a cell in the place of its line commands. */
export interface CellCommands {
  /** `%name rest` */
  run(name: string, rest: string): Promise<void>;
  /** `%name?` */
  ask(name: string): Promise<void>;
  /** `%bench options code` */
  bench(options: string, code: () => unknown): Promise<void>;
  /** What an expression after `%time` starts with, and ends with: gives `value`, or a promise of what it is a promise of. */
  timer(): Timer;
  timed<T>(timer: Timer, value: T): T | Promise<Awaited<T>>;
  /** Around a statement after `%time`, which is told from others of its cell by `id`. */
  begin(id: number): void;
  end(id: number): void;
}

/** What the worker provides under the name `HELPER`. */
export interface CellHelper {
  /**
   * Imports a module for a cell. `options` is what `import()` takes. If `names` is given, a module without an export of
   * one of these names is refused with the SyntaxError that a static import gives.
   */
  import(specifier: unknown, options?: ImportCallOptions, names?: readonly string[]): Promise<Record<string, unknown>>;
  /** Makes packages ready that the cell imports by `npm:`, or requires, which cannot wait: installs those that are not there. */
  packages(specifiers: readonly string[]): Promise<void>;
  readonly commands: CellCommands;
  /** `import.meta` of the notebook. */
  readonly meta: ImportMeta;
  /** A proxy: reading a property gives undefined, setting one throws `TypeError: Assignment to constant variable.` */
  readonly constant: Record<string, unknown>;
  /**
   * Keeps what a cell awaits at its top level alive until it settles, and gives it back. When the garbage collector finds
   * the promise of a script that awaits what nobody can settle, V8's inspector calls JavaScript where none may run, and the
   * process ends.
   */
  hold<T>(awaited: T): T | Promise<Awaited<T>>;
  /** As `hold`, for each step of a `for await`. */
  holdEach<T>(iterable: AsyncIterable<T> | Iterable<T>): AsyncIterable<T>;
}
