/** Data frames and column stores: tables that are objects of their libraries. */
import { dataProperty, findMethod, type Method } from '../properties.ts';
import { tableOfFirst } from './rows.ts';
import { ABSENT, type Column, type Table } from './table.ts';

/** Rows that a frame is asked for. */
const FIRST = 200;

/** The table that an Arrow table or a data frame is; undefined for anything else. What its methods throw goes through. */
export function tableOfFrame(value: object): Table | undefined {
  return arrowTable(value) ?? recordsOfFrame(value);
}

/** Data frames that give their first rows and say how many they have: `head(n)`, `toRecords()`, `height` (polars). */
function recordsOfFrame(value: object): Table | undefined {
  const head = findMethod(value, 'head');
  if (head === undefined || findMethod(value, 'toRecords') === undefined) return undefined;
  const first = head.call(value, FIRST);
  const toRecords = typeof first === 'object' && first !== null ? findMethod(first, 'toRecords') : undefined;
  const height: unknown = Reflect.get(value, 'height');
  return tableOfFirst(toRecords?.call(first), typeof height === 'number' ? height : 0);
}

/** Apache Arrow: a schema with fields, and a vector for each of them. */
function arrowTable(value: object): Table | undefined {
  const schema = dataProperty(value, 'schema');
  const fields = typeof schema === 'object' && schema !== null ? dataProperty(schema, 'fields') : undefined;
  const getChildAt = findMethod(value, 'getChildAt');
  if (!Array.isArray(fields) || getChildAt === undefined) return undefined;
  const rowCount: unknown = Reflect.get(value, 'numRows');
  if (typeof rowCount !== 'number') return undefined;
  return {
    corner: '',
    rowCount,
    readable: rowCount,
    rowName: String,
    columns: () => fields.map((field: unknown, index) => arrowColumn(field, getChildAt.call(value, index))),
  };
}

function arrowColumn(field: unknown, vector: unknown): Column {
  const { name, type } = field as { readonly name: unknown; readonly type: unknown };
  const typeText = String(type);
  const get = typeof vector === 'object' && vector !== null ? findMethod(vector, 'get') : undefined;
  return {
    title: String(name),
    type: typeText,
    value: (row) => (get === undefined ? ABSENT : plainValue(typeText, get.call(vector, row))),
  };
}

/** Arrow gives points in time as milliseconds, and nested values as vectors and rows of its own. */
function plainValue(type: string, value: unknown): unknown {
  if (/^(Timestamp|Date)/.test(type) && typeof value === 'number') return new Date(value);
  if (typeof value !== 'object' || value === null) return value;
  const convert: Method | undefined = findMethod(value, 'toJSON');
  return convert === undefined ? value : convert.call(value);
}
