/** Tables: arrays of records and `console.table`, as bounded HTML. */
import { inspect, types } from 'node:util';
import { escapeHtml } from './html.ts';
import { isPlainObject } from './properties.ts';
import { clip, inspectText } from './text.ts';

/** Rows of a table that are shown. */
export const MAX_ROWS = 100;
/** Columns of a table that are shown. */
export const MAX_COLUMNS = 40;
/** Characters of a cell or a header that are shown. */
const MAX_CELL = 200;
/** Elements of an array that are looked at to see whether it holds records. */
const MAX_CHECKED = 10_000;

/** The shown part of a table and how much there is besides. Cells are plain text. */
export interface Grid {
  /** Header of the column of row names. */
  readonly corner: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly cells: readonly string[] }[];
  readonly moreRows: number;
  readonly moreColumns: number;
}

/** Whether a value is a table in the making: an array of plain objects, at least one of which has properties. */
export function isRecords(value: unknown): value is readonly Record<string, unknown>[] {
  if (types.isProxy(value) || !Array.isArray(value) || value.length === 0) return false;
  const checked = Math.min(value.length, MAX_CHECKED);
  let hasProperties = false;
  for (let i = 0; i < checked; i++) {
    // A hole or an accessor among the elements: no record.
    const element: unknown = Object.getOwnPropertyDescriptor(value, i)?.value;
    if (!isPlainObject(element) || types.isProxy(element)) return false;
    hasProperties ||= Object.keys(element).length > 0;
  }
  return hasProperties;
}

/** The table of an array of records: a column for each property that any shown record has. Runs no getters. */
export function gridOfRecords(records: readonly Record<string, unknown>[]): Grid {
  const shown = records.slice(0, MAX_ROWS);
  const all = new Set(shown.flatMap((record) => Object.keys(record)));
  const columns = [...all].slice(0, MAX_COLUMNS);
  return {
    corner: '',
    columns,
    rows: shown.map((record, index) => ({
      name: String(index),
      cells: columns.map((column) => cellText(Object.getOwnPropertyDescriptor(record, column))),
    })),
    moreRows: records.length - shown.length,
    moreColumns: all.size - columns.length,
  };
}

function cellText(property: PropertyDescriptor | undefined): string {
  if (property === undefined) return '';
  return 'value' in property ? valueText(property.value) : '[Getter]';
}

/** Properties of an object that is shown in one cell; larger ones are but named. */
const MAX_PROPERTIES = 8;

/** Text of one cell: strings as they are, everything else as inspect has it, on one line. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return inspectText(value);
  try {
    const depth = !Array.isArray(value) && Object.keys(value).length > MAX_PROPERTIES ? -1 : 0;
    return inspect(value, { depth, maxArrayLength: 5, maxStringLength: MAX_CELL, breakLength: Infinity });
  } catch {
    return inspectText(value);
  }
}

/** `12 more rows, 3 more columns`, or nothing for a table that is shown whole. */
export function remainder(grid: Grid): string {
  const parts = [
    [grid.moreRows, 'row'],
    [grid.moreColumns, 'column'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, noun]) => `${count} more ${noun}${count === 1 ? '' : 's'}`)
    .join(', ');
}

/** The table as HTML; what is left out stands below it. */
export function htmlTable(grid: Grid): string {
  const head = [grid.corner, ...grid.columns].map((title) => `<th>${cell(title)}</th>`).join('');
  const body = grid.rows.map(
    ({ name, cells }) => `<tr><th>${cell(name)}</th>${cells.map((text) => `<td>${cell(text)}</td>`).join('')}</tr>`,
  );
  const rest = remainder(grid);
  return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>${
    rest === '' ? '' : `<p>… ${rest}</p>`
  }`;
}

function cell(text: string): string {
  return escapeHtml(text.length > MAX_CELL ? `${clip(text, MAX_CELL)}…` : text);
}
