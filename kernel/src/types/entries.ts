import { factsOf } from './cell-facts.ts';
import type { BoundCell, Visible } from './documents.ts';
import { neededOf } from './needed.ts';

/** How a cell is called. */
export interface CellName {
  /** Number of the cell: `In[n]`. */
  readonly count: number;
  /** What the notebook calls it, if the frontend has said so. */
  readonly id?: string;
}

/** A cell's place in the model; what it takes from others never changes. */
export interface Entry extends BoundCell, CellName {
  readonly number: number;
  /** What others need of it: ever less. */
  readonly needed: BoundCell;
}

interface KeptEntry extends Entry {
  /** How often each of its names is needed, by what names mean now and by other cells. */
  readonly uses: Map<string, number>;
  needed: BoundCell;
}

/** The use that a cell makes of itself: until it has settled, and for good where all others see it. */
const ITSELF = '';

const NOTHING: BoundCell = { facts: factsOf(''), taken: new Map() };

/** The cells, as long as something leads to them: what a name means now, or another cell of which that is true. */
export class Entries {
  readonly #entries = new Map<number, KeptEntry>();
  readonly #onForgotten: (entry: Entry) => void;
  #last = 0;

  constructor(onForgotten: (entry: Entry) => void) {
    this.#onForgotten = onForgotten;
  }

  get(number: number): Entry | undefined {
    return this.#entries.get(number);
  }

  has({ number }: Entry): boolean {
    return this.#entries.has(number);
  }

  /** A cell that holds itself. */
  enter(bound: BoundCell, name: CellName): Entry {
    this.#last += 1;
    const entry: KeptEntry = { ...bound, ...name, number: this.#last, uses: new Map([[ITSELF, 1]]), needed: bound };
    this.#entries.set(entry.number, entry);
    for (const [name, { visible }] of entry.taken) this.hold(name, visible);
    return entry;
  }

  /** From now on a cell is there as far as something leads to it. */
  settle({ number }: Entry): void {
    this.#release([[ITSELF, number]]);
  }

  /** Something leads to what a name means. */
  hold(name: string, visible: Visible | undefined): void {
    for (const [, cell] of steps(name, visible)) {
      const { uses } = this.#entries.get(cell) ?? {};
      uses?.set(name, (uses.get(name) ?? 0) + 1);
    }
  }

  /** It does not any more. */
  release(name: string, visible: Visible | undefined): void {
    this.#release(steps(name, visible));
  }

  clear(): void {
    this.#entries.clear();
  }

  /** What is not needed any more does not need others. No recursion: chains of cells are long. */
  #release(todo: Step[]): void {
    for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
      const [name, cell] = next;
      const entry = this.#entries.get(cell);
      const uses = entry?.uses.get(name);
      if (entry === undefined || uses === undefined) continue;
      if (uses > 1) {
        entry.uses.set(name, uses - 1);
        continue;
      }
      entry.uses.delete(name);
      const { taken } = entry.needed;
      this.#need(entry);
      for (const [other, { visible }] of taken) {
        if (!entry.needed.taken.has(other)) todo.push(...steps(other, visible));
      }
    }
  }

  #need(entry: KeptEntry): void {
    const { uses } = entry;
    if (uses.has(ITSELF)) return;
    entry.needed = uses.size === 0 ? NOTHING : neededOf(entry, uses.keys());
    if (uses.size > 0) return;
    this.#entries.delete(entry.number);
    this.#onForgotten(entry);
  }
}

type Step = [name: string, cell: number];

function steps(name: string, visible: Visible | undefined): Step[] {
  if (visible === undefined) return [];
  const { declared, assigned } = visible;
  return declared === assigned
    ? [[name, declared]]
    : [
        [name, declared],
        [name, assigned],
      ];
}
