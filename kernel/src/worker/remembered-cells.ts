import type { RewrittenCell } from '../language/index.ts';

/** A cell that was run, with the way back from V8's positions to its source. */
export interface RememberedCell {
  readonly code: string;
  readonly position: RewrittenCell['position'];
}

/** How many cells are remembered, those that ran last. */
const MOST = 2000;

/** The cells whose code may show up in stacks, by the names of their scripts. */
export class RememberedCells {
  readonly #cells = new Map<string, RememberedCell>();

  remember(name: string, cell: RememberedCell): void {
    this.#cells.set(name, cell);
    if (this.#cells.size <= MOST) return;
    for (const oldest of this.#cells.keys()) {
      this.#cells.delete(oldest);
      break;
    }
  }

  get(name: string): RememberedCell | undefined {
    return this.#cells.get(name);
  }

  entries(): IterableIterator<[name: string, cell: RememberedCell]> {
    return this.#cells.entries();
  }
}
