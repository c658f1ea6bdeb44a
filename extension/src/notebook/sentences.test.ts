import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentences } from './sentences.ts';

test('each sentence has a line', () => {
  assert.deepEqual(sentences('It ended. Run a cell.'), ['It ended.', 'Run a cell.']);
});

test('numbers, paths and abbreviations are no ends of sentences', () => {
  assert.deepEqual(sentences('Node 24.11.0 of /opt/node.d/bin, e.g. that one.'), [
    'Node 24.11.0 of /opt/node.d/bin, e.g. that one.',
  ]);
});
