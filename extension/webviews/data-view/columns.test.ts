import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnsBetween, edgesOf, textOf, widthsOf } from './columns.ts';

test('a column is as wide as its title and its values, within bounds', () => {
  const columns = [
    { name: 'n', type: 'number', numeric: true },
    { name: 'a name of some length', type: 'string', numeric: false },
    { name: 't', type: 'string', numeric: false },
  ];
  const [narrow = 0, titled = 0, wide = 0] = widthsOf(columns, [{ index: 0, cells: ['1', 'x', 'y'.repeat(500)] }], 8);
  assert.equal(narrow, 72);
  assert.ok(titled > 150 && titled < 340);
  assert.equal(wide, 340);
});

test('only the columns that are seen are drawn', () => {
  const edges = edgesOf([100, 50, 200]);
  assert.deepEqual(edges, [0, 100, 150, 350]);
  assert.deepEqual(columnsBetween(edges, 0, 100), [0, 1]);
  assert.deepEqual(columnsBetween(edges, 99, 101), [0, 2]);
  assert.deepEqual(columnsBetween(edges, 150, 1000), [2, 3]);
  assert.deepEqual(columnsBetween([0], 0, 100), [0, 0]);
});

test('what is no value is named, unless it is not there at all', () => {
  assert.deepEqual(['x', { none: 'null' }, { none: 'absent' }, { none: 'getter' }, undefined].map(textOf), [
    'x',
    'null',
    '',
    '[Getter]',
    '',
  ]);
});
