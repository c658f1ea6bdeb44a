/**
 * Text of a stream as a terminal leaves it on the page: `\r` goes back to the start of the line, whose text is then
 * overwritten, and `\b` takes a character back. The same rules as in JupyterLab, so that a progress bar is one line.
 */
export class StreamText {
  /** Finished text; each part ends with a line break. */
  readonly #parts: string[] = [];
  #line = '';
  /** Where the next character goes, in UTF-16 units. */
  #column = 0;

  append(text: string): void {
    if (this.#column === this.#line.length && !/[\r\b]/.test(text)) {
      this.#appendPlain(text);
      return;
    }
    for (const [token] of text.matchAll(/[^\n\r\b]+|\n|\r|\x08/g)) {
      if (token === '\n') {
        this.#parts.push(`${this.#line}\n`);
        this.#line = '';
        this.#column = 0;
      } else if (token === '\r') {
        this.#column = 0;
      } else if (token === '\b') {
        this.#takeBack();
      } else {
        this.#line = this.#line.slice(0, this.#column) + token + this.#line.slice(this.#column + token.length);
        this.#column += token.length;
      }
    }
  }

  /** What stands there now; each part but the last ends with a line break. */
  parts(): string[] {
    return this.#line === '' ? [...this.#parts] : [...this.#parts, this.#line];
  }

  #appendPlain(text: string): void {
    const end = text.lastIndexOf('\n') + 1;
    if (end > 0) {
      this.#parts.push(this.#line + text.slice(0, end));
      this.#line = '';
    }
    this.#line += text.slice(end);
    this.#column = this.#line.length;
  }

  #takeBack(): void {
    if (this.#column === 0) return;
    this.#line = this.#line.slice(0, this.#column - 1) + this.#line.slice(this.#column);
    this.#column -= 1;
  }
}
