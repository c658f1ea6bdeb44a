import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dataResource } from './data-resource.ts';
import { gridOf } from './grid.ts';
import { tableOf } from './rows.ts';

function resource(value: object) {
  const table = tableOf(value);
  assert.ok(table);
  return dataResource(gridOf(table));
}

test('a data resource has a schema and rows of JSON', () => {
  const rows = [
    { n: 1, s: 'x', b: true, d: new Date(1), big: 2n, mixed: 1, o: { a: 1 } },
    { n: Number.NaN, s: null, mixed: 'x', d: new Date(Number.NaN) },
  ];
  assert.deepEqual(resource(rows), {
    schema: {
      fields: [
        { name: 'n', type: 'number' },
        { name: 's', type: 'string' },
        { name: 'b', type: 'boolean' },
        { name: 'd', type: 'datetime' },
        { name: 'big', type: 'string' },
        { name: 'mixed', type: 'string' },
        { name: 'o', type: 'string' },
      ],
    },
    data: [
      { n: 1, s: 'x', b: true, d: '1970-01-01T00:00:00.001Z', big: '2n', mixed: '1', o: '{ a: 1 }' },
      { n: null, s: null, b: null, d: null, big: null, mixed: 'x', o: null },
    ],
  });
});

test('days are dates', () => {
  assert.deepEqual(resource([{ d: new Date(0) }, { d: null }]), {
    schema: { fields: [{ name: 'd', type: 'date' }] },
    data: [{ d: '1970-01-01' }, { d: null }],
  });
});

test('of a large one only the first rows, which its title says', () => {
  const { title, data } = resource(Array.from({ length: 1_000 }, (_, i) => ({ i })));
  assert.equal(title, 'First 100 of 1,000 rows × 1 column');
  assert.ok(Array.isArray(data));
  assert.equal(data.length, 100);
});
