import type { EditBuffer } from './edit-buffer.ts';
import { colourOf, type Token } from './highlight.ts';
import { characterWidth, textWidth } from './text-width.ts';

const RESET = '\x1b[0m';
const TAB = '  ';

export interface LayoutInput {
  readonly buffer: EditBuffer;
  /** Tokens of the buffer's text. */
  readonly tokens: readonly Token[];
  /** Stands before the first line. */
  readonly prompt: string;
  /** Stands before the others. */
  readonly continuation: string;
  /** Escape sequence for the colour of the prompts; empty for none. */
  readonly promptColour: string;
  /** Shown below the text. */
  readonly hint: readonly string[];
  readonly columns: number;
  readonly rows: number;
}

/** What is to be on the terminal: rows that each fit into its width, and the cursor in them. */
export interface Layout {
  readonly lines: readonly string[];
  readonly cursorRow: number;
  readonly cursorColumn: number;
}

/** Breaks prompt, text and hint into the rows of a terminal. What does not fit is cut around the cursor. */
export function layOut(input: LayoutInput): Layout {
  const { buffer, columns } = input;
  const rows = new Rows(columns);
  rows.add(input.prompt, input.promptColour);
  let at = 0;
  for (const { kind, text } of input.tokens) {
    for (const character of text) {
      if (at === buffer.cursor) rows.markCursor();
      at += character.length;
      if (character === '\n') {
        rows.break();
        rows.add(input.continuation, input.promptColour);
      } else {
        rows.add(character === '\t' ? TAB : visible(character), colourOf(kind));
      }
    }
  }
  if (at === buffer.cursor) rows.markCursor();
  const { lines, cursorRow, cursorColumn } = rows.done();
  const hint = input.hint.map((line) => fitted(line, columns - 1));
  const room = Math.max(1, input.rows - Math.min(hint.length, Math.floor(input.rows / 2)));
  const first = Math.max(0, Math.min(cursorRow - Math.floor(room / 2), lines.length - room));
  const shown = lines.slice(first, first + room);
  return {
    lines: [...shown, ...hint.slice(0, input.rows - shown.length)],
    cursorRow: cursorRow - first,
    cursorColumn,
  };
}

class Rows {
  readonly #columns: number;
  readonly #lines: string[] = [];
  #line = '';
  #width = 0;
  #colour = '';
  #cursor = { row: 0, column: 0 };

  constructor(columns: number) {
    this.#columns = Math.max(4, columns);
  }

  add(text: string, colour: string): void {
    for (const character of text) {
      const width = characterWidth(character);
      if (this.#width + width > this.#columns) this.break();
      if (this.#colour !== colour) {
        this.#line += this.#colour === '' ? colour : RESET + colour;
        this.#colour = colour;
      }
      this.#line += character;
      this.#width += width;
    }
  }

  break(): void {
    this.#lines.push(this.#colour === '' ? this.#line : this.#line + RESET);
    this.#line = '';
    this.#width = 0;
    this.#colour = '';
  }

  markCursor(): void {
    // Behind the last column there is no place for a cursor: the next character comes on the next row.
    if (this.#width >= this.#columns) this.break();
    this.#cursor = { row: this.#lines.length, column: this.#width };
  }

  done(): Layout {
    this.break();
    return { lines: this.#lines, cursorRow: this.#cursor.row, cursorColumn: this.#cursor.column };
  }
}

/** Control characters are shown as `^X`, so that they move nothing. */
function visible(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 32) return `^${String.fromCharCode(code + 64)}`;
  return code === 127 ? '^?' : character;
}

function fitted(line: string, columns: number): string {
  if (textWidth(line) <= columns) return line;
  let cut = '';
  let width = 0;
  for (const character of line) {
    width += characterWidth(character);
    if (width >= columns) break;
    cut += character;
  }
  return `${cut}…`;
}

/** Names in columns, as many rows as there are at most. */
export function inColumns(names: readonly string[], columns: number, maxRows: number): string[] {
  const widest = Math.max(0, ...names.map(textWidth)) + 2;
  const across = Math.max(1, Math.floor((columns - 1) / widest));
  const needed = Math.ceil(names.length / across);
  const rows = Math.min(needed, maxRows);
  const lines = Array.from({ length: rows }, (_, row) =>
    names
      .filter((_, index) => index % needed === row)
      .map((name) => name + ' '.repeat(widest - textWidth(name)))
      .join('')
      .trimEnd(),
  );
  const left = names.length - names.filter((_, index) => index % needed < rows).length;
  return left > 0 ? [...lines, `… ${left} more`] : lines;
}
