/**
 * Tables of Apache Arrow, known by their form: any copy of the library, also a minified one, gives its objects the same data
 * properties. What the library computes stands behind getters and methods, which are not called: values are read from the
 * buffers here.
 */
import { types } from 'node:util';
import { typeName } from './arrow-types.ts';
import { readValue } from './arrow-values.ts';
import { byteLength } from './binary.ts';
import { isOpen, list, own } from './own.ts';

export interface ArrowColumn {
  readonly name: string;
  /** `Int32`, `Utf8`, `Dictionary<Int32, Utf8>`. */
  readonly type: string;
  /** A primitive value, null, a date, or a text in the place of what is none of these. */
  value(row: number): unknown;
}

export interface ArrowTable {
  readonly rows: number;
  /** Of all buffers. */
  readonly bytes: number;
  readonly columns: readonly ArrowColumn[];
}

/** Columns that are looked at. */
const MAX_COLUMNS = 10_000;
/** Parts of a table that are looked at. */
const MAX_BATCHES = 10_000;

/** What a value is as a table, a record batch or a vector of Arrow; undefined for anything else. */
export function arrowTable(value: object): ArrowTable | undefined {
  if (types.isProxy(value)) return undefined;
  const schema = own(value, 'schema');
  const fields = list(own(schema, 'fields'), MAX_COLUMNS);
  const batches = list(own(value, 'batches'), MAX_BATCHES) ?? [value];
  const data = batches.map((batch) => own(batch, 'data'));
  if (fields === undefined || !data.every(isData)) return undefined;
  return {
    rows: data.reduce((rows, part) => rows + lengthOf(part), 0),
    bytes: data.reduce((bytes, part) => bytes + bytesOf(part, 0), 0),
    columns: fields.map((field, index) => {
      const parts = data.map((part) => list(own(part, 'children'), MAX_COLUMNS)?.[index]);
      return columnOf(String(own(field, 'name')), own(field, 'type'), parts);
    }),
  };
}

/** A vector as a column; undefined for anything else. */
export function arrowVector(
  value: object,
): (ArrowColumn & { readonly rows: number; readonly bytes: number }) | undefined {
  if (types.isProxy(value) || own(value, 'schema') !== undefined) return undefined;
  const parts = list(own(value, 'data'), MAX_BATCHES);
  const type = own(value, 'type');
  if (parts === undefined || !isOpen(type) || parts.length === 0 || !parts.every(isData)) return undefined;
  return {
    ...columnOf('', type, parts),
    rows: parts.reduce((rows, part) => rows + lengthOf(part), 0),
    bytes: parts.reduce((bytes, part) => bytes + bytesOf(part, 0), 0),
  };
}

function columnOf(name: string, type: unknown, parts: readonly unknown[]): ArrowColumn {
  return {
    name,
    type: typeName(type),
    value(row) {
      let index = row;
      for (const part of parts) {
        const length = lengthOf(part);
        if (index < length) return readValue(part, index);
        index -= length;
      }
      return undefined;
    },
  };
}

/** Data of Arrow: a type, a length, buffers. */
function isData(value: unknown): value is object {
  return isOpen(value) && isOpen(own(value, 'type')) && typeof own(value, 'length') === 'number';
}

function lengthOf(data: unknown): number {
  const length = own(data, 'length');
  return typeof length === 'number' && Number.isInteger(length) && length >= 0 ? length : 0;
}

/** Structures within structures within … */
const MAX_DEPTH = 16;

function bytesOf(data: unknown, depth: number): number {
  if (!isOpen(data) || depth > MAX_DEPTH) return 0;
  let bytes = 0;
  for (const name of ['values', 'valueOffsets', 'nullBitmap', 'typeIds']) {
    const buffer = own(data, name);
    if (isOpen(buffer)) bytes += byteLength(buffer) ?? 0;
  }
  for (const child of list(own(data, 'children'), MAX_COLUMNS) ?? []) bytes += bytesOf(child, depth + 1);
  for (const part of list(own(own(data, 'dictionary'), 'data'), MAX_BATCHES) ?? []) bytes += bytesOf(part, depth + 1);
  return bytes;
}
