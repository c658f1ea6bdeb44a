/** Whatever has elements, as rows and columns. Runs no code of the user's. */
import { types } from 'node:util';
import { ABSENT, type Column, GETTER, sampledRows, type Table } from '../display/tables/table.ts';
import { typedArrayLength } from '../live/preview.ts';
import { ownProperty } from '../live/reflection.ts';
import { arrowVector } from './arrow.ts';
import { memoryOf } from './binary.ts';
import { isOpen } from './own.ts';
import { rawTableOf, recordColumns, tableFrom } from './tables.ts';

/**
 * Tables as `rawTableOf` knows them, arrays of instances, maps (with a column of keys), and what has one column of values:
 * other arrays, sets, typed arrays, vectors, buffers. Undefined for anything else. Maps and sets are copied.
 */
export function dataTableOf(value: object): Table | undefined {
  if (types.isProxy(value)) return undefined;
  if (types.isMap(value)) return mapTable(value);
  if (types.isSet(value)) return dataTableOf([...Set.prototype.values.call(value)]);
  const table = rawTableOf(value);
  if (table !== undefined) return table;
  if (Array.isArray(value)) return areInstances(value) ? instanceTable(value) : listTable(value);
  if (types.isTypedArray(value)) return valueTable(typedArrayLength(value), (row) => value[row]);
  if (types.isAnyArrayBuffer(value)) {
    const bytes = memoryOf(value);
    return bytes && valueTable(typedArrayLength(bytes), (row) => bytes[row]);
  }
  const vector = arrowVector(value);
  return vector && valueTable(vector.rows, (row) => vector.value(row), vector.type);
}

function valueTable(rows: number, value: (row: number) => unknown, type?: string): Table {
  return tableFrom(rows, () => [valueColumn(value, type)]);
}

function valueColumn(value: Column['value'], type?: string): Column {
  return { title: 'value', value, ...(type !== undefined && { type }) };
}

function listTable(array: readonly unknown[]): Table {
  return valueTable(array.length, (row) => element(array, row));
}

function mapTable(map: ReadonlyMap<unknown, unknown>): Table {
  const entries = [...Map.prototype.entries.call(map)];
  const values = entries.map(([, value]) => value);
  const inner = rawTableOf(values) ?? (areInstances(values) ? instanceTable(values) : listTable(values));
  const keys: Column = { title: 'key', value: (row) => entries[row]?.[0] };
  return tableFrom(entries.length, (rows) => [keys, ...inner.columns(rows)]);
}

function instanceTable(array: readonly unknown[]): Table {
  return tableFrom(array.length, (rows) => recordColumns(array, rows));
}

/** Whether a sample of the elements is of objects that have properties, whatever their class. */
function areInstances(array: readonly unknown[]): boolean {
  return (
    array.length > 0 &&
    sampledRows(array.length).every((index) => {
      const row = element(array, index);
      return isOpen(row) && !Array.isArray(row) && !ArrayBuffer.isView(row) && Object.keys(row).length > 0;
    })
  );
}

function element(array: readonly unknown[], index: number): unknown {
  const property = ownProperty(array, index);
  if (property === undefined) return ABSENT;
  return 'value' in property ? property.value : GETTER;
}
