import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { arrowTable, arrowVector } from './arrow.ts';

const require = createRequire(join(import.meta.dirname, '../../../../test/package.json'));
const arrow = require('apache-arrow') as typeof import('apache-arrow');
const { Table, RecordBatch, makeData, vectorFromArray, tableFromArrays, tableFromIPC, tableToIPC } = arrow;

/** The rows of a table, read as the room does. */
function read(value: object): unknown[][] {
  const table = arrowTable(value) ?? assert.fail('no table');
  return Array.from({ length: table.rows }, (_, row) => table.columns.map((column) => column.value(row)));
}

/** The rows as the library has them. */
function own(table: import('apache-arrow').Table): unknown[][] {
  return table.toArray().map((row: { toArray(): unknown[] }) => [...row.toArray()]);
}

const plain = {
  int: Int32Array.of(1, -2, 3),
  big: BigInt64Array.of(1n, 2n, -3n),
  float: Float32Array.of(0.5, Number.NaN, 1e10),
  name: ['a', 'ü', ''],
};

test('columns have names, types and values', () => {
  const table = tableFromArrays(plain);
  const seen = arrowTable(table);
  assert.deepEqual(
    seen?.columns.map(({ name, type }) => `${name}: ${type}`),
    ['int: Int32', 'big: Int64', 'float: Float32', 'name: Dictionary<Int32, Utf8>'],
  );
  assert.deepEqual(read(table), own(table));
  assert.equal(seen?.rows, 3);
  assert.ok(Number(seen?.bytes) >= 3 * (4 + 8 + 4));
});

test('nulls, booleans, dates and texts of all kinds are read as the library reads them', () => {
  const table = new Table({
    n: vectorFromArray([1, null, 3, null, 5, 6, 7, null, 9], new arrow.Float64()),
    b: vectorFromArray([true, false, null, true, false, true, true, null, true], new arrow.Bool()),
    s: vectorFromArray(['x', null, 'z', '', '€', '😀', 'g', 'h', 'i'], new arrow.Utf8()),
    h: vectorFromArray([0, 1, -2, 0.5, 65504, 2 ** -24, 3, 4, 5], new arrow.Float16()),
    z: vectorFromArray([null, null, null, null, null, null, null, null, null], new arrow.Null()),
  });
  for (const each of [table, tableFromIPC(tableToIPC(table)), table.slice(2, 8), table.slice(3)]) {
    assert.deepEqual(read(each), own(each));
  }
  const days = new Table({
    d: vectorFromArray([new Date('2024-02-29'), new Date('1969-12-31')], new arrow.DateDay()),
    t: vectorFromArray([new Date(5), new Date(86_400_001)], new arrow.TimestampMicrosecond()),
  });
  assert.deepEqual(read(days), [
    [new Date('2024-02-29'), new Date(5)],
    [new Date('1969-12-31'), new Date(86_400_001)],
  ]);
  assert.deepEqual(
    arrowTable(days)?.columns.map(({ type }) => type),
    ['Date<DAY>', 'Timestamp<MICROSECOND>'],
  );
});

test('a table of several batches is one, a batch is a table, a vector is a column', () => {
  const one = tableFromArrays({ x: Int32Array.of(1, 2) });
  const two = tableFromArrays({ x: Int32Array.of(3) });
  const both = one.concat(two);
  assert.deepEqual(read(both), [[1], [2], [3]]);
  const [batch] = both.batches;
  assert.deepEqual(read(batch ?? assert.fail()), [[1], [2]]);
  const vector = both.getChild('x') ?? assert.fail();
  const column = arrowVector(vector);
  assert.deepEqual([column?.type, column?.rows, column?.value(2)], ['Int32', 3, 3]);
  assert.equal(arrowVector(both), undefined);
  assert.equal(arrowTable(vector), undefined);
});

test('what is nested is named by its type', () => {
  const table = new Table({ l: vectorFromArray([[1, 2], [3]]), s: vectorFromArray([{ a: 1 }, { a: 2 }]) });
  assert.deepEqual(
    arrowTable(table)?.columns.map(({ type, value }) => [type, value(0)]),
    [
      ['List<Float64>', '<List<Float64>>'],
      ['Struct<Float64>', '<Struct<Float64>>'],
    ],
  );
});

test('what only resembles a table is none, and nothing of it is run', () => {
  const touched: string[] = [];
  const get = (what: string) => ({
    configurable: true,
    get() {
      touched.push(what);
      return [];
    },
  });
  const fake = Object.create(Table.prototype, { schema: get('schema'), batches: get('batches') }) as object;
  const trap = new Proxy(tableFromArrays(plain), {
    get: () => touched.push('get'),
    getOwnPropertyDescriptor: () => {
      throw new Error(`touched ${touched.push('descriptor')}`);
    },
  });
  const others = [
    fake,
    trap,
    {},
    { schema: { fields: [] }, batches: [trap] },
    { schema: trap, batches: [] },
    { schema: { fields: trap }, batches: [] },
    { schema: { fields: [{}] }, batches: [{ data: {} }] },
    { data: [trap], type: {} },
    { data: trap, type: trap },
    [],
    new Map(),
  ];
  for (const other of others) {
    assert.equal(arrowTable(other), undefined);
    assert.equal(arrowVector(other), undefined);
  }
  assert.deepEqual(touched, []);
});

test('data with buffers that are too short reads as undefined', () => {
  const data = makeData({ type: new arrow.Int32(), length: 5, data: Int32Array.of(1) });
  const batch = new RecordBatch({ x: data });
  const table = arrowTable(batch) ?? assert.fail();
  assert.equal(table.columns[0]?.value(0), 1);
  assert.equal(table.columns[0]?.value(4), undefined);
});
