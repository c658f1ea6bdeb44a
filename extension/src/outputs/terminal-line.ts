import { type Pen, transition, withCodes } from './pen.ts';

interface Cell {
  readonly character: string;
  readonly pen: Pen;
}

/** A line of a terminal: its text with the sequences of its colours. */
export interface Line {
  text: string;
  /** The pen at its beginning. */
  readonly start: Pen;
}

const PARTS = /\x1b\[([0-9;:]*)m|[\s\S]/gu;

/** The pen after the text. */
export function penAfter(text: string, start: Pen): Pen {
  let pen = start;
  for (const [, codes] of text.matchAll(/\x1b\[([0-9;:]*)m/g)) pen = withCodes(pen, codes ?? '');
  return pen;
}

/** A line's characters, to be written over. */
export class Cells {
  readonly #start: Pen;
  readonly #cells: Cell[];

  constructor({ text, start }: Line) {
    this.#start = start;
    this.#cells = [];
    let pen = start;
    for (const [character, codes] of text.matchAll(PARTS)) {
      if (codes === undefined) this.#cells.push({ character, pen });
      else pen = withCodes(pen, codes);
    }
  }

  get length(): number {
    return this.#cells.length;
  }

  /** Writes text at a column; returns the pen after it, and how many columns it took. */
  write(text: string, column: number, pen: Pen): { readonly pen: Pen; readonly columns: number } {
    let at = column;
    let current = pen;
    this.#fill(column);
    for (const [character, codes] of text.matchAll(PARTS)) {
      if (codes === undefined) this.#cells[at++] = { character, pen: current };
      else current = withCodes(current, codes);
    }
    return { pen: current, columns: at - column };
  }

  /** Erases from one column up to another. */
  erase(from: number, to: number): void {
    if (to >= this.#cells.length) {
      this.#cells.length = Math.min(this.#cells.length, from);
      return;
    }
    for (let at = from; at < to; at++) this.#cells[at] = { character: ' ', pen: this.#start };
  }

  /** @param end The pen that what follows is written with. */
  text(end: Pen): string {
    let pen = this.#start;
    let text = '';
    for (const cell of this.#cells) {
      text += transition(pen, cell.pen) + cell.character;
      pen = cell.pen;
    }
    return text + transition(pen, end);
  }

  #fill(column: number): void {
    while (this.#cells.length < column) this.#cells.push({ character: ' ', pen: this.#start });
  }
}
