/** `console.table`: the rows and columns of whatever it is given, bounded, as HTML and as Node's own text. */
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { type Grid, htmlTable, MAX_COLUMNS, MAX_ROWS, remainder, valueText } from '../display/table.ts';
import { clip } from '../display/text.ts';

type Table = { readonly 'text/html': string; readonly 'text/plain': string };

const INDEX = '(index)';
const ITERATION = '(iteration index)';
const KEY = 'Key';
const VALUES = 'Values';
/** Characters of a string that the text shows. */
const MAX_CELL = 200;

/** A table in both forms. `properties` chooses the columns. */
export function tableOf(data: object, properties?: readonly string[]): Table {
  const grid = gridOf(data, properties);
  const rest = remainder(grid);
  const text = nodeTable(shownPart(data, grid), properties === undefined ? undefined : grid.columns);
  return { 'text/html': htmlTable(grid), 'text/plain': rest === '' ? text : `${text}\n… ${rest}` };
}

function gridOf(data: object, properties: readonly string[] | undefined): Grid {
  if (data instanceof Map) return gridOfEntries([KEY, VALUES], data.entries(), data.size);
  if (data instanceof Set)
    return gridOfEntries(
      [VALUES],
      data.values().map((value) => [value]),
      data.size,
    );
  return gridOfObject(data, properties);
}

function gridOfEntries(columns: readonly string[], entries: IteratorObject<unknown[]>, size: number): Grid {
  const rows = entries
    .take(MAX_ROWS)
    .map((entry, index) => ({ name: String(index), cells: entry.map(valueText) }))
    .toArray();
  return { corner: ITERATION, columns, rows, moreRows: size - rows.length, moreColumns: 0 };
}

/** A row for each of an object's own properties: their values are objects with cells, or primitives. */
function gridOfObject(data: object, properties: readonly string[] | undefined): Grid {
  const names = Object.keys(data);
  const shown = names.slice(0, MAX_ROWS).map((name) => ({ name, row: property(data, name) }));
  const objects = shown.filter(({ row }) => isObject(row));
  const hasPrimitives = properties === undefined && objects.length < shown.length;
  const all = new Set(properties ?? objects.flatMap(({ row }) => (isObject(row) ? Object.keys(row) : [])));
  const columns = [...all].slice(0, MAX_COLUMNS);
  return {
    corner: INDEX,
    columns: hasPrimitives ? [...columns, VALUES] : columns,
    rows: shown.map(({ name, row }) => ({
      name,
      cells: [
        ...columns.map((column) =>
          isObject(row) && Object.hasOwn(row, column) ? valueText(property(row, column)) : '',
        ),
        ...(hasPrimitives ? [isObject(row) ? '' : valueText(row)] : []),
      ],
    })),
    moreRows: names.length - shown.length,
    moreColumns: all.size - columns.length,
  };
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

function property(value: object, key: string): unknown {
  const read: unknown = Reflect.get(value, key);
  return read;
}

/** What the grid shows of the data, as data of the same kind. */
function shownPart(data: object, grid: Grid): object {
  if (data instanceof Map) {
    return new Map(
      data
        .entries()
        .take(MAX_ROWS)
        .map(([key, value]) => [shortened(key), shortened(value)]),
    );
  }
  if (data instanceof Set) return new Set(data.values().take(MAX_ROWS).map(shortened));
  const rows = grid.rows.map(({ name }) => [name, shownRow(property(data, name), grid.columns)]);
  return Object.assign(Object.create(null), Object.fromEntries(rows));
}

function shownRow(row: unknown, columns: readonly string[]): unknown {
  if (!isObject(row)) return shortened(row);
  const cells = columns.filter((column) => Object.hasOwn(row, column));
  return Object.fromEntries(cells.map((column) => [column, shortened(property(row, column))]));
}

function shortened(value: unknown): unknown {
  return typeof value === 'string' && value.length > MAX_CELL ? `${clip(value, MAX_CELL)}…` : value;
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
