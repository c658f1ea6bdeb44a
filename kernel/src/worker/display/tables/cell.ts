/** One value in a table. */
import { inspect, types } from 'node:util';
import { clip, inspectText } from '../text.ts';
import { ABSENT, GETTER } from './table.ts';

/** The last four say nothing of the type of their column. */
export type CellKind =
  | 'array'
  | 'bigint'
  | 'boolean'
  | 'date'
  | 'function'
  | 'number'
  | 'object'
  | 'string'
  | 'symbol'
  | 'absent'
  | 'getter'
  | 'null'
  | 'undefined';

export interface Cell {
  readonly kind: CellKind;
  /** At most 1,000 characters and an ellipsis. */
  readonly text: string;
  readonly value: unknown;
}

/** Characters of a cell that are kept, and shown where there is room. */
const MAX_TEXT = 1_000;
/** Properties of an object that is shown in one cell; larger ones are but named. */
const MAX_PROPERTIES = 8;
const MAX_ELEMENTS = 5;

export function cellOf(value: unknown): Cell {
  const kind = kindOf(value);
  return { kind, text: shortened(textOf(kind, value), MAX_TEXT), value };
}

const MIDNIGHT = 'T00:00:00.000Z';

/** Whether a value is no point in time but the day that begins with it. */
export function isDay(value: unknown): boolean {
  return types.isDate(value) && dateText(value).endsWith(MIDNIGHT);
}

/** The cell of a column of days: `2007-11-11`. */
export function dayCell(value: unknown): Cell {
  const cell = cellOf(value);
  return cell.kind === 'date' ? { ...cell, text: cell.text.slice(0, -MIDNIGHT.length) } : cell;
}

/** The text, or as much of it as the number of characters allows and an ellipsis. */
export function shortened(text: string, length: number): string {
  return text.length > length ? `${clip(text, length)}…` : text;
}

export function kindOf(value: unknown): CellKind {
  if (value === ABSENT) return 'absent';
  if (value === GETTER) return 'getter';
  if (value === null) return 'null';
  if (typeof value !== 'object' || types.isProxy(value)) return typeof value;
  if (Array.isArray(value)) return 'array';
  return types.isDate(value) ? 'date' : 'object';
}

function textOf(kind: CellKind, value: unknown): string {
  if (typeof value === 'string') return value;
  if (kind === 'absent') return '';
  if (kind === 'getter') return '[Getter]';
  if (types.isDate(value)) return dateText(value);
  if (typeof value !== 'object' || value === null) return inspectText(value);
  const wide = kind === 'object' && !types.isProxy(value) && Object.keys(value).length > MAX_PROPERTIES;
  try {
    return inspect(value, {
      depth: wide ? -1 : 0,
      maxArrayLength: MAX_ELEMENTS,
      maxStringLength: MAX_TEXT,
      breakLength: Number.POSITIVE_INFINITY,
    });
  } catch {
    return inspectText(value);
  }
}

export const INVALID_DATE = 'Invalid Date';

/** A date in ISO 8601, whatever was done to its methods. */
function dateText(date: Date): string {
  const valid = !Number.isNaN(Date.prototype.getTime.call(date));
  return valid ? Date.prototype.toISOString.call(date) : INVALID_DATE;
}
