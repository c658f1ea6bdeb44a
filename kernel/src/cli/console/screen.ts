import type { Writable } from 'node:stream';
import type { Layout } from './layout.ts';

/** A terminal's output: `process.stdout`. */
export type TerminalOutput = Writable & { readonly columns: number; readonly rows: number };

/** The part of the terminal that is drawn anew with each key. */
export class Screen {
  readonly #output: TerminalOutput;
  /** Row of the cursor in what is drawn; undefined while nothing is. */
  #cursorRow: number | undefined;

  constructor(output: TerminalOutput) {
    this.#output = output;
  }

  get columns(): number {
    return this.#output.columns;
  }

  get rows(): number {
    return this.#output.rows;
  }

  /** Puts the layout in the place of what was drawn before. */
  draw({ lines, cursorRow, cursorColumn }: Layout): void {
    this.erase();
    const below = lines.length - 1 - cursorRow;
    const toCursor = `${below > 0 ? `\x1b[${below}A` : ''}\r${cursorColumn > 0 ? `\x1b[${cursorColumn}C` : ''}`;
    // The cursor is hidden meanwhile, so that it does not flicker.
    this.#output.write(`\x1b[?25l${lines.join('\r\n')}${toCursor}\x1b[?25h`);
    this.#cursorRow = cursorRow;
  }

  erase(): void {
    if (this.#cursorRow === undefined) return;
    this.#output.write(`${this.#cursorRow > 0 ? `\x1b[${this.#cursorRow}A` : ''}\r\x1b[J`);
    this.#cursorRow = undefined;
  }

  /** Leaves what is drawn on the page, `ending` at the cursor and nothing below it. */
  leave(ending: string): void {
    this.#output.write(`${ending}\x1b[J\r\n`);
    this.#cursorRow = undefined;
  }

  clear(): void {
    this.#output.write('\x1b[H\x1b[2J');
    this.#cursorRow = undefined;
  }

  onResize(listener: () => void): Disposable {
    this.#output.on('resize', listener);
    return { [Symbol.dispose]: () => void this.#output.off('resize', listener) };
  }
}
