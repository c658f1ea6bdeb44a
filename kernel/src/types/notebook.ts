import { type CellFacts, factsOf } from './cell-facts.ts';
import type { Kind } from './declarations.ts';
import { type BoundCell, type DocumentText, NOWHERE, takenBy, type Visible, writeDocument } from './documents.ts';
import { type CellName, Entries, type Entry } from './entries.ts';
import { Page } from './page.ts';

/** A cell that was executed, or is about to be: the same object each time it is spoken of. */
export interface NotebookCell extends CellName {
  readonly code: string;
}

/** How a cell has ended. */
export interface CellEnd {
  readonly ok: boolean;
  /** Names of values that it has declared. */
  readonly declared: readonly string[];
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
  readonly #entries = new Entries((entry) => this.#forgotten(entry));
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
  #changes = 0;
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
    this.#changes += 1;
    this.#waiting.push({ cell, end });
    if (this.#waiting.length >= MOST_WAITING) this.#read();
  }

  /** A cell that had begun is not executed. */
  drop(cell: NotebookCell): void {
    const entry = this.#begun.get(cell);
    if (entry !== undefined) this.#entries.settle(entry);
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

  /** How often the names may have changed what they mean. */
  get changes(): number {
    return this.#changes;
  }

  /** Forgets all cells. Returns the numbers of the documents that are gone. */
  clear(): number[] {
    this.#changes += 1;
    const gone = [...this.#gone, ...this.#pages.keys()];
    for (const all of [this.#visible, this.#entries, this.#pages, this.#pageOf]) all.clear();
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

  #enter({ code, ...named }: NotebookCell): Entry {
    return this.#entries.enter(this.#bind(factsOf(code)), named);
  }

  #settle(entry: Entry, end: CellEnd): void {
    const { facts, number } = entry;
    // A worker that ended meanwhile has taken the cell with it.
    if (!this.#entries.has(entry)) return;
    const after = facts.parsed ? this.#declared(entry, end) : new Map<string, Visible>();
    for (const name of facts.hidden) this.#hidden.add(name);
    for (const [name, visible] of after) {
      const before = this.#visible.get(name);
      this.#visible.set(name, visible);
      this.#entries.hold(name, visible);
      this.#entries.release(name, before);
    }
    if (facts.augments) this.#augmenting.add(number);
    else this.#entries.settle(entry);
    if (this.#entries.has(entry)) this.#place(entry, end.ok, after);
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

  #forgotten(entry: Entry): void {
    const page = this.#pages.get(this.#documentOf(entry.number));
    this.#pageOf.delete(entry.number);
    if (page === undefined) return;
    page.forget(entry);
    if (!page.isDead || page === this.#open) return;
    this.#pages.delete(page.number);
    this.#gone.push(page.number);
  }
}

function isValue(kind: Kind): boolean {
  return kind !== 'type' && kind !== 'interface';
}
