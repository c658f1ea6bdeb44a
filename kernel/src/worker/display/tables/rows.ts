/** Tables of rows: records, arrays of one length, maps of them. */
import { types } from 'node:util';
import { isPlainObject } from '../properties.ts';
import { type CellKind, cellOf, kindOf } from './cell.ts';
import { ABSENT, type Column, GETTER, sampledRows, type Table } from './table.ts';

/** Entries of a map that are read: it can be read only from the beginning. */
const MAX_ENTRIES = 225;

/** Objects or arrays, one a row. */
interface Rows {
  readonly corner: string;
  readonly rowCount: number;
  readonly readable: number;
  name(row: number): string;
  row(row: number): unknown;
}

/**
 * The table that a value is: an array of plain objects, a map of them, or an array of arrays of one length. Undefined for
 * anything else. Of large ones only a sample is looked at. Runs no getters.
 */
export function tableOf(value: object): Table | undefined {
  if (types.isProxy(value)) return undefined;
  const rows = Array.isArray(value) ? rowsOfArray(value) : types.isMap(value) ? rowsOfMap(value) : undefined;
  if (rows === undefined || rows.rowCount === 0) return undefined;
  const sample = sampledRows(rows.readable).map((index) => rows.row(index));
  return isRecords(sample) || (Array.isArray(value) && isMatrix(sample)) ? tableOfRows(rows) : undefined;
}

/** The first rows of a data frame, of which there are `rowCount`. */
export function tableOfFirst(records: unknown, rowCount: number): Table | undefined {
  const table = typeof records === 'object' && records !== null ? tableOf(records) : undefined;
  return table === undefined ? undefined : { ...table, rowCount: Math.max(rowCount, table.rowCount) };
}

function rowsOfArray(array: readonly unknown[]): Rows {
  return {
    corner: '',
    rowCount: array.length,
    readable: array.length,
    name: String,
    row: (index) => dataOf(array, String(index)),
  };
}

function rowsOfMap(map: Map<unknown, unknown>): Rows {
  const entries = Map.prototype.entries.call(map).take(MAX_ENTRIES).toArray();
  return {
    corner: 'key',
    rowCount: map.size,
    readable: entries.length,
    name: (index) => cellOf(entries[index]?.[0]).text,
    row: (index) => entries[index]?.[1],
  };
}

function tableOfRows({ corner, rowCount, readable, name, row }: Rows): Table {
  return {
    corner,
    rowCount,
    readable,
    rowName: name,
    columns: (indices) =>
      titles(indices.map(row)).map((title): Column => ({ title, value: (index) => dataOf(row(index), title) })),
  };
}

/** Names of all properties that any of the rows has. */
function titles(rows: readonly unknown[]): string[] {
  const all = new Set<string>();
  for (const row of rows) for (const key of Object.keys(Object(row))) all.add(key);
  return [...all];
}

/** The value of an object's own property, or what stands for it. */
function dataOf(holder: unknown, key: string): unknown {
  const property = Object.getOwnPropertyDescriptor(Object(holder), key);
  if (property === undefined) return ABSENT;
  return 'value' in property ? property.value : GETTER;
}

/** Objects written as such, at least one of which has properties. */
function isRecords(rows: readonly unknown[]): boolean {
  return (
    rows.every((row) => isPlainObject(row) && !types.isProxy(row)) &&
    rows.some((row) => Object.keys(Object(row)).length > 0)
  );
}

/** Elements of a row that are looked at to see whether it holds objects: a matrix may be as wide as it likes. */
const MAX_LOOKED_AT = 100;

/** Arrays of one length that hold no objects: several rows, for one alone is but an array in an array. */
function isMatrix(rows: readonly unknown[]): boolean {
  const [first] = rows;
  if (rows.length < 2 || !Array.isArray(first) || first.length === 0) return false;
  const looked = Array.from({ length: Math.min(first.length, MAX_LOOKED_AT) }, (_, index) => index);
  return rows.every(
    (row) =>
      Array.isArray(row) &&
      !types.isProxy(row) &&
      row.length === first.length &&
      looked.every((index) => !NESTED.has(kindOf(dataOf(row, String(index))))),
  );
}

const NESTED: ReadonlySet<CellKind> = new Set(['array', 'object', 'function', 'getter']);
