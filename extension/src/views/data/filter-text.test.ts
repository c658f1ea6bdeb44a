import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filtersOf } from './filter-text.ts';

test('what is typed above a column is a filter', () => {
  const told = (text: string) => filtersOf(text, 2).map(({ operator, value }) => `${operator} ${value}`);
  assert.deepEqual(told('Oslo'), ['contains Oslo']);
  assert.deepEqual(told(' >= 1.5 '), ['>= 1.5']);
  assert.deepEqual(told('<3'), ['< 3']);
  assert.deepEqual(told('!= x y'), ['!= x y']);
  assert.deepEqual(told('3..7'), ['>= 3', '<= 7']);
  assert.deepEqual(told('2026-01-01 .. 2026-02-01'), ['>= 2026-01-01', '<= 2026-02-01']);
  assert.deepEqual(told('  '), []);
  assert.deepEqual(told('>'), []);
  assert.deepEqual(filtersOf('a'), [{ operator: 'contains', value: 'a' }]);
  assert.deepEqual(filtersOf('a', 0), [{ column: 0, operator: 'contains', value: 'a' }]);
});
