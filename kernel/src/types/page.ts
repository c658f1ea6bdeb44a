import {
  type BoundCell,
  type DocumentOptions,
  type DocumentText,
  linesIn,
  type Visible,
  writeDocument,
} from './documents.ts';

/** A cell that was executed: what others take from it is in the document of its page. */
export interface SettledCell extends BoundCell {
  readonly number: number;
}

/** How much a page holds. It is sent and read as a whole when a cell is added. */
const MOST_CELLS = 32;
const MOST_LENGTH = 20_000;

/**
 * Settled cells that share a document: the compiler's work grows with the number of documents, and most of all when one is
 * opened. Cells can share one where each name means the same to all of them.
 */
export class Page<Cell extends SettledCell> {
  readonly number: number;
  readonly #javascript: boolean;
  /** It is given to one cell, and to no other. */
  readonly #closed: boolean;
  #cells: { readonly cell: Cell; readonly after: ReadonlyMap<string, Visible | undefined> }[] = [];
  /** Those that no name leads to any more. */
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

  /** Whether no name leads to any of its cells. */
  get isDead(): boolean {
    return this.#cells.length === this.#dead.size;
  }

  /** Whether there is room for a cell. */
  get isFull(): boolean {
    return this.#closed || this.#cells.length >= MOST_CELLS || this.#length >= MOST_LENGTH;
  }

  /** Whether each name means to the cell what it means here, once the dead are gone. */
  admits(cell: Cell): boolean {
    if (!this.#agrees(cell)) this.#bury();
    return this.#agrees(cell);
  }

  /** @param after What the names that the cell has declared or assigned to mean after it. */
  add(cell: Cell, after: ReadonlyMap<string, Visible | undefined>): void {
    this.#cells.push({ cell, after });
    this.#length += cell.facts.code.length;
    this.#enter(cell, after);
    this.#document = undefined;
  }

  /** No name leads to a cell any more. It is in nobody's way yet: the text stays as it is as long as there are more others. */
  forget(cell: Cell): void {
    this.#dead.add(cell);
    if (this.#dead.size * 2 > this.#cells.length) this.#bury();
  }

  /** @param documentOf The number of the page of a cell. */
  document(documentOf: DocumentOptions['documentOf']): DocumentText {
    this.#document ??= writeDocument(
      this.#cells.map(({ cell }) => cell),
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
    const { cell } = this.#cells[index] ?? {};
    return cell !== undefined && line < (lines[index] ?? 0) + linesIn(cell.facts.code) ? cell : undefined;
  }

  #agrees({ facts: { declares, mentions }, taken }: Cell): boolean {
    for (const name of declares.keys()) if (this.#scope.has(name)) return false;
    for (const name of mentions) {
      if (declares.has(name) || !this.#scope.has(name)) continue;
      const here = this.#scope.get(name);
      const there = taken.get(name)?.visible;
      if (here !== there && !(isOpen(here) && isOpen(there))) return false;
      const how = taken.get(name)?.how;
      if (this.#cells.some(({ cell }) => (cell.taken.get(name)?.how ?? how) !== how)) return false;
    }
    return true;
  }

  #bury(): void {
    if (this.#dead.size === 0) return;
    const live = this.#cells.filter(({ cell }) => !this.#dead.has(cell));
    this.#cells = [];
    this.#dead.clear();
    this.#scope.clear();
    this.#length = 0;
    this.#document = undefined;
    for (const { cell, after } of live) this.add(cell, after);
  }

  #enter({ facts, taken }: Cell, after: ReadonlyMap<string, Visible | undefined>): void {
    for (const name of facts.mentions) {
      if (!this.#scope.has(name)) this.#scope.set(name, taken.get(name)?.visible);
    }
    for (const [name, visible] of after) this.#scope.set(name, visible);
  }
}

/** Nobody has declared it. */
function isOpen(visible: Visible | undefined): boolean {
  return visible === undefined || visible.kind === 'implicit';
}
