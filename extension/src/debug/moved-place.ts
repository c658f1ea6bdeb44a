/** A place in a text; lines and columns begin at 1. Without a column: where the text of the line begins. */
export interface LinePlace {
  readonly line: number;
  readonly column?: number;
}

/** What took the place of a part of a text. Each is told in offsets of the text that those before it have left. */
export interface TextChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

export function changedText(text: string, changes: readonly TextChange[]): string {
  return changes.reduce(
    (before, { rangeOffset, rangeLength, text: put }) =>
      before.slice(0, rangeOffset) + put + before.slice(rangeOffset + rangeLength),
    text,
  );
}

/** Where what stood at a place of a text stands after changes. */
export function movedPlace<Place extends LinePlace>(text: string, place: Place, changes: readonly TextChange[]): Place {
  let offset = offsetOf(text, place);
  for (const { rangeOffset, rangeLength, text: put } of changes) {
    if (rangeOffset > offset) continue;
    const isBefore = rangeOffset + rangeLength <= offset;
    offset = isBefore ? offset + put.length - rangeLength : rangeOffset;
  }
  const before = changedText(text, changes).slice(0, offset);
  const begin = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return { ...place, line, ...(place.column !== undefined && { column: offset - begin + 1 }) };
}

function offsetOf(text: string, { line, column }: LinePlace): number {
  const lines = text.split('\n').slice(0, line);
  const own = lines.length < line ? '' : (lines.pop() ?? '');
  const begin = lines.reduce((length, each) => length + each.length + 1, 0);
  return begin + (column === undefined ? own.length - own.trimStart().length : column - 1);
}
