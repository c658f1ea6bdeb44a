import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TablePage, TableQuery } from '../../src/views/table.ts';
import { RowStore } from './row-store.ts';

/** A table of numbers that gives so many rows at a time, and tells what it was asked. */
function table(rows: number, most = 1000) {
  const asked: TableQuery[] = [];
  const changes: (() => void)[] = [];
  const errors: string[] = [];
  const state = { rows, error: undefined as string | undefined };
  const store = new RowStore({
    async ask(query): Promise<TablePage> {
      asked.push(query);
      if (state.error !== undefined) throw new Error(state.error);
      const start = Math.min(query.start, state.rows);
      const length = Math.min(query.count, most, state.rows - start);
      const at = (index: number): number => (query.sort?.descending ? state.rows - 1 - index : index);
      return {
        total: state.rows,
        matched: state.rows,
        columns: [{ name: 'value', type: 'number', numeric: true }],
        columnTotal: 1,
        start,
        rows: Array.from({ length }, (_, index) => ({ index: at(start + index), cells: [String(at(start + index))] })),
      };
    },
    onChange: () => {
      for (const change of changes.splice(0)) change();
    },
    onError: (message) => errors.push(message),
  });
  const changed = (): Promise<void> => new Promise((resolve) => changes.push(resolve));
  return { store, asked, errors, state, changed };
}

test('a row is fetched with its page, once', async () => {
  const { store, asked, changed } = table(1000);
  await store.reset(undefined, [], 0);
  assert.equal(store.row(99)?.index, 99);
  const coming = changed();
  assert.equal(store.row(250), undefined);
  assert.equal(store.row(299), undefined);
  await coming;
  assert.equal(store.row(250)?.index, 250);
  assert.deepEqual(
    asked.map(({ start, fresh }) => [start, fresh]),
    [
      [0, true],
      [200, false],
    ],
  );
});

test('another order is asked for anew, where the person looks', async () => {
  const { store, asked } = table(1000);
  await store.reset(undefined, [], 0);
  await store.reset({ column: 0, descending: true }, [{ operator: 'contains', value: '1' }], 512);
  assert.equal(store.row(510)?.index, 489);
  assert.deepEqual(asked.at(-1), {
    start: 500,
    count: 100,
    sort: { column: 0, descending: true },
    filters: [{ operator: 'contains', value: '1' }],
    fresh: true,
  });
});

test('what was shown stays until the new rows are there; of a shorter table those that there are', async () => {
  const { store, state } = table(1000);
  await store.reset(undefined, [], 0);
  state.rows = 50;
  const reloading = store.reload(900);
  assert.equal(store.row(7)?.index, 7);
  await reloading;
  assert.equal(store.latest?.matched, 50);
});

test('a page that comes in parts is put together', async () => {
  const { store } = table(150, 30);
  await store.reset(undefined, [], 0);
  assert.equal(store.row(99)?.index, 99);
});

test('an error is told, and the rows stay', async () => {
  const { store, state, errors } = table(10);
  await store.reset(undefined, [], 0);
  state.error = 'gone';
  await store.reload(0);
  assert.deepEqual(errors, ['gone']);
  assert.equal(store.row(3)?.index, 3);
});
