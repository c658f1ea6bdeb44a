/** The first line of the grid: names and types of the columns, their order, and what they are filtered by. */
import type { TableColumn, TableSort } from '../../src/views/table.ts';
import { element } from './elements.ts';

export interface HeaderActions {
  /** The next order of a column: up, down, as it is. */
  sort(column: number): void;
  filter(column: number, text: string): void;
  resize(column: number, width: number): void;
  /** Goes from a filter to the rows. */
  leave(column: number): void;
}

export interface HeaderCell {
  readonly root: HTMLElement;
  readonly filter: HTMLInputElement;
  showSort(sort: TableSort | undefined): void;
}

export function headerCell(column: TableColumn, at: number, filtered: string, actions: HeaderActions): HeaderCell {
  const arrow = element('span', { class: 'arrow', 'aria-hidden': 'true' });
  const title = element(
    'button',
    { class: 'title', type: 'button', tabindex: '-1', title: `${column.name}: ${column.type}` },
    element('span', { class: 'name' }, column.name),
    arrow,
    element('span', { class: 'type' }, column.type),
  );
  title.addEventListener('click', () => actions.sort(at));
  const filter = element('input', {
    class: 'filter',
    type: 'text',
    spellcheck: 'false',
    placeholder: 'Filter',
    title: 'Part of a value, or > 5, <= 5, = x, != x, 3..7',
    'aria-label': `Filter ${column.name}`,
  });
  filter.value = filtered;
  filter.addEventListener('input', () => actions.filter(at, filter.value));
  filter.addEventListener('keydown', (event) => {
    // Keys of the text are not those of the grid.
    event.stopPropagation();
    if (event.key === 'Enter' || event.key === 'ArrowDown') actions.leave(at);
    else if (event.key === 'Escape' && filter.value !== '') {
      filter.value = '';
      actions.filter(at, '');
    } else if (event.key === 'Escape') actions.leave(at);
    else return;
    event.preventDefault();
  });
  const root = element(
    'div',
    { class: 'column', role: 'columnheader', id: `head-${at}`, 'aria-colindex': String(at + 2) },
    title,
    filter,
    resizer(at, actions),
  );
  return {
    root,
    filter,
    showSort(sort) {
      const isSorted = sort?.column === at;
      arrow.textContent = isSorted ? (sort.descending ? '▼' : '▲') : '';
      root.setAttribute('aria-sort', isSorted ? (sort.descending ? 'descending' : 'ascending') : 'none');
    },
  };
}

/** The right edge of a column, to be drawn. */
function resizer(at: number, actions: HeaderActions): HTMLElement {
  const handle = element('div', { class: 'resizer', 'aria-hidden': 'true' });
  handle.addEventListener('pointerdown', (down) => {
    const column = handle.parentElement;
    if (column === null) return;
    const before = column.offsetWidth;
    handle.setPointerCapture(down.pointerId);
    const move = (event: PointerEvent): void => actions.resize(at, before + event.clientX - down.clientX);
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
    down.preventDefault();
  });
  return handle;
}
