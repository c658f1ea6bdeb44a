/** The part of a table that is shown, with the types of its columns. */
import { count } from '../bounds.ts';
import { type Cell, type CellKind, cellOf, dayCell, isDay, kindOf } from './cell.ts';
import { type Column, sampledRows, type Table } from './table.ts';

/** Rows of a page. */
export const PAGE = 25;
/** Pages that are shown from the beginning of a table; besides them its last rows, one page. */
const MAX_PAGES = 4;
/** Columns that are shown. */
const MAX_COLUMNS = 40;
/** Cells that are shown: of a wide table fewer rows. */
const MAX_CELLS = 4_000;

export interface GridColumn {
  readonly title: string;
  /** `number`, `string?` (some rows have none), `mixed`; or what the data itself declares. */
  readonly type: string;
  /** Kind of all its values; undefined where they are of several, or where there are none. */
  readonly kind: CellKind | undefined;
  /** Whether all its dates are at midnight: they are shown without it. */
  readonly days: boolean;
}

export interface GridRow {
  readonly name: string;
  readonly cells: readonly Cell[];
}

export interface Grid {
  readonly corner: string;
  readonly columns: readonly GridColumn[];
  /** The first rows, all of them where there is no tail. */
  readonly head: readonly GridRow[];
  /** The last rows of a table that is not shown whole. */
  readonly tail: readonly GridRow[];
  readonly rowCount: number;
  readonly columnCount: number;
}

export function gridOf(table: Table): Grid {
  const sample = sampledRows(table.readable);
  const all = table.columns(sample);
  const columns = all.slice(0, MAX_COLUMNS);
  const pages = Math.min(MAX_PAGES, Math.max(1, Math.floor(MAX_CELLS / (PAGE * Math.max(1, columns.length)))));
  const room = pages * PAGE;
  const whole = table.readable <= room + PAGE;
  const types = columns.map((column) => typed(column, sample));
  const row = (index: number): GridRow => ({
    name: table.rowName(index),
    cells: columns.map((column, i) => (types[i]?.days ? dayCell : cellOf)(column.value(index))),
  });
  const rows = (from: number, to: number): GridRow[] => Array.from({ length: to - from }, (_, i) => row(from + i));
  return {
    corner: table.corner,
    columns: types,
    head: rows(0, whole ? table.readable : room),
    tail: whole || table.readable < table.rowCount ? [] : rows(table.readable - PAGE, table.readable),
    rowCount: table.rowCount,
    columnCount: all.length,
  };
}

/** What is to be said of a column, by some of its values. */
export function typed(column: Column, sample: readonly number[]): GridColumn {
  const values = sample.map((row) => column.value(row));
  const kinds = new Set(values.map(kindOf));
  const hasGaps = [...EMPTY].filter((kind) => kinds.delete(kind)).length > 0;
  const [kind, ...others] = kinds;
  const seen = others.length > 0 ? 'mixed' : `${kind ?? 'null'}${hasGaps && kind !== undefined ? '?' : ''}`;
  return {
    title: column.title,
    type: column.type ?? seen,
    kind: others.length > 0 ? undefined : kind,
    days: values.every((value) => kindOf(value) !== 'date' || isDay(value)),
  };
}

const EMPTY: ReadonlySet<CellKind> = new Set(['absent', 'getter', 'null', 'undefined']);

/** Whether the cell is a gap: a reader passes over it. */
export function isEmpty({ kind }: Cell): boolean {
  return EMPTY.has(kind);
}

/** Whether the values of a column are compared digit by digit. */
export function isNumeric({ kind }: GridColumn): boolean {
  return kind === 'number' || kind === 'bigint';
}

/** `344 rows × 7 columns`. */
export function dimensions({ rowCount, columnCount }: Grid): string {
  return `${plural(rowCount, 'row')} × ${plural(columnCount, 'column')}`;
}

/** `344 rows × 50 columns (40 shown)`. */
export function caption(grid: Grid): string {
  const hidden = grid.columnCount > grid.columns.length;
  return `${dimensions(grid)}${hidden ? ` (${grid.columns.length} shown)` : ''}`;
}

export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}
