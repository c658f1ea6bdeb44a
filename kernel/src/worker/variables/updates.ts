/**
 * The list of variables for who wants to see it change: a comm of the target `elara.variables`. See docs/variables.md for its
 * messages. Nothing is done while none is open.
 */
import type { Paging, Variable } from '../../link.ts';
import type { Comm, CommMessage, Data } from '../comms/comm.ts';
import type { Variables } from './index.ts';

/** Updates are so far apart, in ms, and at least so many times as long as it took to make one. */
const APART_MS = 50;
const SHARE = 10;

export interface UpdatesParts {
  readonly variables: Variables;
  /** Does work that is not the user's, and that no interrupt is to stop in the middle. */
  readonly undisturbed: (work: () => void) => void;
  /** Called with what is to be done when a cell has ended; undefined: nothing any more. */
  readonly watchCells: (ended: (() => void) | undefined) => void;
}

export class Updates {
  readonly #parts: UpdatesParts;
  /** What each open comm was told of, by name. */
  readonly #told = new Map<Comm, Map<string, string>>();
  #timer: NodeJS.Timeout | undefined;
  /** When the next update may be made. */
  #next = 0;

  constructor(parts: UpdatesParts) {
    this.#parts = parts;
  }

  /** A frontend has opened a comm. */
  open(comm: Comm): void {
    comm.onMessage = ({ data }: CommMessage) => this.#parts.undisturbed(() => this.#answer(comm, data));
    comm.onClose = () => this.#close(comm);
    this.#told.set(comm, new Map());
    this.#parts.watchCells(() => this.#cellEnded());
    this.#parts.undisturbed(() => this.#sendAll(comm));
  }

  #close(comm: Comm): void {
    this.#told.delete(comm);
    if (this.#told.size > 0) return;
    this.#parts.watchCells(undefined);
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #cellEnded(): void {
    // Cells that end while one waits are in the same update.
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#parts.undisturbed(() => this.#update());
      },
      Math.max(0, this.#next - performance.now()),
    );
  }

  #update(): void {
    const started = performance.now();
    const { variables, total } = this.#parts.variables.all({});
    const now = new Map(variables.map((variable) => [variable.name, JSON.stringify(variable)]));
    for (const [comm, told] of this.#told) {
      const changed = variables.filter(({ name }) => told.get(name) !== now.get(name));
      const removed = [...told.keys()].filter((name) => !now.has(name));
      this.#told.set(comm, now);
      this.#send(comm, { type: 'changes', changed, removed, total });
    }
    const ended = performance.now();
    this.#next = ended + Math.max(APART_MS, SHARE * (ended - started));
  }

  #sendAll(comm: Comm): void {
    const { variables, total } = this.#parts.variables.all({});
    this.#told.set(comm, new Map(variables.map((variable: Variable) => [variable.name, JSON.stringify(variable)])));
    this.#send(comm, { type: 'all', variables, total });
  }

  /** What a frontend asks. Its `id`, whatever that is, comes back with the answer. */
  #answer(comm: Comm, data: Data): void {
    const { id } = data;
    const answer = (content: Data): void => this.#send(comm, id === undefined ? content : { ...content, id });
    switch (data.type) {
      case 'refresh':
        this.#sendAll(comm);
        return;
      case 'children': {
        const reference = Number(data.reference);
        const page = this.#parts.variables.children(reference, pagingOf(data));
        answer(page === undefined ? { type: 'missing', reference } : { type: 'children', reference, ...page });
        return;
      }
      case 'display': {
        const expression = String(data.expression);
        const outcome = this.#parts.variables.answer({ about: 'display', expression });
        if (outcome.kind !== 'display') answer({ type: 'missing', expression });
        else answer({ type: 'display', expression, data: outcome.data, metadata: outcome.metadata });
        return;
      }
      default:
        answer({ type: 'error', message: `${JSON.stringify(data.type)}: expected refresh, children or display` });
    }
  }

  #send(comm: Comm, data: Data): void {
    if (!comm.closed) comm.send(data);
    // A cell may have closed it.
    else this.#close(comm);
  }
}

function pagingOf({ filter, start, count }: Data): Paging {
  return {
    ...((filter === 'indexed' || filter === 'named') && { filter }),
    ...(typeof start === 'number' && { start }),
    ...(typeof count === 'number' && { count }),
  };
}
