import type { CellError, CheckMode } from '../link.ts';
import { within } from '../server/bounded.ts';
import { isCheckMode, mayHaveTypeErrors, modeOfCell } from './checking.ts';
import type { Types } from './index.ts';
import type { CellEnd, NotebookCell } from './notebook.ts';
import type { Problem } from './problems.ts';

/** How long the cell runs before its check begins, in ms: what it asks and shows at once is not to wait for the compiler. */
const BESIDE_MS = 100;
/** How long the reply of a cell waits for its list of type errors, in ms. */
const LIST_MS = 2_000;
/** How long a cell that must be checked first waits to be run, in ms. */
const FIRST_MS = 20_000;

/** What a request says of how its cell is checked: `metadata.elara.check`. */
export function requestedMode(types: Types, code: string, metadata: Readonly<Record<string, unknown>>): CheckMode {
  const { elara } = metadata;
  const requested = typeof elara === 'object' && elara !== null && 'check' in elara ? elara.check : undefined;
  return isCheckMode(requested) ? requested : (modeOfCell(code) ?? types.mode);
}

/** The check of one cell, beside its run or before it. */
export class CellChecking {
  readonly #types: Types;
  readonly #cell: NotebookCell;
  readonly #checked: Promise<readonly Problem[]> | undefined;
  #start: () => void = () => undefined;

  /** Checks, if there can be anything to find: at once, or beside a run that is long enough. */
  constructor(types: Types, cell: NotebookCell, mode: CheckMode) {
    this.#types = types;
    this.#cell = cell;
    if (mode === 'off' || !mayHaveTypeErrors(cell.code)) return;
    types.begin(cell);
    const { promise: started, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, mode === 'error' ? 0 : BESIDE_MS);
    this.#start = () => {
      clearTimeout(timer);
      resolve();
    };
    this.#checked = started.then(() => import('./cell-check.ts')).then(({ checkCell }) => checkCell(types, cell));
    this.#checked.catch(() => undefined);
  }

  /** Why the cell must not run; undefined where it may. */
  async refusal(): Promise<CellError | undefined> {
    if (this.#checked === undefined) return undefined;
    this.#start();
    const { problemError, uncheckedError } = await import('./problem-list.ts');
    try {
      const problems = await within(this.#checked, FIRST_MS);
      if (problems === undefined) return uncheckedError(`the compiler takes more than ${FIRST_MS / 1000} s`);
      return problems.length === 0 ? undefined : problemError({ ...this.#named, problems });
    } catch (error) {
      return uncheckedError(error instanceof Error ? error.message : String(error));
    }
  }

  /** display_data with the type errors of a cell that has run; undefined where there are none, or not in time. */
  async list(): Promise<Record<string, unknown> | undefined> {
    if (this.#checked === undefined) return undefined;
    this.#start();
    const { log } = this.#types;
    try {
      const problems = await within(this.#checked, LIST_MS);
      if (problems === undefined) log.warn(`types of ${this.#named.name} were not checked within ${LIST_MS / 1000} s`);
      if (problems === undefined || problems.length === 0) return undefined;
      const { problemBundle } = await import('./problem-list.ts');
      return problemBundle({ ...this.#named, problems });
    } catch (error) {
      log.debug(`types of ${this.#named.name} were not checked: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  }

  /** The cell was executed. */
  ran(end: CellEnd): void {
    this.#types.ran(this.#cell, end);
  }

  /** The cell is not executed. */
  drop(): void {
    this.#types.drop(this.#cell);
  }

  get #named(): { readonly name: string; readonly code: string } {
    return { name: `In[${this.#cell.count}]`, code: this.#cell.code };
  }
}
