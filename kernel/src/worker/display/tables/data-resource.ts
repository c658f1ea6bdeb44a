/** A grid as a tabular data resource, for frontends that have a grid of their own. Spec: Frictionless Table Schema 1. */
import { type Cell, type CellKind, dateText } from './cell.ts';
import { caption, type Grid, type GridColumn, isEmpty } from './grid.ts';

const FIELD_TYPES: Partial<Record<CellKind, string>> = { number: 'number', boolean: 'boolean', date: 'datetime' };

/** Only the rows from the first: a gap could not be seen in it. */
export function dataResource(grid: Grid): Record<string, unknown> {
  const fields = grid.columns.map(({ title, kind }) => ({
    name: title,
    type: (kind && FIELD_TYPES[kind]) ?? 'string',
  }));
  const data = grid.head.map(({ cells }) =>
    Object.fromEntries(cells.map((cell, index) => [fields[index]?.name, jsonValue(cell, grid.columns[index])])),
  );
  const complete = grid.head.length === grid.rowCount;
  return { ...(complete ? {} : { title: `First ${grid.head.length} of ${caption(grid)}` }), schema: { fields }, data };
}

function jsonValue(cell: Cell, column: GridColumn | undefined): unknown {
  if (isEmpty(cell)) return null;
  const { value } = cell;
  if (column?.kind === undefined || typeof value === 'bigint') return cell.text;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  return value instanceof Date && cell.kind === 'date' && dateText(value) === 'Invalid Date' ? null : cell.text;
}
