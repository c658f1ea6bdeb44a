import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recall } from './recall.ts';

test('up goes to what was written before, down comes back to what was begun', () => {
  const recall = new Recall(['c', 'b', 'a']);
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
  const recall = new Recall(['let b', 'const a', 'let a']);
  assert.equal(recall.up('let'), 'let b');
  assert.equal(recall.up('let b'), 'let a');
  assert.equal(recall.up('let a'), 'let a');
  assert.equal(recall.down('let a'), 'let b');
  assert.equal(recall.down('let b'), 'let');
});
