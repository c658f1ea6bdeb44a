import { inspect } from 'node:util';
import { type ArrowColumn, type ArrowTable, arrowTable } from './arrow.ts';
import { describe } from './describe.ts';
import { EMPTY, type Item, type Section, sectionOf } from './section.ts';

/** Columns of a row, and values of a column, that stand in its line. */
const MAX_SHOWN = 8;

/** The rows of a table, each on one line. */
export function rowSection({ rows, columns }: ArrowTable): Section {
  return sectionOf(rows, (row) => {
    const parts = columns.slice(0, MAX_SHOWN).map(({ name, value }) => `${name}: ${text(value(row))}`);
    if (columns.length > MAX_SHOWN) parts.push(`… ${columns.length - MAX_SHOWN} more`);
    return described(String(row), { type: 'row', value: `{ ${parts.join(', ')} }`, kind: 'data' });
  });
}

/** The columns of a table, in which their values are. */
export function columnItems(object: object, { rows, columns }: ArrowTable): Item[] {
  return columns.map((column, index) => {
    const first = Array.from({ length: Math.min(rows, MAX_SHOWN) }, (_, row) => text(column.value(row)));
    const value = `[ ${first.join(', ')}${rows > first.length ? ', …' : ''} ]`;
    const description = { type: column.type, value, kind: 'data', length: rows, shape: [rows] } as const;
    const inside = { object, view: { of: { kind: 'column', index } } } as const;
    return { name: column.name, path: undefined, content: { is: 'described', description, inside } };
  });
}

/** The values of a column. */
export function columnSection(object: object, index: number): Section {
  const table = arrowTable(object);
  const column = table?.columns[index];
  return table === undefined || column === undefined ? EMPTY : vectorSection({ ...column, rows: table.rows });
}

export function vectorSection({ rows, value }: ArrowColumn & { readonly rows: number }): Section {
  return sectionOf(rows, (row) => described(String(row), describe(value(row))));
}

function described(name: string, description: ReturnType<typeof describe>): Item {
  return { name, path: undefined, content: { is: 'described', description } };
}

/** Values of a column are primitive, or dates of ours. */
function text(value: unknown): string {
  return inspect(value, { maxStringLength: 40 });
}
