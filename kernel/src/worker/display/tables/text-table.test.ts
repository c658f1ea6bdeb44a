import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gridOf } from './grid.ts';
import { tableOf } from './rows.ts';
import { stringWidth } from './string-width.ts';
import { textTable } from './text-table.ts';

function lines(value: object): string[] {
  const table = tableOf(value);
  assert.ok(table);
  return textTable(gridOf(table)).split('\n');
}

describe('textTable', () => {
  test('columns are aligned, numbers to the right', () => {
    const rows = [
      { letter: 'A', frequency: 0.08167, since: null },
      { letter: '日本 👍', frequency: 12, since: 'x\ny' },
    ];
    assert.deepEqual(lines(rows), [
      '   letter   frequency  since',
      '   string      number  string?',
      '0  A          0.08167  null',
      '1  日本 👍         12  x y',
      '2 rows × 3 columns',
    ]);
  });

  test('of a long one the first and the last rows', () => {
    const made = lines(Array.from({ length: 1_000 }, (_, i) => ({ i })));
    assert.deepEqual(made.slice(0, 3), ['          i', '     number', '  0       0']);
    assert.deepEqual(made.slice(11), [
      '  9       9',
      '…',
      '995     995',
      '996     996',
      '997     997',
      '998     998',
      '999     999',
      '1,000 rows × 1 column',
    ]);
  });

  test('no line is longer than 113 columns, whatever is in the cells', () => {
    const record = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`column ${i}`, '界'.repeat(80)]));
    const made = lines(new Array(30).fill(record));
    for (const line of made) assert.ok(stringWidth(line) <= 113, line);
    assert.match(made[0] ?? '', / {2}…$/);
    assert.match(made.at(-1) ?? '', /^30 rows × 60 columns \(40 shown\)$/);
  });
});

test('stringWidth', () => {
  const cases: readonly (readonly [string, number])[] = [
    ['', 0],
    ['abc', 3],
    ['größer', 6],
    ['e\u0301', 1],
    ['日本', 4],
    ['👩‍🔬', 2],
    ['🇩🇪', 2],
    ['…', 1],
  ];
  for (const [text, width] of cases) assert.equal(stringWidth(text), width, text);
});
