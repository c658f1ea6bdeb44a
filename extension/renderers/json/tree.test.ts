import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { parseHTML } from 'linkedom';
import { jsonTree } from './tree.ts';

before(() => {
  Object.assign(globalThis, { document: parseHTML('<!doctype html><body></body>').document });
});

test('the first level is open, deeper ones wait to be opened', () => {
  const tree = jsonTree({ a: 1, b: { c: 'x' } }, false);
  assert.equal(tree.querySelectorAll('details').length, 2);
  assert.equal(tree.querySelectorAll('details[open]').length, 1);
  assert.match(tree.textContent ?? '', /a: 1/);
  assert.doesNotMatch(tree.textContent ?? '', /"x"/);
});

test('all levels are open where it is wanted', () => {
  const tree = jsonTree([{ a: [true, null] }], true);
  assert.equal(tree.querySelectorAll('details[open]').length, 3);
  assert.match(tree.textContent ?? '', /0: true1: null/);
});

test('what is long comes in pages', () => {
  const tree = jsonTree(
    Array.from({ length: 250 }, (_, index) => index),
    false,
  );
  const more = () => tree.querySelector('button');
  assert.equal(more()?.textContent, 'Show 100 more of 150');
  more()?.dispatchEvent(new (parseHTML('').Event)('click'));
  assert.equal(more()?.textContent, 'Show 50 more of 50');
});

test('a value that is no structure, and an empty one, are a line', () => {
  assert.equal(jsonTree('text', false).textContent, '"text"');
  assert.equal(jsonTree([], false).textContent, '[]');
});
