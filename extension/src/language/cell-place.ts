import type { Extent } from './types-comm.ts';

/** A cell of a notebook as it is now. */
export interface NotebookCellText {
  /** Of the notebook's file. */
  readonly id: string | undefined;
  /** `In[n]` of its last run. */
  readonly count: number | undefined;
  readonly lines: readonly string[];
}

/** What a kernel says of a cell that has run. */
export interface RunCell extends Extent {
  readonly id?: string;
  readonly count: number;
  /** The line at `start`, as it ran. */
  readonly line: string;
}

/** Where in a notebook a declaration of a cell that has run stands now; undefined: the cell is gone. */
export function placeOfRun<Cell extends NotebookCellText>(
  cells: readonly Cell[],
  run: RunCell,
): { readonly cell: Cell; readonly extent: Extent } | undefined {
  const cell =
    (run.id === undefined ? undefined : cells.find(({ id }) => id === run.id)) ??
    cells.find(({ count, lines }) => count === run.count && lines.includes(run.line));
  return cell && { cell, extent: moved(cell.lines, run) };
}

/** What was at a place when it ran, in a text that may have been changed since: by its line, else by its name, else the begin. */
function moved(lines: readonly string[], { start, end, line }: RunCell): Extent {
  const name = start.line === end.line ? line.slice(start.column - 1, end.column - 1) : '';
  const at = nearest(lines, start.line - 1, (text) => text === line);
  if (at !== undefined)
    return { start: { ...start, line: at + 1 }, end: { ...end, line: end.line + at + 1 - start.line } };
  const named = name === '' ? undefined : nearest(lines, start.line - 1, (text) => columnOf(text, name) > 0);
  if (named === undefined) return { start: BEGIN, end: BEGIN };
  const column = columnOf(lines[named] ?? '', name);
  return { start: { line: named + 1, column }, end: { line: named + 1, column: column + name.length } };
}

const BEGIN = { line: 1, column: 1 };

/** Index of the line for which something is so, and that is nearest to another. */
function nearest(lines: readonly string[], to: number, is: (text: string) => boolean): number | undefined {
  let found: number | undefined;
  for (const [index, text] of lines.entries()) {
    if (is(text) && (found === undefined || Math.abs(index - to) < Math.abs(found - to))) found = index;
  }
  return found;
}

/** Where a name stands as a word of its own; 0: nowhere. */
function columnOf(text: string, name: string): number {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
    const isWord = !PART_AT_END.test(text.slice(0, at)) && !PART_AT_BEGIN.test(text.slice(at + name.length));
    if (isWord) return at + 1;
  }
  return 0;
}

const PART_AT_END = /[\p{ID_Continue}$]$/u;
const PART_AT_BEGIN = /^[\p{ID_Continue}$]/u;
