import type { Position } from 'vscode-languageserver-protocol/node';
import { LINES_BEFORE, linesIn } from './documents.ts';

const LINE_END = /\r\n|\r|\n/g;

/** The place in a document of an offset (in UTF-16 units) into a cell, which begins on the line `first` of it. */
export function documentPosition(code: string, offset: number, first = LINES_BEFORE): Position {
  let line = first;
  let start = 0;
  for (const { 0: end, index } of code.matchAll(LINE_END)) {
    if (index + end.length > offset) break;
    start = index + end.length;
    line += 1;
  }
  return { line, character: offset - start };
}

/** The offset into a cell of a place in its document. Places before and after the cell become its ends. */
export function cellOffset(code: string, { line, character }: Position, first = LINES_BEFORE): number {
  if (line < first) return 0;
  let start = 0;
  let left = line - first;
  for (const { 0: end, index } of code.matchAll(LINE_END)) {
    if (left === 0) return Math.min(start + character, index);
    start = index + end.length;
    left -= 1;
  }
  return left === 0 ? Math.min(start + character, code.length) : code.length;
}

/** Whether a place is in the user's lines. */
export function isInCell(code: string, { line }: Position): boolean {
  return line >= LINES_BEFORE && line < LINES_BEFORE + linesIn(code);
}
