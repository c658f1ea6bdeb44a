/** `console.table`: the rows and columns of whatever it is given, bounded, as HTML and as Node's own text. */
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { count } from '../display/bounds.ts';
import { shortened } from '../display/tables/cell.ts';
import { gridOf } from '../display/tables/grid.ts';
import { htmlTable } from '../display/tables/html-table.ts';
import { ABSENT, type Column, type Table } from '../display/tables/table.ts';

type Shown = { readonly 'text/html': string; readonly 'text/plain': string };

const INDEX = '(index)';
const ITERATION = '(iteration index)';
const KEY = 'Key';
const VALUES = 'Values';
/** Rows and columns of the text, and characters of its cells. */
const MAX_ROWS = 100;
const MAX_COLUMNS = 40;
const MAX_CELL = 200;

/** A table in both forms. `properties` chooses the columns. */
export function tableOf(data: object, properties?: readonly string[]): Shown {
  const table = tableFrom(data, properties);
  return { 'text/html': htmlTable(gridOf(table)), 'text/plain': textOf(data, table, properties) };
}

function tableFrom(data: object, properties: readonly string[] | undefined): Table {
  if (data instanceof Map) return tableOfEntries([KEY, VALUES], data.entries(), data.size);
  if (data instanceof Set) return tableOfEntries([VALUES], data.values().map(alone), data.size);
  return tableOfObject(data, properties);
}

function alone(value: unknown): [unknown] {
  return [value];
}

function tableOfEntries(titles: readonly string[], entries: IteratorObject<unknown[]>, size: number): Table {
  const rows = entries.take(MAX_ROWS).toArray();
  return {
    corner: ITERATION,
    rowCount: size,
    readable: rows.length,
    rowName: String,
    columns: () => titles.map((title, index): Column => ({ title, value: (row) => rows[row]?.[index] })),
  };
}

/** Elements of an array from which on it is taken to have nothing but elements: to name them all would take long. */
const LARGE = 10_000;

/** A row for each of an object's own properties: their values are objects with cells, or primitives. */
function tableOfObject(data: object, properties: readonly string[] | undefined): Table {
  const large = Array.isArray(data) && data.length > LARGE;
  const names = large ? [] : Object.keys(data);
  const rowCount = large ? data.length : names.length;
  const rowName = (row: number): string => names[row] ?? String(row);
  const rowOf = (row: number): unknown => property(data, rowName(row));
  return {
    corner: INDEX,
    rowCount,
    readable: rowCount,
    rowName,
    columns(indices) {
      const rows = indices.map(rowOf);
      const titles = new Set(properties ?? rows.flatMap((row) => (isObject(row) ? Object.keys(row) : [])));
      const columns = [...titles].map((title): Column => ({ title, value: (row) => cellValue(rowOf(row), title) }));
      const hasPrimitives = properties === undefined && !rows.every(isObject);
      return hasPrimitives ? [...columns, { title: VALUES, value: (row) => primitive(rowOf(row)) }] : columns;
    },
  };
}

function cellValue(row: unknown, title: string): unknown {
  return isObject(row) && Object.hasOwn(row, title) ? property(row, title) : ABSENT;
}

function primitive(row: unknown): unknown {
  return isObject(row) ? ABSENT : row;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function property(value: object, key: string): unknown {
  const read: unknown = Reflect.get(value, key);
  return read;
}

/** The text that Node's own `console.table` prints of the first rows and columns, and how many there are besides. */
function textOf(data: object, table: Table, properties: readonly string[] | undefined): string {
  const rows = Array.from({ length: Math.min(table.readable, MAX_ROWS) }, (_, row) => row);
  const titles = table.columns(rows).map(({ title }) => title);
  const shown = titles.slice(0, MAX_COLUMNS);
  const part = shownPart(data, table, rows, shown);
  const text = nodeTable(part, properties === undefined ? undefined : shown);
  const rest = [remainder(table.rowCount - rows.length, 'row'), remainder(titles.length - shown.length, 'column')];
  const said = rest.filter((words) => words !== '').join(', ');
  return said === '' ? text : `${text}\n… ${said}`;
}

/** Data of the same kind that has no more than is shown. */
function shownPart(data: object, table: Table, rows: readonly number[], titles: readonly string[]): object {
  if (data instanceof Map) {
    const entries = data.entries().take(MAX_ROWS);
    return new Map(entries.map(([key, value]) => [shortValue(key), shortValue(value)]));
  }
  if (data instanceof Set) return new Set(data.values().take(MAX_ROWS).map(shortValue));
  const part = rows.map((row) => {
    const name = table.rowName(row);
    return [name, shownRow(property(data, name), titles)];
  });
  return Object.assign(Object.create(null), Object.fromEntries(part));
}

function shownRow(row: unknown, titles: readonly string[]): unknown {
  if (!isObject(row)) return shortValue(row);
  const own = titles.filter((title) => Object.hasOwn(row, title));
  return Object.fromEntries(own.map((title) => [title, shortValue(property(row, title))]));
}

function shortValue(value: unknown): unknown {
  return typeof value === 'string' ? shortened(value, MAX_CELL) : value;
}

function remainder(number: number, noun: string): string {
  return number <= 0 ? '' : `${count(number)} more ${noun}${number === 1 ? '' : 's'}`;
}

/** The text that Node's own `console.table` prints. */
function nodeTable(data: object, properties: readonly string[] | undefined): string {
  let text = '';
  const stdout = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, callback) {
      text += String(chunk);
      callback();
    },
  });
  new Console({ stdout, ignoreErrors: false }).table(data, properties);
  return text.trimEnd();
}
