import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recall } from './recall.ts';

function recallOf(...earlier: string[]): Recall {
  const recall = new Recall();
  recall.take(earlier, '');
  return recall;
}

test('up goes to what was written before, down comes back to what was begun', () => {
  const recall = recallOf('c', 'b', 'a');
  assert.equal(recall.up(''), 'c');
  assert.equal(recall.up('c'), 'b');
  assert.equal(recall.up('b'), 'a');
  assert.equal(recall.up('a'), 'a');
  assert.equal(recall.down('a'), 'b');
  assert.equal(recall.down('b'), 'c');
  assert.equal(recall.down('c'), '');
  assert.equal(recall.down(''), '');
});

test('what was begun restricts what is recalled', () => {
  const recall = recallOf('let b', 'const a', 'let a');
  assert.equal(recall.up('let'), 'let b');
  assert.equal(recall.up('let b'), 'let a');
  assert.equal(recall.up('let a'), 'let a');
  assert.equal(recall.down('let a'), 'let b');
  assert.equal(recall.down('let b'), 'let');
});

test('what comes late is recalled from then on, and what was begun is kept', () => {
  const recall = new Recall();
  assert.equal(recall.up('l'), 'l');
  assert.equal(recall.down('l'), 'l');
  assert.equal(recall.take(['let b', 'const a', 'let a'], 'le'), 'le');
  assert.equal(recall.up('le'), 'let b');
  assert.equal(recall.down('let b'), 'le');
});

test('keys that were pressed too early count when it comes, unless something else was written since', () => {
  const early = new Recall();
  early.up('');
  early.up('');
  early.up('');
  early.down('');
  assert.equal(early.take(['c', 'b', 'a'], ''), 'b');
  assert.equal(early.down('b'), 'c');
  assert.equal(early.down('c'), '');

  const other = new Recall();
  other.up('');
  assert.equal(other.take(['c'], 'something'), 'something');
});
