/**
 * A grid as HTML. It is made of what JupyterLab's sanitiser leaves of HTML that is not trusted: no style sheet, no script, no
 * names; so pages are `<details>`, and styles stand at the cells, because style sheets of notebooks align all cells to the right.
 */
import { count } from '../bounds.ts';
import { escapeHtml } from '../html.ts';
import { type Cell, shortened } from './cell.ts';
import { caption, type Grid, type GridColumn, type GridRow, isEmpty, isNumeric, PAGE, plural } from './grid.ts';

/** Characters of a cell or a header that are shown; the rest of a cell is its title. */
const MAX_CELL = 100;
const LEFT = ' style="text-align:left"';
const RIGHT = ' align="right"';
const DATE = ' style="text-align:left;white-space:nowrap"';

export function htmlTable(grid: Grid): string {
  const [first = [], ...others] = pagesOf(grid.head);
  const parts = [page(grid, first, caption(grid))];
  let from = first.length;
  for (const rows of others) {
    parts.push(folded(grid, rows, from));
    from += rows.length;
  }
  const unseen = grid.rowCount - from - grid.tail.length;
  if (unseen > 0) parts.push(`<p style="opacity:.7;margin:0">… ${plural(unseen, 'more row')}</p>`);
  if (grid.tail.length > 0) parts.push(folded(grid, grid.tail, grid.rowCount - grid.tail.length));
  return parts.join('');
}

function pagesOf(rows: readonly GridRow[]): GridRow[][] {
  const pages: GridRow[][] = [];
  for (let from = 0; from < rows.length; from += PAGE) pages.push(rows.slice(from, from + PAGE));
  return pages;
}

function folded(grid: Grid, rows: readonly GridRow[], from: number): string {
  const title = `Rows ${count(from)} to ${count(from + rows.length - 1)}`;
  return `<details><summary>${title}</summary>${page(grid, rows, undefined)}</details>`;
}

function page(grid: Grid, rows: readonly GridRow[], title: string | undefined): string {
  const head = grid.columns.map(header).join('');
  const body = rows.map((row) => htmlRow(grid, row)).join('');
  return `<table>${
    title === undefined ? '' : `<caption style="caption-side:bottom;text-align:left;opacity:.7">${title}</caption>`
  }<thead><tr><th${RIGHT}>${escapeHtml(grid.corner)}</th>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

function header(column: GridColumn): string {
  const type = `<small style="font-weight:normal;opacity:.7">${text(column.type)}</small>`;
  return `<th scope="col"${alignment(column)}>${text(column.title)}<br>${type}</th>`;
}

function htmlRow({ columns }: Grid, { name, cells }: GridRow): string {
  const shown = cells.map((cell, index) => `<td${alignment(columns[index])}${title(cell)}>${content(cell)}</td>`);
  return `<tr><th scope="row"${RIGHT}>${text(name)}</th>${shown.join('')}</tr>`;
}

function alignment(column: GridColumn | undefined): string {
  if (column?.kind === 'date') return DATE;
  return column !== undefined && isNumeric(column) ? RIGHT : LEFT;
}

function content(cell: Cell): string {
  return isEmpty(cell) && cell.text !== '' ? `<span style="opacity:.5">${text(cell.text)}</span>` : text(cell.text);
}

function title({ text: whole }: Cell): string {
  return whole.length > MAX_CELL ? ` title="${escapeHtml(whole)}"` : '';
}

function text(whole: string): string {
  return escapeHtml(shortened(whole, MAX_CELL));
}
