/** A table of any length, of which only what is seen is in the page. */
import type { TableColumn, TablePage, TableRow, TableSort } from '../../src/views/table.ts';
import { columnsBetween, edgesOf, textOf, widthsOf } from './columns.ts';
import { element } from './elements.ts';
import { type HeaderActions, type HeaderCell, headerCell } from './header.ts';
import { firstRow, type Heights, isScaled, ROW_HEIGHT, scrolledHeight, scrollTopFor } from './window-of-rows.ts';

/** Of the column of row numbers, in pixels. */
const INDEX_WIDTH = 76;

export interface GridOptions {
  readonly name: string;
  row(place: number): TableRow | undefined;
  sort(column: number): void;
  filter(column: number, text: string): void;
  copy(text: string): void;
  /** Something that is to be remembered is another: the place, the widths. */
  onMoved(): void;
}

/** A cell: row -1 is the header. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export class Grid {
  readonly root: HTMLElement;
  readonly #options: GridOptions;
  readonly #head: HTMLElement;
  readonly #body: HTMLElement;
  readonly #spacer: HTMLElement;
  readonly #actions: HeaderActions;
  #header = new Map<number, HeaderCell>();
  #columns: readonly TableColumn[] = [];
  #widths: number[] = [];
  #edges: number[] = [0];
  /** By the person: then they stay. */
  #isResized = false;
  #filters: readonly string[] = [];
  #sort: TableSort | undefined;
  #rows = 0;
  #active: Place = { row: 0, column: 0 };
  /** The exact first row where the bar is too coarse to tell it. */
  #first: { readonly row: number; readonly scrollTop: number } | undefined;

  constructor(options: GridOptions) {
    this.#options = options;
    this.#head = element('div', { class: 'head', role: 'row', 'aria-rowindex': '1' });
    this.#body = element('div', { class: 'body', role: 'rowgroup' });
    this.#spacer = element('div', { class: 'spacer', role: 'presentation' });
    this.root = element('div', { class: 'grid', role: 'grid', tabindex: '0', 'aria-label': options.name });
    this.#spacer.append(this.#head, this.#body);
    this.root.append(this.#spacer);
    this.#actions = {
      sort: (column) => {
        this.#active = { row: -1, column };
        this.root.focus();
        options.sort(column);
      },
      filter: options.filter,
      resize: (column, width) => this.#resize(column, width),
      leave: (column) => {
        this.root.focus();
        this.#go({ row: Math.max(0, Math.ceil(this.#firstRow())), column });
      },
    };
    this.root.addEventListener('scroll', () => this.#draw());
    this.root.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    this.root.addEventListener('keydown', (event) => this.#key(event));
    this.root.addEventListener('pointerdown', (event) => this.#point(event));
    new ResizeObserver(() => this.#draw()).observe(this.root);
  }

  get widths(): readonly number[] {
    return this.#widths;
  }

  get active(): Place {
    return this.#active;
  }

  /** Where the rows begin that are seen, and what is scrolled to the left. */
  get position(): { readonly first: number; readonly left: number } {
    return { first: this.#firstRow(), left: this.root.scrollLeft };
  }

  /** Shows a table, whose sizes and columns a page tells. */
  show(page: TablePage, sort: TableSort | undefined, filters: readonly string[], widths?: readonly number[]): void {
    const isOther = JSON.stringify(page.columns) !== JSON.stringify(this.#columns);
    this.#columns = page.columns;
    this.#rows = page.matched;
    this.#sort = sort;
    this.#filters = filters;
    if (isOther || this.#widths.length === 0) {
      const fits = widths?.length === page.columns.length;
      this.#isResized = false;
      this.#widths = fits ? [...widths] : widthsOf(page.columns, page.rows, this.#characterWidth());
      this.#edges = edgesOf(this.#widths);
      this.#header.clear();
    } else if (!this.#isResized) {
      // Longer values have come.
      const wanted = widthsOf(page.columns, page.rows, this.#characterWidth());
      this.#widths = this.#widths.map((width, at) => Math.max(width, wanted[at] ?? 0));
      this.#edges = edgesOf(this.#widths);
    }
    this.root.setAttribute('aria-rowcount', String(page.matched + 1));
    this.root.setAttribute('aria-colcount', String(page.columnTotal + 1));
    const most = { row: Math.max(0, this.#rows - 1), column: Math.max(0, this.#columns.length - 1) };
    const { row, column } = this.#active;
    this.#active = { row: Math.min(row, most.row), column: Math.min(column, most.column) };
    this.#layOut();
    this.#draw();
  }

  /** Goes to where the person was. */
  restore(active: Place, first: number, left: number): void {
    this.#active = active;
    this.#scrollTo(first);
    this.root.scrollLeft = left;
    this.#draw();
  }

  /** The rows are others now: those that come first are seen. */
  toTop(): void {
    const { row, column } = this.#active;
    this.#active = { row: Math.min(row, 0), column };
    this.#scrollTo(0);
    this.#draw();
  }

  get #heights(): Heights {
    return { rows: this.#rows, viewport: Math.max(ROW_HEIGHT, this.root.clientHeight - this.#head.offsetHeight) };
  }

  #firstRow(): number {
    const { scrollTop } = this.root;
    if (this.#first !== undefined && Math.abs(this.#first.scrollTop - scrollTop) < 1) return this.#first.row;
    return firstRow(this.#heights, scrollTop);
  }

  #scrollTo(first: number): void {
    const heights = this.#heights;
    const last = Math.max(0, heights.rows - heights.viewport / ROW_HEIGHT);
    const row = Math.min(Math.max(0, first), last);
    this.root.scrollTop = scrollTopFor(heights, row);
    this.#first = isScaled(heights) ? { row, scrollTop: this.root.scrollTop } : undefined;
  }

  /** Of the font, in which all are of one width. */
  #characterWidth(): number {
    const sample = element('span', { class: 'sample' }, '0'.repeat(100));
    this.root.append(sample);
    const width = sample.getBoundingClientRect().width / 100;
    sample.remove();
    return width;
  }

  #layOut(): void {
    const width = INDEX_WIDTH + (this.#edges.at(-1) ?? 0);
    this.#spacer.style.width = `${width}px`;
    this.#spacer.style.height = `${this.#head.offsetHeight + scrolledHeight(this.#heights)}px`;
  }

  #draw(): void {
    const [from, to] = columnsBetween(
      this.#edges,
      this.root.scrollLeft,
      this.root.scrollLeft + this.root.clientWidth - INDEX_WIDTH,
    );
    this.#drawHead(from, to);
    const heights = this.#heights;
    const first = this.#firstRow();
    const start = Math.max(0, Math.floor(first));
    const end = Math.min(this.#rows, Math.ceil(first + heights.viewport / ROW_HEIGHT) + 1);
    const rows: HTMLElement[] = [];
    for (let place = start; place < end; place += 1) {
      const top = this.root.scrollTop + (place - first) * ROW_HEIGHT;
      rows.push(this.#rowElement(place, top, from, to));
    }
    this.#body.replaceChildren(...rows);
    const { row, column } = this.#active;
    this.root.setAttribute('aria-activedescendant', row < 0 ? `head-${column}` : `cell-${row}-${column}`);
    for (const [at, { root }] of this.#header) root.classList.toggle('active', row < 0 && at === column);
    this.#options.onMoved();
  }

  /** The cells of the header are kept: one may have the focus. */
  #drawHead(from: number, to: number): void {
    if (this.#head.childElementCount === 0 || this.#header.size === 0) {
      this.#head.replaceChildren(
        element('div', { class: 'corner', role: 'columnheader', 'aria-colindex': '1', 'aria-label': 'Row' }),
      );
    }
    for (const [at, { root, filter }] of this.#header) {
      if ((at >= from && at < to) || document.activeElement === filter) continue;
      root.remove();
      this.#header.delete(at);
    }
    for (let at = from; at < to; at += 1) {
      const column = this.#columns[at];
      if (column === undefined) continue;
      let cell = this.#header.get(at);
      if (cell === undefined) {
        cell = headerCell(column, at, this.#filters[at] ?? '', this.#actions);
        this.#header.set(at, cell);
        this.#head.append(cell.root);
      }
      this.#place(cell.root, at);
      cell.showSort(this.#sort);
      if (document.activeElement !== cell.filter) cell.filter.value = this.#filters[at] ?? '';
    }
  }

  #rowElement(place: number, top: number, from: number, to: number): HTMLElement {
    const row = this.#options.row(place);
    const line = element('div', { class: 'row', role: 'row', 'aria-rowindex': String(place + 2) });
    line.style.top = `${top}px`;
    line.classList.toggle('odd', place % 2 === 1);
    const index = row === undefined ? '' : String(row.index);
    line.append(element('div', { class: 'index', role: 'rowheader', 'aria-colindex': '1' }, index));
    for (let at = from; at < to; at += 1) {
      const value = row?.cells[at];
      const text = textOf(value);
      const attributes = {
        class: 'cell',
        role: 'gridcell',
        id: `cell-${place}-${at}`,
        'aria-colindex': String(at + 2),
      };
      const cell = element('div', attributes, text);
      cell.classList.toggle('numeric', this.#columns[at]?.numeric === true);
      cell.classList.toggle('none', typeof value === 'object');
      cell.classList.toggle('active', place === this.#active.row && at === this.#active.column);
      if (text.length > 20) cell.title = text;
      this.#place(cell, at);
      line.append(cell);
    }
    if (row === undefined) line.setAttribute('aria-busy', 'true');
    return line;
  }

  #place(cell: HTMLElement, at: number): void {
    cell.style.left = `${INDEX_WIDTH + (this.#edges[at] ?? 0)}px`;
    cell.style.width = `${this.#widths[at] ?? 0}px`;
  }

  #resize(column: number, width: number): void {
    this.#isResized = true;
    this.#widths[column] = Math.max(40, Math.round(width));
    this.#edges = edgesOf(this.#widths);
    this.#layOut();
    this.#draw();
  }

  /** Of a very long table, a turn of the wheel is rows, not a share of the bar. */
  #wheel(event: WheelEvent): void {
    if (!isScaled(this.#heights) || event.ctrlKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 1 : 1 / ROW_HEIGHT;
    this.#scrollTo(this.#firstRow() + event.deltaY * unit);
    this.#draw();
  }

  #point(event: PointerEvent): void {
    const cell = event.target instanceof Element ? event.target.closest('.cell') : null;
    const [, row, column] = /^cell-(\d+)-(\d+)$/.exec(cell?.id ?? '') ?? [];
    if (row === undefined || column === undefined) return;
    this.#active = { row: Number(row), column: Number(column) };
    for (const other of this.#body.querySelectorAll('.active')) other.classList.remove('active');
    cell?.classList.add('active');
    this.root.setAttribute('aria-activedescendant', `cell-${row}-${column}`);
  }

  #key(event: KeyboardEvent): void {
    const { row, column } = this.#active;
    const page = Math.max(1, Math.floor(this.#heights.viewport / ROW_HEIGHT) - 1);
    const [lastRow, lastColumn] = [this.#rows - 1, this.#columns.length - 1];
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.altKey) return;
    switch (event.key) {
      case 'ArrowUp':
        this.#go({ row: isCommand ? 0 : row - 1, column });
        break;
      case 'ArrowDown':
        this.#go({ row: isCommand ? lastRow : row + 1, column });
        break;
      case 'ArrowLeft':
        this.#go({ row, column: isCommand ? 0 : column - 1 });
        break;
      case 'ArrowRight':
        this.#go({ row, column: isCommand ? lastColumn : column + 1 });
        break;
      case 'PageUp':
        this.#go({ row: Math.max(0, row - page), column });
        break;
      case 'PageDown':
        this.#go({ row: row + page, column });
        break;
      case 'Home':
        this.#go({ row: isCommand ? 0 : row, column: 0 });
        break;
      case 'End':
        this.#go({ row: isCommand ? lastRow : row, column: lastColumn });
        break;
      case 'Enter':
      case ' ':
        if (row >= 0) return;
        this.#options.sort(column);
        break;
      case 'F2':
        this.#header.get(column)?.filter.focus();
        break;
      case 'c':
        if (!isCommand || document.getSelection()?.isCollapsed === false) return;
        this.#options.copy(
          row < 0 ? (this.#columns[column]?.name ?? '') : textOf(this.#options.row(row)?.cells[column]),
        );
        break;
      default:
        return;
    }
    event.preventDefault();
  }

  /** Makes a cell the active one, and shows it. */
  #go({ row, column }: Place): void {
    this.#active = {
      row: Math.min(Math.max(-1, row), this.#rows - 1),
      column: Math.min(Math.max(0, column), Math.max(0, this.#columns.length - 1)),
    };
    const at = this.#active;
    const first = this.#firstRow();
    const seen = this.#heights.viewport / ROW_HEIGHT;
    if (at.row >= 0 && at.row < first) this.#scrollTo(at.row);
    else if (at.row + 1 > first + seen) this.#scrollTo(at.row + 1 - seen);
    const [left, right] = [this.#edges[at.column] ?? 0, this.#edges[at.column + 1] ?? 0];
    const room = this.root.clientWidth - INDEX_WIDTH;
    if (left < this.root.scrollLeft) this.root.scrollLeft = left;
    else if (right > this.root.scrollLeft + room) this.root.scrollLeft = right - room;
    this.#draw();
  }
}
