import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gridOfRecords, htmlTable, isRecords } from './table.ts';

const tableOf = (records: Record<string, unknown>[]) => htmlTable(gridOfRecords(records));

describe('isRecords', () => {
  const cases: readonly (readonly [name: string, value: unknown, expected: boolean])[] = [
    ['objects', [{ a: 1 }, { b: 2 }], true],
    ['objects without prototype', [Object.assign(Object.create(null), { a: 1 })], true],
    [
      'rows with an array property beside them, as d3.csv gives them',
      Object.assign([{ a: 1 }], { columns: ['a'] }),
      true,
    ],
    ['nothing', [], false],
    ['empty objects', [{}, {}], false],
    ['numbers', [1, 2], false],
    ['one null among them', [{ a: 1 }, null], false],
    ['arrays', [[1], [2]], false],
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
    ['a proxy', new Proxy([{ a: 1 }], {}), false],
  ];
  for (const [name, value, expected] of cases) test(name, () => assert.equal(isRecords(value), expected));

  test('looks at elements without running getters', () => {
    const array = [{ a: 1 }];
    Object.defineProperty(array, 1, { get: () => assert.fail('a getter ran'), enumerable: true });
    assert.equal(isRecords(array), false);
  });
});

describe('htmlTable', () => {
  test('a column for every property of any record', () => {
    assert.equal(
      tableOf([
        { letter: 'A', frequency: 0.08167 },
        { letter: 'B', rank: 2 },
      ]),
      '<table><thead><tr><th></th><th>letter</th><th>frequency</th><th>rank</th></tr></thead><tbody>' +
        '<tr><th>0</th><td>A</td><td>0.08167</td><td></td></tr>' +
        '<tr><th>1</th><td>B</td><td></td><td>2</td></tr></tbody></table>',
    );
  });

  test('markup in cells and headers is text', () => {
    const html = tableOf([{ '<img src=x onerror=alert(1)>': '<script>alert("&\'")</script>', o: { x: '</td><b>' } }]);
    assert.doesNotMatch(html, /<(img|script|b)\b/);
    assert.match(html, /<th>&lt;img src=x onerror=alert\(1\)&gt;<\/th>/);
    assert.match(html, /<td>&lt;script&gt;alert\(&quot;&amp;&#39;&quot;\)&lt;\/script&gt;<\/td>/);
  });

  const cells: readonly (readonly [name: string, value: unknown, cell: string])[] = [
    ['emoji', 'größer 👩‍🔬', 'größer 👩‍🔬'],
    ['null', null, 'null'],
    ['undefined', undefined, 'undefined'],
    ['a bigint', 1n, '1n'],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['an array', [1, 2], '[ 1, 2 ]'],
    ['an object', { a: { b: 1 } }, '{ a: [Object] }'],
    ['a large object', Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`k${i}`, i])), '[Object]'],
    ['an accessor', null, 'null'],
  ];
  for (const [name, value, cell] of cells) {
    test(`a cell of ${name}`, () => assert.ok(tableOf([{ value }]).includes(`<td>${cell}</td>`), tableOf([{ value }])));
  }

  test('a getter is named, not run', () => {
    const record = {
      a: 1,
      get b() {
        return assert.fail('a getter ran');
      },
    };
    assert.match(tableOf([record]), /<td>\[Getter\]<\/td>/);
  });

  test('shows 100 rows, 40 columns and 200 characters of a cell, and says what it leaves out', () => {
    const record = Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`c${i}`, '😀'.repeat(150)]));
    const html = tableOf(new Array(1_000).fill(record));
    assert.equal(html.match(/<tr>/g)?.length, 101);
    assert.equal(html.match(/<th>c\d+<\/th>/g)?.length, 40);
    assert.ok(html.includes(`<td>${'😀'.repeat(100)}…</td>`));
    assert.match(html, /<p>… 900 more rows, 1 more column<\/p>$/);
  });
});
