/** A grid as a tabular data resource, for frontends that have a grid of their own. Spec: Frictionless Table Schema 1. */
import { type Cell, INVALID_DATE } from './cell.ts';
import { caption, type Grid, type GridColumn, isEmpty } from './grid.ts';

/** Only the rows from the first: a gap could not be seen in it. */
export function dataResource(grid: Grid): Record<string, unknown> {
  const fields = grid.columns.map((column) => ({ name: column.title, type: fieldType(column) }));
  const data = grid.head.map(({ cells }) =>
    Object.fromEntries(cells.map((cell, index) => [fields[index]?.name, jsonValue(cell, grid.columns[index])])),
  );
  const complete = grid.head.length === grid.rowCount;
  return { ...(complete ? {} : { title: `First ${grid.head.length} of ${caption(grid)}` }), schema: { fields }, data };
}

function fieldType({ kind, days }: GridColumn): string {
  if (kind === 'date') return days ? 'date' : 'datetime';
  return kind === 'number' || kind === 'boolean' ? kind : 'string';
}

function jsonValue(cell: Cell, column: GridColumn | undefined): unknown {
  if (isEmpty(cell)) return null;
  const { value } = cell;
  if (column?.kind === undefined) return cell.text;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'boolean') return value;
  return cell.kind === 'date' && cell.text === INVALID_DATE ? null : cell.text;
}
