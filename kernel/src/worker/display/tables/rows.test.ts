import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gridOf } from './grid.ts';
import { tableOf } from './rows.ts';

const fail = (): never => assert.fail('a getter or trap ran');

describe('tableOf', () => {
  const cases: readonly (readonly [name: string, value: object, expected: boolean])[] = [
    ['objects', [{ a: 1 }, { b: 2 }], true],
    ['objects without prototype', [Object.assign(Object.create(null), { a: 1 })], true],
    [
      'rows with an array property beside them, as d3.csv gives them',
      Object.assign([{ a: 1 }], { columns: ['a'] }),
      true,
    ],
    ['a map of objects', new Map([['k', { a: 1 }]]), true],
    [
      'arrays of one length',
      [
        [1, 'x'],
        [2, null],
      ],
      true,
    ],
    ['nothing', [], false],
    ['an empty map', new Map(), false],
    ['empty objects', [{}, {}], false],
    ['numbers', [1, 2], false],
    ['one null among them', [{ a: 1 }, null], false],
    ['one array alone', [[1, 2]], false],
    ['arrays of several lengths', [[1], [2, 3]], false],
    ['empty arrays', [[], []], false],
    ['arrays of objects', [[{ a: 1 }], [{ a: 2 }]], false],
    ['a map of numbers', new Map([['k', 1]]), false],
    ['a map of arrays', new Map([['k', [1]]]), false],
    ['dates', [new Date()], false],
    [
      'instances',
      [
        new (class A {
          a = 1;
        })(),
      ],
      false,
    ],
    ['holes', new Array(3), false],
    ['an object', { a: 1 }, false],
    ['a proxy', new Proxy([{ a: 1 }], { get: fail, getOwnPropertyDescriptor: fail, ownKeys: fail }), false],
    [
      'proxies',
      [new Proxy({ a: 1 }, { get: fail, getOwnPropertyDescriptor: fail, ownKeys: fail, getPrototypeOf: () => null })],
      false,
    ],
  ];
  for (const [name, value, expected] of cases) test(name, () => assert.equal(tableOf(value) !== undefined, expected));

  test('looks at elements without running getters', () => {
    const array = [{ a: 1 }];
    Object.defineProperty(array, 1, { get: fail, enumerable: true });
    assert.equal(tableOf(array), undefined);
  });

  test('rows that are shown are rows, whatever stands in the middle of a large array', () => {
    const rows: unknown[] = Array.from({ length: 10_000 }, (_, i) => ({ i }));
    assert.ok(tableOf(rows));
    rows[10_000 - 1] = 1;
    assert.equal(tableOf(rows), undefined);
  });
});

describe('gridOf', () => {
  const columnsOf = (value: object) => {
    const table = tableOf(value);
    assert.ok(table);
    return gridOf(table).columns.map(({ title, type }) => `${title}: ${type}`);
  };

  test('a column for every property of any record, with its type', () => {
    const record = {
      n: 1,
      s: 'x',
      b: true,
      big: 1n,
      d: new Date(0),
      list: [1],
      o: { x: 1 },
      f: () => 1,
      y: Symbol('y'),
      none: null,
    };
    assert.deepEqual(columnsOf([record]), [
      'n: number',
      's: string',
      'b: boolean',
      'big: bigint',
      'd: date',
      'list: array',
      'o: object',
      'f: function',
      'y: symbol',
      'none: null',
    ]);
  });

  test('gaps are a question mark, several types are mixed', () => {
    assert.deepEqual(
      columnsOf([
        { a: 1, b: 1, c: 'x' },
        { a: null, b: 'x' },
      ]),
      ['a: number?', 'b: mixed', 'c: string?'],
    );
  });

  test('columns and types that begin late in a large array are seen', () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => (i < 60_000 ? { a: 1 } : { a: 'x', b: i }));
    assert.deepEqual(columnsOf(rows), ['a: mixed', 'b: number?']);
  });

  test('dates that are all at midnight are days', () => {
    const texts = (value: object) => {
      const table = tableOf(value);
      assert.ok(table);
      return gridOf(table).head.map(({ cells }) => cells.map(({ text }) => text).join(' '));
    };
    const [day, noon] = [new Date('2007-11-11T00:00Z'), new Date('2007-11-12T12:00Z')];
    assert.deepEqual(texts([{ d: day }, { d: null }]), ['2007-11-11', 'null']);
    assert.deepEqual(texts([{ d: day, e: day }, { d: noon }]), [
      '2007-11-11T00:00:00.000Z 2007-11-11',
      '2007-11-12T12:00:00.000Z ',
    ]);
  });

  test('a getter is no value, and is not run', () => {
    const rows = [Object.defineProperty({ a: 1 }, 'g', { get: fail, enumerable: true })];
    assert.deepEqual(columnsOf(rows), ['a: number', 'g: null']);
  });

  const shapes: readonly (readonly [rows: number, columns: number, head: number, tail: number])[] = [
    [1, 1, 1, 0],
    [125, 5, 125, 0],
    [126, 5, 100, 25],
    [1_000_000, 5, 100, 25],
    // Of a wide table fewer rows: 40 columns are shown, 4,000 cells.
    [1_000, 100, 100, 25],
  ];
  for (const [rows, columns, head, tail] of shapes) {
    test(`of ${rows} rows the first ${head} and the last ${tail}`, () => {
      const record = Object.fromEntries(Array.from({ length: columns }, (_, i) => [`c${i}`, i]));
      const table = tableOf(new Array(rows).fill(record));
      assert.ok(table);
      const grid = gridOf(table);
      assert.deepEqual([grid.head.length, grid.tail.length, grid.rowCount], [head, tail, rows]);
      assert.deepEqual([grid.columns.length, grid.columnCount], [Math.min(columns, 40), columns]);
      assert.equal(grid.tail.at(-1)?.name ?? grid.head.at(-1)?.name, String(rows - 1));
    });
  }

  test('a table of a million rows is read no more often than one of a thousand', () => {
    const readsOf = (rowCount: number): number => {
      let reads = 0;
      const value = (row: number): unknown => {
        reads++;
        return row;
      };
      gridOf({
        corner: '',
        rowCount,
        readable: rowCount,
        rowName: String,
        columns: (rows) => {
          assert.equal(rows.length, 425);
          return [{ title: 'n', value }];
        },
      });
      return reads;
    };
    assert.equal(readsOf(1_000_000), readsOf(1_000));
  });

  test('a map is read from its beginning only', () => {
    const table = tableOf(new Map(Array.from({ length: 1_000 }, (_, i) => [`k${i}`, { i }])));
    assert.ok(table);
    const grid = gridOf(table);
    assert.deepEqual([grid.corner, grid.rowCount, grid.tail.length], ['key', 1_000, 0]);
    assert.equal(grid.head[1]?.name, 'k1');
  });
});
