import { type Pen, PLAIN } from './pen.ts';
import { Cells, type Line, penAfter } from './terminal-line.ts';

/** How many lines the cursor can go back over: those of a terminal. */
const ROWS = 50;

/** A line longer than this is not written over: a carriage return ends it. */
const LONGEST_LINE = 100_000;

/** Sequences that move nothing and show nothing: titles, links, modes, the bell. */
const INVISIBLE = /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[[?>=][0-9;]*[a-zA-Z]|\x1b[=>()][0-9A-B]?|\x07/g;
/** A sequence whose end has yet to come. */
const UNFINISHED = /\x1b(?:\[[0-9;:?>=]{0,64}|\][^\x07\x1b]{0,4096}\x1b?|[()])?$/;
const TOKENS = /\r|\n|[\b]|\x1b\[([0-9;:]*)([@-ln-~])|(?:\x1b\[[0-9;:]*m|[^\r\n\b\x1b])+|\x1b/g;
/** True of text in which a cursor moves in another way than forward. */
const MOVING = /[\r\b]|\x1b\[[0-9;:]*[@-ln-~]/;

/** The text of a stream as a terminal would show it: carriage returns, backspaces and cursor movements are carried out. */
export class TerminalText {
  /** Lines that the cursor can reach. What is above them stays as it is. */
  readonly #lines: Line[] = [{ text: '', start: PLAIN }];
  #settled: string[] = [];
  #appended: string[] = [];
  #rewritten = false;
  #unfinished = '';
  #row = 0;
  /** Undefined: at the end of its line. */
  #column: number | undefined;
  #pen: Pen = PLAIN;

  write(chunk: string): void {
    let text = (this.#unfinished + chunk).replace(INVISIBLE, '').replace(/\r+\n/g, '\n');
    this.#unfinished = UNFINISHED.exec(text)?.[0] ?? '';
    text = text.slice(0, text.length - this.#unfinished.length);
    if (this.#atEnd && !MOVING.test(text)) this.#append(text);
    else for (const [token, parameters, command] of text.matchAll(TOKENS)) this.#do(token, parameters, command);
    this.#settle();
  }

  /** Lines that can change no more, since the last call. */
  takeSettled(): string {
    const settled = this.#settled.join('');
    this.#settled = [];
    return settled;
  }

  /** What was added at the end of the text since the last call; undefined: something that stood there was changed. */
  takeAppended(): string | undefined {
    const appended = this.#rewritten ? undefined : this.#appended.join('');
    this.#appended = [];
    this.#rewritten = false;
    return appended;
  }

  /** The lines that can still change. */
  get live(): string {
    return this.#lines.map(({ text }) => text).join('\n');
  }

  get #line(): Line {
    const line = this.#lines[this.#row];
    if (line === undefined) throw new Error('The cursor is on no line.');
    return line;
  }

  get #atEnd(): boolean {
    return this.#column === undefined && this.#row === this.#lines.length - 1;
  }

  #append(text: string): void {
    if (text === '') return;
    this.#appended.push(text);
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.#extend(text.slice(from, end));
      this.#lines.push({ text: '', start: this.#pen });
      this.#row += 1;
      from = end + 1;
      if (this.#lines.length > 2 * ROWS) this.#settle();
    }
    this.#extend(text.slice(from));
  }

  #extend(text: string): void {
    if (text === '') return;
    this.#line.text += text;
    if (text.includes('\x1b')) this.#pen = penAfter(text, this.#pen);
  }

  #do(token: string, parameters: string | undefined, command: string | undefined): void {
    if (this.#line.text.length > LONGEST_LINE) this.#afterLongLine(token);
    else if (command !== undefined) this.#command(command, parameters ?? '');
    else if (token === '\r') this.#column = 0;
    else if (token === '\n') this.#down(1, true);
    else if (token === '\b') this.#column = Math.max(0, this.#position - 1);
    else if (token !== '\x1b') this.#print(token);
  }

  #afterLongLine(token: string): void {
    if (token === '\r' || token === '\n') this.#down(1, true);
    else if (this.#atEnd && !MOVING.test(token)) this.#append(token);
  }

  #print(text: string): void {
    if (this.#atEnd) {
      this.#append(text);
      return;
    }
    const column = this.#position;
    this.#edit((cells) => {
      const written = cells.write(text, column, this.#pen);
      this.#pen = written.pen;
      this.#column = column + written.columns >= cells.length ? undefined : column + written.columns;
    });
  }

  #command(command: string, parameters: string): void {
    const [first = 0, second = 0] = parameters.split(/[;:]/).map(Number);
    const count = Math.max(1, first);
    const column = this.#position;
    if (command === 'A') this.#row = Math.max(0, this.#row - count);
    else if (command === 'B') this.#down(count, false);
    else if (command === 'E') this.#down(count, true);
    else if (command === 'F') this.#row = Math.max(0, this.#row - count);
    else if (command === 'H' || command === 'f') this.#row = Math.min(count, this.#lines.length) - 1;
    if (command === 'C') this.#column = column + count;
    else if (command === 'D') this.#column = Math.max(0, column - count);
    else if (command === 'G') this.#column = count - 1;
    else if (command === 'F') this.#column = 0;
    else if (command === 'H' || command === 'f') this.#column = Math.max(1, second) - 1;
    else if (command === 'A') this.#column = column;
    else if (command === 'K')
      this.#erase(first === 0 ? column : 0, first === 1 ? column + 1 : Number.POSITIVE_INFINITY);
    else if (command === 'J') this.#eraseScreen(first, column);
  }

  #down(count: number, toBegin: boolean): void {
    const column = toBegin ? 0 : this.#position;
    for (let step = 0; step < count; step++) {
      if (this.#row === this.#lines.length - 1) {
        this.#lines.push({ text: '', start: this.#pen });
        this.#appended.push('\n');
      }
      this.#row += 1;
    }
    const isEmpty = this.#line.text === '';
    this.#column = toBegin ? (isEmpty ? undefined : 0) : column === 0 && isEmpty ? undefined : column;
  }

  #erase(from: number, to: number): void {
    if (this.#line.text === '') return;
    this.#column = this.#position;
    this.#edit((cells) => cells.erase(from, to));
  }

  #eraseScreen(which: number, column: number): void {
    if (which !== 0) {
      this.#rewritten = true;
      this.#lines.splice(0, this.#lines.length, { text: '', start: this.#pen });
      this.#row = 0;
      this.#column = undefined;
      return;
    }
    this.#erase(column, Number.POSITIVE_INFINITY);
    if (this.#row === this.#lines.length - 1) return;
    this.#rewritten = true;
    this.#lines.length = this.#row + 1;
  }

  /** The column of the cursor. */
  get #position(): number {
    return this.#column ?? new Cells(this.#line).length;
  }

  #edit(change: (cells: Cells) => void): void {
    const cells = new Cells(this.#line);
    change(cells);
    const text = cells.text(this.#lines[this.#row + 1]?.start ?? this.#pen);
    if (text === this.#line.text) return;
    this.#line.text = text;
    this.#rewritten = true;
  }

  #settle(): void {
    const count = Math.min(this.#lines.length - ROWS, this.#row);
    if (count <= 0) return;
    const settled = this.#lines.splice(0, count);
    this.#settled.push(`${settled.map(({ text }) => text).join('\n')}\n`);
    this.#row -= count;
  }
}
