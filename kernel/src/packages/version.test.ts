import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fits, fitting, isTag } from './version.ts';

test('what is no range is a tag', () => {
  assert.deepEqual(['latest', 'next', 'v-next'].map(isTag), [true, true, true]);
  assert.deepEqual(['', '*', '1', '^1.2', '1.0.0-rc.1', '>=1 <3 || 5', 'v1'].map(isTag), Array(7).fill(false));
});

test('a version fits a range; any fits none; none fits a tag', () => {
  assert.ok(fits('1.2.3', '^1'));
  assert.ok(fits('2.0.0-rc.1', ''));
  assert.ok(!fits('2.0.0-rc.1', '*'));
  assert.ok(!fits('1.2.3', 'latest'));
  assert.ok(!fits('not a version', ''));
});

test('the newest version is the best, and a preview only where nothing else is there', () => {
  const all = ['1.0.0', '2.0.0-rc.1', '1.10.0', '1.9.0'];
  assert.deepEqual(fitting(all, '1'), ['1.10.0', '1.9.0', '1.0.0']);
  assert.deepEqual(fitting(all, ''), ['1.10.0', '2.0.0-rc.1', '1.9.0', '1.0.0']);
  assert.deepEqual(fitting(['2.0.0-rc.1'], ''), ['2.0.0-rc.1']);
  assert.deepEqual(fitting(all, 'latest'), []);
});
