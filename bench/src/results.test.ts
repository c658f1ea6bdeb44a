import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ratios } from './goals.ts';
import { Results } from './results.ts';
import { quantile } from './statistics.ts';
import { table } from './table.ts';

test('quantiles of values in any order', () => {
  const values = Array.from({ length: 101 }, (_, index) => 100 - index);
  assert.equal(quantile(values, 0.5), 50);
  assert.equal(quantile(values, 0.99), 99);
  assert.equal(quantile(values, 1), 100);
  assert.equal(quantile([7], 0.5), 7);
});

test('a result is the median of each figure over the runs', () => {
  const results = new Results();
  for (const ms of [30, 10, 20]) results.add('elara', 'startup', { ms });
  assert.deepEqual(results.of('elara', 'startup'), { ms: 20 });
});

test('one run that did not finish fails the measure, whatever the others found', () => {
  const results = new Results();
  results.add('tslab', 'burst', { perSecond: 100 });
  results.fail('tslab', 'burst', 'never finishes');
  assert.deepEqual(results.of('tslab', 'burst'), { failed: 'never finishes' });
});

test('ratios divide by the figure of the peer, and are missing where it has none', () => {
  const results = new Results();
  results.add('elara', 'startup', { ms: 100 });
  results.add('deno', 'startup', { ms: 200 });
  results.add('elara', 'burst', { perSecond: 900 });
  results.fail('deno', 'burst', 'never finishes');
  const value = (title: string) => ratios(results, 'elara').find((ratio) => ratio.title === title)?.value;
  assert.equal(value('startup / deno'), 0.5);
  assert.equal(value('300 executes at once / deno'), undefined);
});

test('columns are as wide as their widest cell', () => {
  assert.equal(table(['', 'deno'], [['row', '1']]), '|     | deno |\n|-----|------|\n| row | 1    |');
});
