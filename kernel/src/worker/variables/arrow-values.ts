/** Values from the buffers of Arrow. Spec: Arrow columnar format, "Physical memory layout". */
import { types } from 'node:util';
import { tagOf, typeName } from './arrow-types.ts';
import { memoryOf } from './binary.ts';
import { list, own } from './own.ts';

/** Bytes of a text that are read. */
const MAX_TEXT = 4_000;
const MS_PER_DAY = 86_400_000;
/** In milliseconds: second, millisecond, microsecond, nanosecond. */
const UNIT_MS = [1000, 1, 1e-3, 1e-6];

const decoder = new TextDecoder();

/** The value in a row of data: primitive, null, a date, or a text in angle brackets in the place of what is none of these. */
export function readValue(data: unknown, row: number): unknown {
  const type = own(data, 'type');
  if (isNull(data, row)) return null;
  switch (tagOf(type)) {
    case 'Null':
      return null;
    case 'Int':
      return elementOf(own(data, 'values'), row);
    case 'Float':
      return own(type, 'precision') === 0 ? half(own(data, 'values'), row) : elementOf(own(data, 'values'), row);
    case 'Bool':
      return bit(own(data, 'values'), offsetOf(data) + row);
    case 'Utf8':
    case 'LargeUtf8':
      return text(data, row);
    case 'Dictionary':
      return indexed(data, row);
    case 'Date':
      return date(elementOf(own(data, 'values'), row), own(type, 'unit') === 0 ? MS_PER_DAY : 1);
    case 'Timestamp':
      return date(elementOf(own(data, 'values'), row), UNIT_MS[Number(own(type, 'unit'))] ?? 1);
    default:
      return `<${typeName(type)}>`;
  }
}

/** A bitmap that is there has a bit for each row that is not null. */
function isNull(data: unknown, row: number): boolean {
  const bitmap = own(data, 'nullBitmap');
  if (own(data, '_nullCount') === 0 || !types.isUint8Array(bitmap)) return false;
  // An empty bitmap has no bit for the row.
  return bit(bitmap, offsetOf(data) + row) === false;
}

function offsetOf(data: unknown): number {
  const offset = own(data, 'offset');
  return typeof offset === 'number' ? offset : 0;
}

function bit(bitmap: unknown, position: number): boolean | undefined {
  const byte = elementOf(bitmap, position >> 3);
  return typeof byte === 'number' ? (byte & (1 << (position % 8))) !== 0 : undefined;
}

/** An element of a typed array: there are no accessors among those. */
function elementOf(array: unknown, index: number): number | bigint | undefined {
  return types.isTypedArray(array) ? array[index] : undefined;
}

function half(array: unknown, row: number): number | undefined {
  const bits = elementOf(array, row);
  if (typeof bits !== 'number') return undefined;
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function text(data: unknown, row: number): string | undefined {
  const offsets = own(data, 'valueOffsets');
  const [begin, end] = [elementOf(offsets, row), elementOf(offsets, row + 1)];
  const values = own(data, 'values');
  if (begin === undefined || end === undefined || !types.isUint8Array(values)) return undefined;
  const [from, to] = [Number(begin), Number(end)];
  const shown = decoder.decode(memoryOf(values)?.subarray(from, Math.min(to, from + MAX_TEXT)));
  return to - from > MAX_TEXT ? `${shown}…` : shown;
}

function indexed(data: unknown, row: number): unknown {
  let index = Number(elementOf(own(data, 'values'), row));
  for (const part of list(own(own(data, 'dictionary'), 'data'), 10_000) ?? []) {
    const length = Number(own(part, 'length'));
    if (index < length) return readValue(part, index);
    index -= length;
  }
  return undefined;
}

function date(value: number | bigint | undefined, unitMs: number): unknown {
  return value === undefined ? undefined : new Date(Number(value) * unitMs);
}
