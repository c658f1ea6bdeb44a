/** The rows of a table that are wanted, in the order in which they are. */
import { types } from 'node:util';
import type { TableFilter, TableSort } from '../../link.ts';
import { cellOf, kindOf } from '../display/tables/cell.ts';
import type { Column } from '../display/tables/table.ts';
import { shownCell } from './tables.ts';

/** The user's code stands still meanwhile: longer than this, in ms, it is not done. */
const MOST_MS = 2000;
/** Values that are looked at between two looks at the clock. */
const BETWEEN = 4096;

/** There is no such column, or there are more rows than can be gone through in time. */
export class TableError extends Error {
  override readonly name = 'TableError';
}

export interface OrderOptions {
  readonly sort?: TableSort | undefined;
  readonly filters?: readonly TableFilter[] | undefined;
}

/**
 * Numbers of rows; undefined: all of them as they are.
 * @throws TableError
 */
export function orderOf(
  rowCount: number,
  columns: readonly Column[],
  { sort, filters = [] }: OrderOptions,
): Uint32Array | undefined {
  const column = sort && columnAt(columns, sort.column);
  if (column === undefined && filters.length === 0) return undefined;
  const tick = clock(rowCount);
  const wanted = filters.map((filter) => passes(filter, columns));
  const rows = new Uint32Array(rowCount);
  let length = 0;
  for (let row = 0; row < rowCount; row += 1) {
    tick();
    if (wanted.every((isWanted) => isWanted(row))) rows[length++] = row;
  }
  const kept = rows.subarray(0, length);
  return column === undefined ? kept.slice() : sorted(kept, column, sort?.descending === true, tick);
}

/** A function that throws when it has been called for too long. */
function clock(rows: number): () => void {
  const end = performance.now() + MOST_MS;
  let calls = 0;
  return () => {
    calls += 1;
    if (calls % BETWEEN !== 0 || performance.now() <= end) return;
    throw new TableError(
      `${rows.toLocaleString('en')} rows are too many to be sorted or filtered while the cells wait: do it in a cell, and look at the result`,
    );
  };
}

function columnAt(columns: readonly Column[], index: number): Column {
  const column = columns[index];
  if (column === undefined) throw new TableError(`there is no column ${index}`);
  return column;
}

type Key = number | bigint | string;

/** What there is no value of comes last, in either direction. */
function sorted(rows: Uint32Array, column: Column, descending: boolean, tick: () => void): Uint32Array {
  const keys = new Array<Key>(Math.max(0, ...rows.subarray(-1)) + 1);
  const valued = new Uint32Array(rows.length);
  const gaps: number[] = [];
  let length = 0;
  for (const row of rows) {
    tick();
    const key = keyOf(column.value(row));
    if (key === undefined) gaps.push(row);
    else {
      keys[row] = key;
      valued[length++] = row;
    }
  }
  const sign = descending ? -1 : 1;
  const order = valued.subarray(0, length).sort((a, b) => {
    tick();
    return sign * compare(keys[a] ?? 0, keys[b] ?? 0) || a - b;
  });
  const all = new Uint32Array(rows.length);
  all.set(order);
  all.set(gaps, length);
  return all;
}

/** Numbers before texts. */
function compare(a: Key, b: Key): number {
  if (typeof a !== 'string' && typeof b !== 'string') return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a !== 'string') return -1;
  if (typeof b !== 'string') return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What a value is compared by; undefined for what is none, or cannot be compared. */
function keyOf(value: unknown): Key | undefined {
  switch (kindOf(value)) {
    case 'number':
    case 'date': {
      const number = types.isDate(value) ? Date.prototype.getTime.call(value) : Number(value);
      return Number.isNaN(number) ? undefined : number;
    }
    case 'boolean':
      return Number(value);
    case 'bigint':
      return value as bigint;
    case 'absent':
    case 'getter':
    case 'null':
    case 'undefined':
      return undefined;
    default:
      return textOf(value);
  }
}

/** As it stands in its cell. */
function textOf(value: unknown): string {
  return cellOf(shownCell(value)).text;
}

/** Whether a row passes a filter. */
function passes({ column: index, operator, value: wanted }: TableFilter, columns: readonly Column[]) {
  const looked = index === undefined ? columns : [columnAt(columns, index)];
  const test = operator === 'contains' ? containing(wanted) : comparing(operator, wanted);
  return (row: number): boolean => looked.some((column) => test(column.value(row)));
}

function containing(text: string): (value: unknown) => boolean {
  const sought = text.toLowerCase();
  return (value) => textOf(value).toLowerCase().includes(sought);
}

/** Numbers and dates are compared as such, anything else by its text. What is no value differs from everything. */
function comparing(
  operator: Exclude<TableFilter['operator'], 'contains'>,
  wanted: string,
): (value: unknown) => boolean {
  const number = wanted.trim() === '' ? Number.NaN : Number(wanted);
  const time = Date.parse(wanted);
  const sought = (value: unknown): Key => {
    if (types.isDate(value)) return Number.isNaN(time) ? wanted : time;
    return typeof value === 'string' || typeof value === 'boolean' || Number.isNaN(number) ? wanted : number;
  };
  return (value) => {
    const key = typeof value === 'boolean' ? String(value) : keyOf(value);
    if (key === undefined) return operator === '!=';
    const other = sought(value);
    const order =
      typeof other === 'string' ? compare(typeof key === 'string' ? key : textOf(value), other) : compare(key, other);
    switch (operator) {
      case '=':
        return order === 0;
      case '!=':
        return order !== 0;
      case '<':
        return order < 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      case '>=':
        return order >= 0;
    }
  };
}
