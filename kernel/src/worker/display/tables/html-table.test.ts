import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { gridOf } from './grid.ts';
import { htmlTable } from './html-table.ts';
import { tableOf } from './rows.ts';

function html(value: object): string {
  const table = tableOf(value);
  assert.ok(table);
  return htmlTable(gridOf(table));
}

describe('htmlTable', () => {
  test('headers with types, numbers to the right', () => {
    const type = (name: string) => `<br><small style="font-weight:normal;opacity:.7">${name}</small></th>`;
    assert.equal(
      html([{ letter: 'A', frequency: 0.08167 }]),
      '<table><caption style="caption-side:bottom;text-align:left;opacity:.7">1 row × 2 columns</caption>' +
        '<thead><tr><th align="right"></th>' +
        `<th scope="col" style="text-align:left">letter${type('string')}` +
        `<th scope="col" align="right">frequency${type('number')}</tr></thead>` +
        '<tbody><tr><th scope="row" align="right">0</th>' +
        '<td style="text-align:left">A</td><td align="right">0.08167</td></tr></tbody></table>',
    );
  });

  test('markup in cells, names and headers is text', () => {
    const rows = new Map([
      ['<i>', { '<img src=x onerror=alert(1)>': '<script>alert("&\'")</script>', o: ['</td><b>'] }],
    ]);
    assert.doesNotMatch(html(rows), /<(img|script|b|i)\b/);
    assert.match(html(rows), />&lt;img src=x onerror=alert\(1\)&gt;<br>/);
    assert.match(html(rows), />&lt;script&gt;alert\(&quot;&amp;&#39;&quot;\)&lt;\/script&gt;<\/td>/);
    assert.doesNotMatch(html([{ long: `"><script>${'x'.repeat(200)}` }]), /<script/);
  });

  const dim = (text: string) => `<span style="opacity:.5">${text}</span>`;
  const cells: readonly (readonly [name: string, value: unknown, content: string])[] = [
    ['emoji', 'größer 👩‍🔬', 'größer 👩‍🔬'],
    ['null', null, dim('null')],
    ['undefined', undefined, dim('undefined')],
    ['a bigint', 1n, '1n'],
    ['a day', new Date(0), '1970-01-01'],
    ['a date', new Date(1), '1970-01-01T00:00:00.001Z'],
    ['a date that is none', new Date(Number.NaN), 'Invalid Date'],
    ['an array', [1, 2], '[ 1, 2 ]'],
    ['an object', { a: { b: 1 } }, '{ a: [Object] }'],
    ['a large object', Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`k${i}`, i])), '[Object]'],
  ];
  for (const [name, value, content] of cells) {
    test(`a cell of ${name}`, () => assert.ok(html([{ value }]).includes(`>${content}</td>`)));
  }

  test('an object whose inspection throws', () => {
    assert.match(
      html([{ value: { a: 1, [inspect.custom]: () => assert.fail('no') } }]),
      /title="\{[^<]*\[its inspection failed: /,
    );
  });

  test('a getter is named, not run, and a property that is missing is nothing', () => {
    const rows = [
      {
        a: 1,
        get b() {
          return assert.fail('a getter ran');
        },
      },
      {},
    ];
    const made = html(rows);
    assert.ok(made.includes(`<td style="text-align:left">${dim('[Getter]')}</td>`), made);
    assert.ok(made.endsWith('<td align="right"></td><td style="text-align:left"></td></tr></tbody></table>'), made);
  });

  test('a proxy in a cell keeps its traps', () => {
    const trap = (): never => assert.fail('a trap ran');
    const proxy = new Proxy({ a: 1 }, { get: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, has: trap });
    assert.ok(html([{ proxy }]).includes('>{ a: 1 }</td>'));
  });

  test('a long cell is cut, and its title has more of it', () => {
    const made = html([{ text: '😀'.repeat(600) }]);
    assert.ok(made.includes(`title="${'😀'.repeat(500)}…">${'😀'.repeat(50)}…</td>`));
  });

  test('pages without script: details, each with the header', () => {
    const made = html(Array.from({ length: 60 }, (_, i) => ({ i })));
    assert.equal(made.match(/<table>/g)?.length, 3);
    assert.equal(made.match(/<thead>/g)?.length, 3);
    assert.deepEqual(made.match(/<summary>[^<]*/g), ['<summary>Rows 25 to 49', '<summary>Rows 50 to 59']);
    assert.match(made, /<caption[^>]*>60 rows × 1 column<\/caption>/);
    assert.doesNotMatch(made, / more row/);
  });

  test('of a large one the first and the last rows, and how many there are between', () => {
    const made = html(Array.from({ length: 1_000_000 }, (_, i) => ({ i })));
    assert.match(made, />1,000,000 rows × 1 column<\/caption>/);
    assert.deepEqual(made.match(/<summary>[^<]*/g), [
      '<summary>Rows 25 to 49',
      '<summary>Rows 50 to 74',
      '<summary>Rows 75 to 99',
      '<summary>Rows 999,975 to 999,999',
    ]);
    assert.match(made, /<\/details><p style="opacity:.7;margin:0">… 999,875 more rows<\/p><details>/);
  });

  test('of a wide one the first columns, and how many there are', () => {
    const made = html([Object.fromEntries(Array.from({ length: 41 }, (_, i) => [`c${i}`, i]))]);
    assert.equal(made.match(/<th scope="col"/g)?.length, 40);
    assert.match(made, />1 row × 41 columns \(40 shown\)</);
  });

  test('only what JupyterLab leaves of HTML that is not trusted', () => {
    const made = html(Array.from({ length: 200 }, (_, i) => ({ i, s: null, long: 'x'.repeat(200) })));
    const tags = new Set(made.match(/<[a-z]+/g));
    const left = [
      '<table',
      '<caption',
      '<thead',
      '<tbody',
      '<tr',
      '<th',
      '<td',
      '<br',
      '<small',
      '<span',
      '<details',
      '<summary',
      '<p',
    ];
    assert.deepEqual(
      [...tags].filter((tag) => !left.includes(tag)),
      [],
    );
    const attributes = new Set(made.match(/ [a-z]+=/g));
    assert.deepEqual([...attributes].sort(), [' align=', ' scope=', ' style=', ' title=']);
  });
});
