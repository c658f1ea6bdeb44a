/** The page of a data view: a table of a kernel, sorted and filtered. */
import { filtersOf } from '../../src/views/data/filter-text.ts';
import type { FromPage, SavedView, ToPage } from '../../src/views/data/messages.ts';
import type { TableFilter, TablePage, TableQuery, TableSort } from '../../src/views/table.ts';
import { element } from './elements.ts';
import { Grid, type Place } from './grid.ts';
import { RowStore } from './row-store.ts';
import './style.css';

/** What is remembered while the page is hidden, and over a reload of the window. */
interface State {
  readonly saved: SavedView;
  readonly sort?: TableSort;
  /** As they are typed, by column. */
  readonly filters: readonly string[];
  readonly search: string;
  readonly widths: readonly number[];
  readonly active: Place;
  readonly first: number;
  readonly left: number;
}

/** What is typed is looked for when nothing more was typed for so long, in milliseconds. */
const TYPED_MS = 250;
/** A change is remembered so soon, in milliseconds. */
const REMEMBERED_MS = 100;

const code = acquireVsCodeApi();
const saved: SavedView = JSON.parse(document.body.dataset.saved ?? '{}');
const before = code.getState() as State | undefined;
let sort = before?.sort;
let filters: readonly string[] = before?.filters ?? [];
let isRestored = before === undefined;

const status = element('span', { class: 'status', role: 'status' }, 'Asking the kernel…');
const search = element('input', {
  class: 'search',
  type: 'text',
  spellcheck: 'false',
  placeholder: 'Search all columns',
  'aria-label': 'Search all columns',
});
search.value = before?.search ?? '';
const clear = element('button', { class: 'clear', type: 'button' }, 'Clear Filters');
const problem = element('div', { class: 'problem', role: 'alert', hidden: '' });

const send = (message: FromPage): void => code.postMessage(message);
const waiting = new Map<number, PromiseWithResolvers<TablePage>>();
let lastId = 0;

const store = new RowStore({
  ask(query: TableQuery) {
    lastId += 1;
    const answer = Promise.withResolvers<TablePage>();
    waiting.set(lastId, answer);
    send({ type: 'rows', id: lastId, query });
    return answer.promise;
  },
  onChange: show,
  onError(message) {
    problem.textContent = message;
    problem.hidden = false;
    status.textContent = '';
  },
});

const grid = new Grid({
  name: saved.name,
  row: (place) => store.row(place),
  sort(column) {
    if (sort?.column !== column) sort = { column, descending: false };
    else sort = sort.descending ? undefined : { column, descending: true };
    askAnew();
  },
  filter(column, text) {
    filters = Array.from({ length: Math.max(filters.length, column + 1) }, (_, at) =>
      at === column ? text : (filters[at] ?? ''),
    );
    typed();
  },
  copy: (text) => send({ type: 'copy', text }),
  onMoved: remember,
});

let typing: ReturnType<typeof setTimeout> | undefined;
function typed(): void {
  clearTimeout(typing);
  typing = setTimeout(askAnew, TYPED_MS);
}

/** Everything that the rows have to pass. */
function wanted(): TableFilter[] {
  const text = search.value.trim();
  const anywhere: TableFilter[] = text === '' ? [] : [{ operator: 'contains', value: text }];
  return [...anywhere, ...filters.flatMap((filter, column) => filtersOf(filter, column))];
}

/** Other rows, or in another order. */
function askAnew(): void {
  grid.toTop();
  ask(0);
}

function ask(near: number): void {
  document.body.classList.add('asking');
  clear.hidden = wanted().length === 0;
  remember();
  void store.reset(sort, wanted(), near).finally(() => document.body.classList.remove('asking'));
}

function show(): void {
  const page = store.latest;
  if (page === undefined) return;
  problem.hidden = true;
  status.textContent = sizesOf(page);
  grid.show(page, sort, filters, before?.widths);
  if (!isRestored && before !== undefined) grid.restore(before.active, before.first, before.left);
  isRestored = true;
}

function sizesOf({ total, matched, columns, columnTotal }: TablePage): string {
  const count = (number: number): string => number.toLocaleString('en');
  const rows = `${matched === total ? '' : `${count(matched)} of `}${count(total)} ${total === 1 ? 'row' : 'rows'}`;
  const shown = columnTotal > columns.length ? ` (the first ${count(columns.length)} are shown)` : '';
  return `${rows} × ${count(columnTotal)} ${columnTotal === 1 ? 'column' : 'columns'}${shown}`;
}

let isRemembering = false;
/** Moves come in quick succession. */
function remember(): void {
  if (!isRestored || isRemembering) return;
  isRemembering = true;
  setTimeout(keep, REMEMBERED_MS);
}

function keep(): void {
  isRemembering = false;
  const { first, left } = grid.position;
  const { widths, active } = grid;
  const state: State = { saved, ...(sort && { sort }), filters, search: search.value, widths, active, first, left };
  code.setState(state);
}

search.addEventListener('input', typed);
clear.addEventListener('click', () => {
  filters = [];
  search.value = '';
  askAnew();
  grid.root.focus();
});

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'table':
      ask(before?.first ?? 0);
      return;
    case 'changed':
      if (store.latest !== undefined || !problem.hidden) void store.reload(grid.position.first);
      return;
    case 'rows':
      waiting.get(data.id)?.resolve(data.page);
      waiting.delete(data.id);
      return;
    case 'failed':
      waiting.get(data.id)?.reject(new Error(data.message));
      waiting.delete(data.id);
  }
});

const bar = element(
  'header',
  { class: 'bar' },
  element('h1', { class: 'name' }, saved.name),
  status,
  element('span', { class: 'space' }),
  clear,
  search,
);
document.body.append(bar, problem, grid.root);
clear.hidden = wanted().length === 0;
if (before === undefined)
  code.setState({
    saved,
    filters: [],
    search: '',
    widths: [],
    active: { row: 0, column: 0 },
    first: 0,
    left: 0,
  } satisfies State);
send({ type: 'ready' });
grid.root.focus();
