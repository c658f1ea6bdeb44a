import assert from 'node:assert/strict';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { describe, test } from 'node:test';
import { tableOf } from './table.ts';

/** What Node itself prints. */
function printed(data: unknown, properties?: readonly string[]): string {
  let text = '';
  const stdout = new Writable({
    write(chunk, _encoding, callback) {
      text += String(chunk);
      callback();
    },
  });
  new Console({ stdout }).table(data, properties);
  return text.trimEnd();
}

const people = [
  { name: 'Ada', born: 1815 },
  { name: 'Grace', born: 1906, navy: true },
];

describe('text/plain is Node’s own table', () => {
  const cases: readonly (readonly [name: string, data: object, properties?: readonly string[]])[] = [
    ['records', people],
    ['chosen columns', people, ['navy', 'name', 'none']],
    ['no columns', people, []],
    ['an object of objects', { a: { x: 1 }, b: { y: '2' } }],
    ['primitives', ['a', 1, null, undefined, 2n, true]],
    ['primitives among objects', [1, { a: 2 }, 'x']],
    [
      'rows of arrays',
      [
        [1, 2],
        ['x', { deep: { deeper: 1 } }],
      ],
    ],
    [
      'a map',
      new Map<unknown, unknown>([
        ['k', { v: 1 }],
        [{ k: 1 }, 'v'],
      ]),
    ],
    ['a set', new Set([1, 'a', { b: 1 }])],
    ['an empty array', []],
    ['wide characters', [{ wide: '漢字', emoji: '😀' }]],
  ];
  for (const [name, data, properties] of cases) {
    test(name, () => assert.equal(tableOf(data, properties)['text/plain'], printed(data, properties)));
  }
});

/** Without attributes, caption and types. */
function bare(html: string): string {
  return html.replace(/<caption.*?<\/caption>|<br><small.*?<\/small>/g, '').replace(/<(\w+) [^>]*>/g, '<$1>');
}

describe('text/html', () => {
  const cases: readonly (readonly [name: string, data: object, head: string, body: string])[] = [
    ['records', people, '(index)|name|born|navy', '0|Ada|1815|\n1|Grace|1906|true'],
    ['primitives among objects', [1, { a: 'x' }], '(index)|a|Values', '0||1\n1|x|'],
    ['a map', new Map([['k', 1]]), '(iteration index)|Key|Values', '0|k|1'],
    ['a set', new Set(['s']), '(iteration index)|Values', '0|s'],
    ['markup is text', [{ '<i>': '<script>' }], '(index)|&lt;i&gt;', '0|&lt;script&gt;'],
  ];
  for (const [name, data, head, body] of cases) {
    test(name, () => {
      const row = (texts: string, first: string, rest: string) =>
        `<tr>${texts
          .split('|')
          .map((text, i) => `<${i === 0 ? first : rest}>${text}</${i === 0 ? first : rest}>`)
          .join('')}</tr>`;
      const rows = body.split('\n').map((line) => row(line, 'th', 'td'));
      assert.equal(
        bare(tableOf(data)['text/html']),
        `<table><thead>${row(head, 'th', 'th')}</thead><tbody>${rows.join('')}</tbody></table>`,
      );
    });
  }
});

describe('large tables are bounded in both forms', () => {
  const record = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`c${i}`, 'x'.repeat(500)]));
  type Case = readonly [name: string, data: object, text: string, caption: string, rows: number];
  const cases: readonly Case[] = [
    ['an array of a million', new Array(1_000_000).fill(0), '… 999,900 more rows', '1,000,000 rows × 1 column', 125],
    ['a map', new Map(Array.from({ length: 101 }, (_, i) => [i, i])), '… 1 more row', '101 rows × 2 columns', 100],
    ['a set', new Set(Array.from({ length: 150 }, (_, i) => i)), '… 50 more rows', '150 rows × 1 column', 100],
    [
      'wide records',
      new Array(200).fill(record),
      '… 100 more rows, 10 more columns',
      '200 rows × 50 columns (40 shown)',
      125,
    ],
  ];
  for (const [name, data, rest, caption, rows] of cases) {
    test(name, () => {
      const { 'text/html': html, 'text/plain': text } = tableOf(data);
      assert.ok(html.includes(`>${caption}</caption>`), html.slice(0, 200));
      assert.equal(html.match(/<th scope="row"/g)?.length, rows);
      assert.ok(text.endsWith(`\n${rest}`), text.slice(-80));
      assert.equal(text.split('\n').length, 105);
    });
  }
});
