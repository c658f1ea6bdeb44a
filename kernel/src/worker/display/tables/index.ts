/** Tables: arrays and maps of records, arrays of arrays, Arrow tables, data frames. */
import { dataResource } from './data-resource.ts';
import { gridOf } from './grid.ts';
import { htmlTable } from './html-table.ts';
import type { Table } from './table.ts';
import { textTable } from './text-table.ts';

export { tableOfFrame } from './frames.ts';
export { tableOf } from './rows.ts';

/** A table as HTML, as a data resource and as text; all of them bounded. */
export function tableData(table: Table): Record<string, unknown> {
  const grid = gridOf(table);
  return {
    'text/html': htmlTable(grid),
    'application/vnd.dataresource+json': dataResource(grid),
    'text/plain': textTable(grid),
  };
}
