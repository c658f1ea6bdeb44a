/** 1-based line and column (UTF-16 units, as V8's stacks have them) of a text. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

const LINE_END = /\r\n|[\n\r\u2028\u2029]/g;

/** Place of a UTF-16 offset. */
export function placeOf(text: string, offset: number): Place {
  let line = 1;
  let lineStart = 0;
  LINE_END.lastIndex = 0;
  for (let end = LINE_END.exec(text); end !== null && LINE_END.lastIndex <= offset; end = LINE_END.exec(text)) {
    line += 1;
    lineStart = LINE_END.lastIndex;
  }
  return { line, column: offset - lineStart + 1 };
}

/** UTF-16 offset of a place; that of the end of the text for one that is beyond it. */
export function offsetOf(text: string, { line, column }: Place): number {
  LINE_END.lastIndex = 0;
  for (let left = line; left > 1; left -= 1) if (LINE_END.exec(text) === null) return text.length;
  return Math.min(LINE_END.lastIndex + column - 1, text.length);
}

/** The line of `place`, and under it a caret at its column. */
export function excerptAt(text: string, place: Place): string {
  const line = text.split(LINE_END)[place.line - 1] ?? '';
  const indent = line.slice(0, place.column - 1).replace(/[^\t]/g, ' ');
  return `${line}\n${indent.padEnd(place.column - 1)}^`;
}

/** A cell that cannot be run as it is written. */
export class CellSyntaxError extends SyntaxError {
  readonly code = 'ERR_CELL_SYNTAX';
  /** 1-based line in the cell's source. */
  readonly line: number;
  /** 1-based column in the cell's source, in UTF-16 units. */
  readonly column: number;
  /** The line at fault, and under it a caret. */
  readonly excerpt: string;

  constructor(message: string, source: string, place: Place) {
    super(message);
    this.name = 'SyntaxError';
    this.line = place.line;
    this.column = place.column;
    this.excerpt = excerptAt(source, place);
  }
}
