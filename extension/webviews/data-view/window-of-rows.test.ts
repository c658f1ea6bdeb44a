import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstRow, isScaled, ROW_HEIGHT, scrolledHeight, scrollTopFor } from './window-of-rows.ts';

test('a table of ordinary length is scrolled by pixels', () => {
  const heights = { rows: 1000, viewport: 480 };
  assert.equal(isScaled(heights), false);
  assert.equal(scrolledHeight(heights), 1000 * ROW_HEIGHT);
  assert.equal(firstRow(heights, 10.5 * ROW_HEIGHT), 10.5);
  assert.equal(scrollTopFor(heights, 980), 980 * ROW_HEIGHT);
  assert.equal(scrollTopFor(heights, 5000), 980 * ROW_HEIGHT);
  assert.equal(scrollTopFor({ rows: 3, viewport: 480 }, 2), 0);
});

test('of a very long table each row can be reached', () => {
  const heights = { rows: 50_000_000, viewport: 480 };
  assert.ok(isScaled(heights));
  assert.equal(firstRow(heights, 0), 0);
  assert.equal(Math.round(firstRow(heights, scrolledHeight(heights) - 480)), 50_000_000 - 20);
  for (const row of [0, 1, 12_345_678, 49_999_980]) {
    assert.ok(Math.abs(firstRow(heights, scrollTopFor(heights, row)) - row) < 1e-3);
  }
});
