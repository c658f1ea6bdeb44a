import {
  type BoundCell,
  type DocumentOptions,
  type DocumentText,
  linesIn,
  type Visible,
  writeDocument,
} from './documents.ts';

/** A cell that was executed: what others take from it is in the document of its page. */
export interface SettledCell {
  /** What others need of it: ever less. */
  readonly needed: BoundCell;
}

/** How much a page holds. It is sent and read as a whole when a cell is added. */
const MOST_CELLS = 32;
const MOST_LENGTH = 20_000;

/** What names mean after a cell that it has declared or assigned to. */
type After = ReadonlyMap<string, Visible>;

interface Written<Cell> {
  readonly cell: Cell;
  /** What was needed when it was written. */
  readonly bound: BoundCell;
  readonly after: After;
}

/**
 * Settled cells that share a document: the compiler's work grows with the number of documents, and most of all when one is
 * opened. Cells can share one where each name means the same to all of them.
 */
export class Page<Cell extends SettledCell> {
  readonly number: number;
  readonly #javascript: boolean;
  /** It is given to one cell, and to no other. */
  readonly #closed: boolean;
  #cells: Written<Cell>[] = [];
  /** Those of which nothing is needed any more. */
  readonly #dead = new Set<Cell>();
  /** What names mean at its end. */
  readonly #scope = new Map<string, Visible | undefined>();
  #length = 0;
  #document: DocumentText | undefined;

  constructor(number: number, options: { readonly javascript: boolean; readonly closed: boolean }) {
    this.number = number;
    this.#javascript = options.javascript;
    this.#closed = options.closed;
  }

  /** Whether nothing of its cells is needed any more. */
  get isDead(): boolean {
    return this.#cells.length === this.#dead.size;
  }

  /** Whether there is room for a cell. */
  get isFull(): boolean {
    return this.#closed || this.#cells.length >= MOST_CELLS || this.#length >= MOST_LENGTH;
  }

  /** Whether each name means to the cell what it means here, as far as it is needed. */
  admits({ needed }: Cell): boolean {
    if (!this.#agrees(needed)) this.#write();
    return this.#agrees(needed);
  }

  add(cell: Cell, after: After): void {
    const bound = cell.needed;
    this.#cells.push({ cell, bound, after });
    this.#length += bound.facts.code.length;
    this.#enter(bound, after);
    this.#document = undefined;
  }

  /** Nothing of a cell is needed any more. The text stays as it is as long as it is in nobody's way and there are more others. */
  forget(cell: Cell): void {
    this.#dead.add(cell);
    if (this.#dead.size * 2 > this.#cells.length) this.#write();
  }

  /** @param documentOf The number of the page of a cell. */
  document(documentOf: DocumentOptions['documentOf']): DocumentText {
    this.#document ??= writeDocument(
      this.#cells.map(({ bound }) => bound),
      { javascript: this.#javascript, documentOf, number: this.number },
    );
    return this.#document;
  }

  /** The line on which a cell begins in the document. */
  lineOf(cell: Cell, documentOf: DocumentOptions['documentOf']): number {
    const index = this.#cells.findIndex((one) => one.cell === cell);
    return this.document(documentOf).lines[index] ?? 0;
  }

  /** The cell that a line of the document belongs to. */
  cellAt(line: number, documentOf: DocumentOptions['documentOf']): Cell | undefined {
    const { lines } = this.document(documentOf);
    const index = lines.findLastIndex((first) => first <= line);
    const { cell, bound } = this.#cells[index] ?? {};
    return bound !== undefined && line < (lines[index] ?? 0) + linesIn(bound.facts.code) ? cell : undefined;
  }

  #agrees({ facts: { declares, mentions }, taken }: BoundCell): boolean {
    for (const name of declares.keys()) if (this.#scope.has(name)) return false;
    for (const name of mentions) {
      if (declares.has(name) || !this.#scope.has(name)) continue;
      const here = this.#scope.get(name);
      const there = taken.get(name)?.visible;
      if (here !== there && !(isOpen(here) && isOpen(there))) return false;
      const how = taken.get(name)?.how;
      if (this.#cells.some(({ bound }) => (bound.taken.get(name)?.how ?? how) !== how)) return false;
    }
    return true;
  }

  /** Writes it anew, with what is needed by now. */
  #write(): void {
    const live = this.#cells.filter(({ cell }) => !this.#dead.has(cell));
    if (this.#cells.every(({ cell, bound }) => live.length === this.#cells.length && cell.needed === bound)) return;
    this.#cells = [];
    this.#dead.clear();
    this.#scope.clear();
    this.#length = 0;
    this.#document = undefined;
    for (const { cell, after } of live) this.add(cell, after);
  }

  #enter({ facts, taken }: BoundCell, after: After): void {
    for (const name of facts.mentions) {
      if (!this.#scope.has(name)) this.#scope.set(name, taken.get(name)?.visible);
    }
    for (const [name, visible] of after) {
      if (facts.declares.has(name) || facts.mentions.has(name)) this.#scope.set(name, visible);
    }
  }
}

/** Nobody has declared it. */
function isOpen(visible: Visible | undefined): boolean {
  return visible === undefined || visible.kind === 'implicit';
}
