import assert from 'node:assert/strict';
import { test } from 'node:test';
import { InputHistory } from './input-history.ts';

test('older and newer go through the entries, and back to what was being typed', () => {
  const history = new InputHistory(['a', 'b']);
  assert.equal(history.older('draft'), 'b');
  assert.equal(history.older('b'), 'a');
  assert.equal(history.older('a'), undefined);
  assert.equal(history.newer('a'), 'b');
  assert.equal(history.newer('b'), 'draft');
  assert.equal(history.newer('draft'), undefined);
});

test('what is typed is added, but not twice in a row, and no empty text', () => {
  const history = new InputHistory([]);
  for (const text of ['x', 'x', '  ', 'y']) history.add(text);
  assert.deepEqual([history.older(''), history.older('y'), history.older('x')], ['y', 'x', undefined]);
});

test('the latest entries that hold a part are found first, each once', () => {
  const history = new InputHistory(['map(1)', 'find', 'map(2)', 'map(1)']);
  assert.equal(history.find('map', 0), 'map(1)');
  assert.equal(history.find('map', 1), 'map(2)');
  assert.equal(history.find('map', 2), undefined);
});
