/** The cursor: in a cell today, in a line in 2011; in code points in both. Pure. */
import { toCodePoints, toUtf16 } from '../code-points.ts';

/** What a completion of 2011 is about. Positions are in code points. */
export interface LineAtCursor {
  readonly line: string;
  readonly cursorPos: number;
  /** The word before the cursor, dots included: what the matches replace. */
  readonly text: string;
}

/** The line of the code that the cursor is in. */
export function lineAtCursor(code: string, cursorPos: number): LineAtCursor {
  const cursor = toUtf16(code, cursorPos);
  const start = code.lastIndexOf('\n', cursor - 1) + 1;
  const end = code.indexOf('\n', cursor);
  const line = code.slice(start, end < 0 ? code.length : end);
  const [text = ''] = /[\p{ID_Continue}$.]*$/u.exec(code.slice(start, cursor)) ?? [];
  return { line, cursorPos: toCodePoints(line, cursor - start), text };
}

/** The code and cursor of a completion of 2011: the whole block where the line stands in it once, else the line. */
export function codeAtCursor(
  line: string,
  cursorPos: number,
  block: string | null | undefined,
): { code: string; cursor_pos: number } {
  if (block === null || block === undefined) return { code: line, cursor_pos: cursorPos };
  const lines = block.split('\n');
  const index = lines.indexOf(line);
  if (index < 0 || lines.lastIndexOf(line) !== index) return { code: line, cursor_pos: cursorPos };
  const before = lines.slice(0, index).join('\n').length + (index > 0 ? 1 : 0);
  return { code: block, cursor_pos: toCodePoints(block, before) + cursorPos };
}

/** The dotted name at the cursor, or, within the brackets of a call, the name of what is called. */
export function nameAtCursor(code: string, cursorPos: number): string {
  const { line, cursorPos: position } = lineAtCursor(code, cursorPos);
  const cursor = toUtf16(line, position);
  const rest = /^[\p{ID_Continue}$]*/u.exec(line.slice(cursor))?.[0] ?? '';
  let before = line.slice(0, cursor) + rest;
  const atCursor = dottedNameBefore(before);
  if (atCursor !== '') return atCursor;
  // Closed brackets first, so that what is left of the cursor is the open call.
  for (let shorter = closed(before); shorter !== before; shorter = closed(before)) before = shorter;
  return dottedNameBefore(before.replace(/\s*\([^(]*$/, ''));
}

function closed(text: string): string {
  return text.replace(/\([^()]*\)/g, '');
}

function dottedNameBefore(text: string): string {
  return /[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\.[\p{ID_Start}$_][\p{ID_Continue}$]*)*$/u.exec(text)?.[0] ?? '';
}
