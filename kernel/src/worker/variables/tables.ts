/** What has rows and columns, as a table for display that runs no code of the user's. */
import { types } from 'node:util';
import { ABSENT, type Column, GETTER, sampledRows, type Table } from '../display/tables/table.ts';
import { preview } from '../live/preview.ts';
import { isObject, ownNames, ownProperty } from '../live/reflection.ts';
import { arrowTable } from './arrow.ts';
import { isOpen } from './own.ts';
import { shapeOf } from './shape.ts';

/** UTF-16 units of an object in a cell. */
const CELL = { depth: 1, items: 5, length: 60, width: Number.POSITIVE_INFINITY };

/**
 * The table of an Arrow table, an array of records or an array of arrays of one length; undefined for anything else. Objects
 * in it are texts.
 */
export function tableOf(value: object): Table | undefined {
  const table = rawTableOf(value);
  return (
    table && {
      ...table,
      columns: (rows) =>
        table.columns(rows).map((column) => ({ ...column, value: (row) => shownCell(column.value(row)) })),
    }
  );
}

/** The same, with the values as they are. */
export function rawTableOf(value: object): Table | undefined {
  if (types.isProxy(value)) return undefined;
  const arrow = arrowTable(value);
  if (arrow !== undefined) {
    const { rows, columns } = arrow;
    return tableFrom(rows, () =>
      columns.map(({ name, type, value: at }) => ({ title: name, type, value: (row) => at(row) })),
    );
  }
  if (!Array.isArray(value) || value.length === 0) return undefined;
  if (isRecords(value)) return tableFrom(value.length, (rows) => recordColumns(value, rows));
  const shape = shapeOf(value);
  return shape?.length === 2 && shape[1] !== 0
    ? tableFrom(value.length, () => matrixColumns(value, shape[1] ?? 0))
    : undefined;
}

export function tableFrom(rowCount: number, columns: Table['columns']): Table {
  return { corner: '', rowCount, readable: rowCount, rowName: String, columns };
}

/** Whether a sample of the elements is of plain objects with properties. */
function isRecords(array: readonly unknown[]): boolean {
  let hasProperties = false;
  for (const index of sampledRows(array.length)) {
    const row: unknown = ownProperty(array, index)?.value;
    if (!isOpen(row) || Array.isArray(row)) return false;
    const prototype: unknown = Object.getPrototypeOf(row);
    if (prototype !== null && prototype !== Object.prototype) return false;
    hasProperties ||= ownNames(row).length > 0;
  }
  return hasProperties;
}

/** The columns of objects, each of which is a row. */
export function recordColumns(array: readonly unknown[], rows: readonly number[]): Column[] {
  const titles = new Set<string>();
  for (const row of rows) {
    const record: unknown = ownProperty(array, row)?.value;
    if (isOpen(record)) for (const name of Object.keys(record)) titles.add(name);
  }
  return [...titles].map((title) => ({ title, value: (row) => cell(ownProperty(array, row)?.value, title) }));
}

function matrixColumns(array: readonly unknown[], width: number): Column[] {
  return Array.from({ length: width }, (_, column) => ({
    title: String(column),
    value: (row) => cell(ownProperty(array, row)?.value, String(column)),
  }));
}

/** The value of an own property, or what stands for it. */
function cell(holder: unknown, name: string): unknown {
  const property = isObject(holder) && !types.isProxy(holder) ? ownProperty(holder, name) : undefined;
  if (property === undefined) return ABSENT;
  return 'value' in property ? property.value : GETTER;
}

/** What is in a cell: what is primitive as it is, dates too, and of any other object a text. */
export function shownCell(value: unknown): unknown {
  return isObject(value) && !(types.isDate(value) && !types.isProxy(value)) ? preview(value, CELL) : value;
}
