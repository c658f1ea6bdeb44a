/** Where the columns stand. */
import type { TableColumn, TableRow } from '../../src/views/table.ts';

const PADDING = 20;
const NARROWEST = 72;
const WIDEST = 340;

/**
 * A width for each column, by its title and by some rows.
 * @param character The width of one, in pixels.
 */
export function widthsOf(columns: readonly TableColumn[], rows: readonly TableRow[], character: number): number[] {
  return columns.map(({ name, type }, at) => {
    const lengths = rows.map(({ cells }) => textOf(cells[at]).length);
    const longest = Math.max(name.length + 3, type.length * 0.9, ...lengths);
    return clamped(Math.ceil(longest * character) + PADDING);
  });
}

export function clamped(width: number): number {
  return Math.min(WIDEST, Math.max(NARROWEST, width));
}

/** The left edges of the columns, and after them the right edge of the last. */
export function edgesOf(widths: readonly number[]): number[] {
  const edges = [0];
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width);
  return edges;
}

/** The columns between two places: from the first to before the last. */
export function columnsBetween(edges: readonly number[], left: number, right: number): [first: number, end: number] {
  const count = edges.length - 1;
  let first = 0;
  while (first < count - 1 && (edges[first + 1] ?? 0) <= left) first += 1;
  let end = first;
  while (end < count && (edges[end] ?? 0) < right) end += 1;
  return [first, end];
}

/** What is shown of a cell. */
export function textOf(cell: TableRow['cells'][number] | undefined): string {
  if (cell === undefined) return '';
  return typeof cell === 'string' ? cell : (NONE[cell.none] ?? cell.none);
}

const NONE: Readonly<Record<string, string>> = { absent: '', getter: '[Getter]' };
