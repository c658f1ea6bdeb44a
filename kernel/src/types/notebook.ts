import { type CellFacts, factsOf, type Kind } from './cell-facts.ts';
import { type DocumentText, type Visible, writeDocument } from './documents.ts';

/** A cell that was executed, or is about to be: the same object each time it is spoken of. */
export interface NotebookCell {
  readonly code: string;
  /** Number of the cell: `In[n]`. */
  readonly count: number;
}

/** How a cell has ended. */
export interface CellEnd {
  readonly ok: boolean;
  /** Names of values that it has declared. */
  readonly declared: readonly string[];
}

/** A cell's place in the model; the text never changes. */
export interface Entry extends DocumentText {
  readonly number: number;
  readonly count: number;
  readonly facts: CellFacts;
}

export interface Draft extends DocumentText {
  readonly facts: CellFacts;
}

/** Documents that no name refers to any more are forgotten when there are so many more than before. */
const SPARE = 100;

/**
 * The notebook's code: cells as executed, in order. Each is a document of its own, which imports what it takes from the
 * documents that had it when it was executed: an older cell is never read again, and a newer declaration hides an older one
 * whatever their kinds.
 */
export class Notebook {
  readonly javascript: boolean;
  readonly #visible = new Map<string, Visible>();
  readonly #entries = new Map<number, Entry>();
  readonly #hidden = new Set<string>();
  /** Executed, and not read yet: nobody has asked. */
  #waiting: { readonly cell: NotebookCell; readonly end: CellEnd }[] = [];
  readonly #begun = new WeakMap<NotebookCell, Entry>();
  #last = 0;
  #kept = 0;

  constructor(options: { readonly javascript: boolean }) {
    this.javascript = options.javascript;
  }

  /** A cell that is to be executed, read now. It becomes visible to others by `add`. */
  begin(cell: NotebookCell): Entry {
    this.#read();
    const entry = this.#enter(cell);
    this.#begun.set(cell, entry);
    return entry;
  }

  /** What `begin` gave for a cell. */
  begun(cell: NotebookCell): Entry | undefined {
    return this.#begun.get(cell);
  }

  /** A cell was executed. Costs nothing; it is read when somebody asks. */
  add(cell: NotebookCell, end: CellEnd): void {
    this.#waiting.push({ cell, end });
  }

  /** A cell that had begun is not executed. Returns what it was. */
  drop(cell: NotebookCell): Entry | undefined {
    const entry = this.#begun.get(cell);
    if (entry !== undefined) this.#entries.delete(entry.number);
    return entry;
  }

  /** The document of code that is being written on top of all cells. `also`: names that it is to see in any case. */
  draft(code: string, also: Iterable<string> = []): Draft {
    this.#read();
    const own = factsOf(code);
    const facts = { ...own, mentions: new Set([...own.mentions, ...also]) };
    const text = writeDocument(facts, (name) => this.#visible.get(name), {
      javascript: this.javascript,
      exported: false,
    });
    return { ...text, facts };
  }

  entry(number: number): Entry | undefined {
    return this.#entries.get(number);
  }

  /** What the cells have declared, by name. */
  get names(): ReadonlyMap<string, Visible> {
    this.#read();
    return this.#visible;
  }

  /** Names of members that the classes of the cells keep to themselves. */
  get hidden(): ReadonlySet<string> {
    return this.#hidden;
  }

  /** Forgets all cells. Returns the numbers of the documents that are gone. */
  clear(): number[] {
    const gone = [...this.#entries.keys()];
    this.#visible.clear();
    this.#entries.clear();
    this.#hidden.clear();
    this.#waiting = [];
    this.#kept = 0;
    return gone;
  }

  /** Forgets what no name leads to. Returns the numbers of the documents that are gone. */
  prune(): number[] {
    if (this.#entries.size + this.#waiting.length < this.#kept + SPARE) return [];
    this.#read();
    const live = new Set<number>();
    const mark = (number: number): void => {
      const todo = [number];
      for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
        if (live.has(next)) continue;
        live.add(next);
        todo.push(...(this.#entries.get(next)?.imports ?? []));
      }
    };
    for (const { document, assigned } of this.#visible.values()) {
      mark(document);
      mark(assigned);
    }
    for (const { number, facts } of this.#entries.values()) if (facts.augments) mark(number);
    const gone = [...this.#entries.keys()].filter((number) => !live.has(number));
    for (const number of gone) this.#entries.delete(number);
    this.#kept = this.#entries.size;
    return gone;
  }

  /** Numbers of the documents that all others see, whether or not they import from them: they add to global types. */
  get augmenting(): number[] {
    return [...this.#entries.values()].flatMap(({ number, facts }) => (facts.augments ? [number] : []));
  }

  #read(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { cell, end } of waiting) this.#declare(this.#begun.get(cell) ?? this.#enter(cell), end);
  }

  #enter({ code, count }: NotebookCell): Entry {
    const facts = factsOf(code);
    const written = writeDocument(facts, (name) => this.#visible.get(name), {
      javascript: this.javascript,
      exported: true,
    });
    this.#last += 1;
    const entry = { ...written, facts, count, number: this.#last };
    this.#entries.set(entry.number, entry);
    return entry;
  }

  #declare({ number, facts }: Entry, { ok, declared }: CellEnd): void {
    // A worker that ended meanwhile has taken the cell with it.
    if (!facts.parsed || !this.#entries.has(number)) return;
    for (const name of facts.hidden) this.#hidden.add(name);
    const sure = new Set(declared);
    for (const [name, kind] of facts.declares) {
      // A cell that failed may not have come so far: what was there before is there in any case.
      if (!ok && (this.#visible.has(name) || (isValue(kind) && !sure.has(name)))) continue;
      this.#visible.set(name, { kind, document: number, assigned: number });
    }
    for (const name of facts.globals) {
      if (!this.#visible.has(name)) this.#visible.set(name, { kind: 'implicit', document: number, assigned: number });
    }
    for (const name of facts.assigns) {
      const known = this.#visible.get(name);
      if (known === undefined) {
        if (!(name in globalThis)) this.#visible.set(name, { kind: 'implicit', document: number, assigned: number });
      } else this.#visible.set(name, { ...known, assigned: number });
    }
  }
}

function isValue(kind: Kind): boolean {
  return kind !== 'type' && kind !== 'interface';
}
