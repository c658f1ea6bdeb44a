/** Text that is being edited, with the place of the cursor in UTF-16 units. Every change makes a new one. */
export interface EditBuffer {
  readonly text: string;
  readonly cursor: number;
}

export const empty: EditBuffer = { text: '', cursor: 0 };

export function bufferOf(text: string, cursor = text.length): EditBuffer {
  return { text, cursor };
}

export function insert({ text, cursor }: EditBuffer, inserted: string): EditBuffer {
  return { text: text.slice(0, cursor) + inserted + text.slice(cursor), cursor: cursor + inserted.length };
}

/** Replaces the part from `start` to `end`; the cursor goes behind what was put in. */
export function replace({ text }: EditBuffer, start: number, end: number, inserted: string): EditBuffer {
  return { text: text.slice(0, start) + inserted + text.slice(end), cursor: start + inserted.length };
}

export function left(buffer: EditBuffer): EditBuffer {
  return { ...buffer, cursor: before(buffer.text, buffer.cursor) };
}

export function right(buffer: EditBuffer): EditBuffer {
  return { ...buffer, cursor: after(buffer.text, buffer.cursor) };
}

export function wordLeft(buffer: EditBuffer): EditBuffer {
  const found = /[\p{L}\p{N}_$]+[^\p{L}\p{N}_$]*$/u.exec(buffer.text.slice(0, buffer.cursor));
  return { ...buffer, cursor: found?.index ?? 0 };
}

export function wordRight(buffer: EditBuffer): EditBuffer {
  const found = /^[^\p{L}\p{N}_$]*[\p{L}\p{N}_$]+/u.exec(buffer.text.slice(buffer.cursor));
  return { ...buffer, cursor: found ? buffer.cursor + found[0].length : buffer.text.length };
}

export function lineStart({ text, cursor }: EditBuffer): EditBuffer {
  return { text, cursor: text.lastIndexOf('\n', cursor - 1) + 1 };
}

export function lineEnd({ text, cursor }: EditBuffer): EditBuffer {
  const end = text.indexOf('\n', cursor);
  return { text, cursor: end < 0 ? text.length : end };
}

/** The same column of the line above or below; undefined on the first or last line. */
export function up(buffer: EditBuffer): EditBuffer | undefined {
  const start = lineStart(buffer).cursor;
  if (start === 0) return undefined;
  const above = lineStart({ ...buffer, cursor: start - 1 }).cursor;
  return { ...buffer, cursor: Math.min(above + buffer.cursor - start, start - 1) };
}

export function down(buffer: EditBuffer): EditBuffer | undefined {
  const end = lineEnd(buffer).cursor;
  if (end === buffer.text.length) return undefined;
  const column = buffer.cursor - lineStart(buffer).cursor;
  const below = { ...buffer, cursor: end + 1 };
  return { ...buffer, cursor: Math.min(end + 1 + column, lineEnd(below).cursor) };
}

/** Takes away the text between the cursor and where `move` would bring it. */
export function remove(buffer: EditBuffer, move: (buffer: EditBuffer) => EditBuffer): EditBuffer {
  const target = move(buffer).cursor;
  const [start, end] = target < buffer.cursor ? [target, buffer.cursor] : [buffer.cursor, target];
  return { text: buffer.text.slice(0, start) + buffer.text.slice(end), cursor: start };
}

/** To the end of the line, or over the line break where the cursor is there already. */
export function lineRest(buffer: EditBuffer): EditBuffer {
  const end = lineEnd(buffer);
  return end.cursor === buffer.cursor ? right(buffer) : end;
}

/** The cursor as the protocol counts it: in Unicode code points. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The UTF-16 place of a cursor that the protocol gave. */
export function fromCodePoints(text: string, count: number): number {
  let left = count;
  let at = 0;
  for (const character of text) {
    if (left === 0) break;
    left -= 1;
    at += character.length;
  }
  return at;
}

/** A surrogate pair, and a character with what combines with it, are one step. */
function before(text: string, cursor: number): number {
  const character = /.(?:\p{M}|\u200d)*$/su.exec(text.slice(0, cursor));
  return character?.index ?? 0;
}

function after(text: string, cursor: number): number {
  const character = /^.(?:\p{M}|\u200d)*/su.exec(text.slice(cursor));
  return cursor + (character?.[0].length ?? 0);
}
