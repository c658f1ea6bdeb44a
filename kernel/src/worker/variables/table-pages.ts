/** Pages of tables: rows as they are, or sorted and filtered, as many as are asked for. */
import type { TableCell, TablePage, TableQuery } from '../../link.ts';
import { cellOf, dayCell } from '../display/tables/cell.ts';
import { type GridColumn, isEmpty, isNumeric, typed } from '../display/tables/grid.ts';
import { type Column, sampledRows, type Table } from '../display/tables/table.ts';
import { dataTableOf } from './data-table.ts';
import { orderOf } from './table-order.ts';
import { shownCell } from './tables.ts';

/** Columns that are given. */
const MAX_COLUMNS = 500;
/** Rows and cells of a page, however many rows are asked for. */
const MAX_ROWS = 1000;
const MAX_CELLS = 50_000;
/** Characters of a cell. */
const MAX_TEXT = 200;

/** A table as it was when its first page was asked for. */
interface Prepared {
  readonly table: Table;
  readonly columns: readonly Column[];
  readonly types: readonly GridColumn[];
  readonly columnTotal: number;
  readonly key: string;
  readonly order: Uint32Array | undefined;
}

export class TablePages {
  /** The order of the rows of a table is kept until another one is asked for, and goes with the table. */
  readonly #prepared = new WeakMap<object, Prepared>();

  /**
   * Undefined for what has no rows.
   * @throws TableError
   */
  page(value: object, { start = 0, count = MAX_ROWS, fresh = false, ...query }: TableQuery): TablePage | undefined {
    const key = JSON.stringify([query.sort, query.filters]);
    let prepared = this.#prepared.get(value);
    if (fresh || prepared?.key !== key) {
      const table = dataTableOf(value);
      if (table === undefined) return undefined;
      prepared = prepare(table, key, query);
      this.#prepared.set(value, prepared);
    }
    return pageOf(prepared, start, count);
  }
}

function prepare(table: Table, key: string, query: TableQuery): Prepared {
  const sample = sampledRows(table.readable);
  const all = table.columns(sample);
  const columns = all.slice(0, MAX_COLUMNS);
  const types = columns.map((column) => typed(column, sample));
  return { table, columns, types, columnTotal: all.length, key, order: orderOf(table.rowCount, columns, query) };
}

function pageOf({ table, columns, types, columnTotal, order }: Prepared, start: number, count: number): TablePage {
  const matched = order?.length ?? table.rowCount;
  const most = Math.max(1, Math.min(MAX_ROWS, Math.floor(MAX_CELLS / Math.max(1, columns.length))));
  const first = Math.min(Math.max(0, start), matched);
  const length = Math.max(0, Math.min(count, most, matched - first));
  return {
    total: table.rowCount,
    matched,
    columns: types.map((column) => ({ name: column.title, type: column.type, numeric: isNumeric(column) })),
    columnTotal,
    start: first,
    rows: Array.from({ length }, (_, index) => {
      const row = order?.[first + index] ?? first + index;
      return { index: row, cells: columns.map((column, at) => cellAt(column.value(row), types[at]?.days === true)) };
    }),
  };
}

function cellAt(value: unknown, isDay: boolean): TableCell {
  const cell = (isDay ? dayCell : cellOf)(shownCell(value));
  if (isEmpty(cell)) return { none: cell.kind };
  return cell.text.length > MAX_TEXT ? `${cell.text.slice(0, MAX_TEXT)}…` : cell.text;
}
