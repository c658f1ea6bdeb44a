import { inspect, types } from 'node:util';
import type { Variable } from '../../link.ts';
import { kindOf } from '../live/facts.ts';
import { preview, sizeOf, typedArrayLength } from '../live/preview.ts';
import { proxyTarget } from '../live/proxy-target.ts';
import { constructorNames, isClass, isObject } from '../live/reflection.ts';
import { type ArrowTable, arrowTable, arrowVector } from './arrow.ts';
import { byteLength, memoryOf } from './binary.ts';
import { shapeOf } from './shape.ts';

/** UTF-16 units of a value as it stands in a list. */
const MAX_LENGTH = 150;
const LINE = { depth: 1, items: 8, length: 120, width: Number.POSITIVE_INFINITY };
/** Bytes of a buffer, and columns of a table, that are shown. */
const MAX_BYTES = 16;
const MAX_COLUMNS = 8;

/** What is said of a value in a list. */
export type Description = Omit<Variable, 'name' | 'reference' | 'path'>;

/** Describes a value; runs none of its code. */
export function describe(value: unknown): Description {
  const { value: text, ...others } = isObject(value) ? describeObject(value) : describePrimitive(value);
  return { ...others, value: clip(text) };
}

/** What stands behind a getter or a setter. */
export function describeAccessor({ get, set }: PropertyDescriptor): Description {
  const value = get === undefined ? '[Setter]' : set === undefined ? '[Getter]' : '[Getter/Setter]';
  return { type: 'accessor', value, kind: 'accessor' };
}

function describePrimitive(value: unknown): Description {
  const common = {
    type: kindOf(value),
    value: inspect(value, { maxStringLength: MAX_LENGTH, breakLength: Number.POSITIVE_INFINITY }),
    kind: 'data',
  } as const;
  return typeof value === 'string' ? { ...common, length: value.length } : common;
}

function describeObject(value: object): Description {
  if (types.isProxy(value)) return describeProxy(value);
  if (typeof value === 'function') {
    return { type: kindOf(value), value: preview(value, LINE), kind: isClass(value) ? 'class' : 'function' };
  }
  const type = kindOf(value);
  // Of it there would be too much, and to look at its lazy properties would load parts of Node.
  if (value === globalThis) return { type, value: '[global]', kind: 'data' };
  const table = arrowTable(value);
  if (table !== undefined) return describeTable(type, table);
  return { type, value: textOf(value), kind: 'data', ...sizes(value) };
}

function describeProxy(proxy: object): Description {
  const target = proxyTarget(proxy);
  if (target === undefined) return { type: 'Proxy', value: '[Proxy]', kind: 'data' };
  const { type, value } = describeObject(target);
  return { type: `Proxy<${type}>`, value: `Proxy ${value}`, kind: 'data' };
}

function describeTable(type: string, { rows, columns, bytes }: ArrowTable): Description {
  const shown = columns.slice(0, MAX_COLUMNS).map((column) => `${column.name}: ${column.type}`);
  if (columns.length > MAX_COLUMNS) shown.push(`… ${columns.length - MAX_COLUMNS} more`);
  const value = `${rows} × ${columns.length} { ${shown.join(', ')} }`;
  return { type, value, kind: 'data', length: rows, indexed: rows, bytes, shape: [rows, columns.length] };
}

function textOf(value: object): string {
  if (types.isAnyArrayBuffer(value)) return bufferText(value);
  const vector = arrowVector(value);
  if (vector === undefined) return preview(value, LINE);
  const first = Array.from({ length: Math.min(vector.rows, LINE.items) }, (_, row) => inspect(vector.value(row)));
  return `${vector.type}(${vector.rows}) [ ${first.join(', ')}${vector.rows > first.length ? ', …' : ''} ]`;
}

function bufferText(buffer: ArrayBuffer | SharedArrayBuffer): string {
  const name = constructorNames(buffer)[0] ?? 'ArrayBuffer';
  const size = byteLength(buffer) ?? 0;
  const bytes = memoryOf(buffer)?.subarray(0, MAX_BYTES) ?? [];
  const shown = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return `${name}(${size}) { ${shown.join(' ')}${size > MAX_BYTES ? ' …' : ''} }`;
}

/** How much of it there is, by elements, bytes and dimensions. */
function sizes(value: object): Pick<Description, 'length' | 'bytes' | 'shape' | 'indexed'> {
  const bytes = byteLength(value);
  const vector = arrowVector(value);
  const shape = vector === undefined ? shapeOf(value) : [vector.rows];
  const length = vector?.rows ?? countOf(value);
  const size = bytes ?? vector?.bytes;
  const indexed = types.isAnyArrayBuffer(value) ? bytes : length;
  return {
    ...(length !== undefined && { length }),
    ...(indexed !== undefined && { indexed }),
    ...(size !== undefined && { bytes: size }),
    ...(shape !== undefined && { shape }),
  };
}

/** Elements or entries; undefined for what has none to count. */
function countOf(value: object): number | undefined {
  if (Array.isArray(value)) return value.length;
  if (types.isTypedArray(value)) return typedArrayLength(value);
  if (types.isMap(value) || types.isSet(value)) return sizeOf(value);
  return undefined;
}

function clip(text: string): string {
  return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}…`;
}
