import { type CellFacts, factsOf, type Kind } from './cell-facts.ts';
import { type BoundCell, type DocumentText, NOWHERE, takenBy, type Visible, writeDocument } from './documents.ts';
import { Page } from './page.ts';

/** A cell that was executed, or is about to be: the same object each time it is spoken of. */
export interface NotebookCell {
  readonly code: string;
  /** Number of the cell: `In[n]`. */
  readonly count: number;
  /** What the notebook calls it, if the frontend has said so. */
  readonly id?: string;
}

/** How a cell has ended. */
export interface CellEnd {
  readonly ok: boolean;
  /** Names of values that it has declared. */
  readonly declared: readonly string[];
}

/** A cell's place in the model; what it takes from others never changes. */
export interface Entry extends BoundCell {
  readonly number: number;
  readonly count: number;
  readonly id?: string;
}

/** Where a cell stands among the documents. */
export interface EntryPlace {
  readonly document: number;
  /** Its first line there. */
  readonly line: number;
}

/** So many cells may wait to be read: then they are, and those that no name leads to are forgotten. */
const MOST_WAITING = 100;

/**
 * The notebook's code: cells as executed, in order. Each takes what it needs from the cells that had it when it was executed:
 * an older cell is never read again, and a newer declaration hides an older one whatever their kinds. Cells that agree on
 * what names mean share a document, a page.
 */
export class Notebook {
  readonly javascript: boolean;
  readonly #visible = new Map<string, Visible>();
  readonly #entries = new Map<number, Entry>();
  readonly #pages = new Map<number, Page<Entry>>();
  /** The page of each cell that has settled. */
  readonly #pageOf = new Map<number, number>();
  /** To which cells are added. */
  #open: Page<Entry> | undefined;
  #gone: number[] = [];
  readonly #augmenting = new Set<number>();
  readonly #hidden = new Set<string>();
  /** Executed, and not read yet: nobody has asked. */
  #waiting: { readonly cell: NotebookCell; readonly end: CellEnd }[] = [];
  readonly #begun = new WeakMap<NotebookCell, Entry>();
  /** How many names and cells lead to each cell. */
  readonly #uses = new Map<number, number>();
  #last = 0;
  #lastPage = 0;

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

  /** A cell was executed. Costs nothing; it is read when somebody asks, or when many wait. */
  add(cell: NotebookCell, end: CellEnd): void {
    this.#waiting.push({ cell, end });
    if (this.#waiting.length >= MOST_WAITING) this.#read();
  }

  /** A cell that had begun is not executed. */
  drop(cell: NotebookCell): void {
    const entry = this.#begun.get(cell);
    if (entry !== undefined) this.#release(entry.number);
  }

  /** Code that is being written on top of all cells. `also`: names that it is to see in any case. */
  draft(code: string, also: Iterable<string> = []): BoundCell {
    this.#read();
    const own = factsOf(code);
    const facts = { ...own, mentions: new Set([...own.mentions, ...also]) };
    return this.#bind(facts);
  }

  /** The document of a cell alone, which others cannot import from. `imports`: documents that it imports from in any case. */
  write(cell: BoundCell, imports: Iterable<number> = []): DocumentText {
    const { javascript } = this;
    return writeDocument([cell], { javascript, documentOf: this.#documentOf, imports });
  }

  /** The document of a page; undefined where it is no more. */
  page(number: number): DocumentText | undefined {
    return this.#pages.get(number)?.document(this.#documentOf);
  }

  entry(number: number): Entry | undefined {
    return this.#entries.get(number);
  }

  /** Where a cell stands that has settled. */
  placeOf(entry: Entry): EntryPlace | undefined {
    this.#read();
    const document = this.#documentOf(entry.number);
    const line = this.#pages.get(document)?.lineOf(entry, this.#documentOf);
    return line === undefined ? undefined : { document, line };
  }

  /** The cell that a line of a page belongs to. */
  entryAt(page: number, line: number): Entry | undefined {
    return this.#pages.get(page)?.cellAt(line, this.#documentOf);
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

  /** Documents that all others see, whether or not they import from them: they add to global types. */
  get augmenting(): number[] {
    return [...this.#augmenting].flatMap((cell) => this.#pageOf.get(cell) ?? []);
  }

  /** Forgets all cells. Returns the numbers of the documents that are gone. */
  clear(): number[] {
    const gone = [...this.#gone, ...this.#pages.keys()];
    for (const all of [this.#visible, this.#entries, this.#pages, this.#pageOf, this.#uses]) all.clear();
    this.#augmenting.clear();
    this.#hidden.clear();
    this.#open = undefined;
    this.#gone = [];
    this.#waiting = [];
    return gone;
  }

  /** The numbers of the documents that are gone since the last time: no name leads to them. */
  takeGone(): number[] {
    const gone = this.#gone;
    this.#gone = [];
    return gone;
  }

  readonly #documentOf = (cell: number): number => this.#pageOf.get(cell) ?? NOWHERE;

  #read(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const { cell, end } of waiting) this.#settle(this.#begun.get(cell) ?? this.#enter(cell), end);
  }

  #bind(facts: CellFacts): BoundCell {
    return { facts, taken: takenBy(facts, (name) => this.#visible.get(name), this.javascript) };
  }

  /** Until it has settled, the cell is held by itself. */
  #enter({ code, count, id }: NotebookCell): Entry {
    this.#last += 1;
    const entry = { ...this.#bind(factsOf(code)), count, number: this.#last, ...(id !== undefined && { id }) };
    this.#entries.set(entry.number, entry);
    this.#hold(entry.number);
    for (const { visible } of entry.taken.values()) this.#holdAll(visible);
    return entry;
  }

  #settle(entry: Entry, end: CellEnd): void {
    const { facts, number } = entry;
    // A worker that ended meanwhile has taken the cell with it.
    if (!this.#entries.has(number)) return;
    if (facts.parsed) {
      for (const name of facts.hidden) this.#hidden.add(name);
      const after = this.#declared(entry, end);
      for (const [name, visible] of after) {
        const before = this.#visible.get(name);
        this.#visible.set(name, visible);
        this.#holdAll(visible);
        this.#releaseAll(before);
      }
      if (facts.augments) {
        this.#augmenting.add(number);
        this.#hold(number);
      }
      if (after.size > 0 || facts.augments) this.#place(entry, end.ok, after);
    }
    this.#release(number);
  }

  /** What names mean from now on to which the cell has given another meaning. */
  #declared({ number, facts }: Entry, { ok, declared }: CellEnd): Map<string, Visible> {
    const after = new Map<string, Visible>();
    const sure = new Set(declared);
    for (const [name, kind] of facts.declares) {
      // A cell that failed may not have come so far: what was there before is there in any case.
      if (!ok && (this.#visible.has(name) || (isValue(kind) && !sure.has(name)))) continue;
      after.set(name, { kind, declared: number, assigned: number });
    }
    for (const name of facts.globals) {
      if (!this.#visible.has(name) && !after.has(name)) {
        after.set(name, { kind: 'implicit', declared: number, assigned: number });
      }
    }
    for (const name of facts.assigns) {
      const known = after.get(name) ?? this.#visible.get(name);
      if (known !== undefined) after.set(name, { ...known, assigned: number });
      else if (!(name in globalThis)) after.set(name, { kind: 'implicit', declared: number, assigned: number });
    }
    return after;
  }

  #place(entry: Entry, ok: boolean, after: ReadonlyMap<string, Visible>): void {
    const { isJsx, augments, exports } = entry.facts;
    // What others would be mixed up with: names that are not there after all, and what is said of a whole document.
    const closed = !ok || isJsx || augments || exports.size > 0;
    const shared = !closed && this.#open?.isFull === false && this.#open.admits(entry) ? this.#open : undefined;
    const page = shared ?? this.#newPage(closed);
    this.#pageOf.set(entry.number, page.number);
    page.add(entry, after);
  }

  #newPage(closed: boolean): Page<Entry> {
    this.#lastPage += 1;
    const page = new Page<Entry>(this.#lastPage, { javascript: this.javascript, closed });
    this.#pages.set(page.number, page);
    if (!closed) this.#open = page;
    return page;
  }

  #hold(cell: number): void {
    this.#uses.set(cell, (this.#uses.get(cell) ?? 0) + 1);
  }

  #holdAll(visible: Visible | undefined): void {
    if (visible === undefined) return;
    this.#hold(visible.declared);
    this.#hold(visible.assigned);
  }

  #releaseAll(visible: Visible | undefined): void {
    if (visible === undefined) return;
    this.#release(visible.declared);
    this.#release(visible.assigned);
  }

  /** Forgets a cell that nothing leads to any more, and so on with those that it took something from: chains are long. */
  #release(first: number): void {
    const todo = [first];
    for (let number = todo.pop(); number !== undefined; number = todo.pop()) {
      const uses = (this.#uses.get(number) ?? 0) - 1;
      if (uses > 0) {
        this.#uses.set(number, uses);
        continue;
      }
      this.#uses.delete(number);
      for (const { visible } of this.#forget(number)?.taken.values() ?? []) {
        if (visible !== undefined) todo.push(visible.declared, visible.assigned);
      }
    }
  }

  #forget(number: number): Entry | undefined {
    const entry = this.#entries.get(number);
    const page = this.#pages.get(this.#documentOf(number));
    this.#entries.delete(number);
    this.#pageOf.delete(number);
    if (entry === undefined || page === undefined) return entry;
    page.forget(entry);
    if (page.isDead && page !== this.#open) {
      this.#pages.delete(page.number);
      this.#gone.push(page.number);
    }
    return entry;
  }
}

function isValue(kind: Kind): boolean {
  return kind !== 'type' && kind !== 'interface';
}
