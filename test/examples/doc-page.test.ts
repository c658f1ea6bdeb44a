import assert from 'node:assert/strict';
import { test } from 'node:test';
import { docBlocks } from './doc-page.ts';

const page = [
  'Some text',
  '```ts',
  '1 + 1',
  '```',
  '',
  '```text',
  '2',
  '```',
  '<!-- answers: Ada, 36 -->',
  '```ts',
  'prompt()',
  '',
  'prompt()',
  '```',
  'It prints:',
  '```text',
  'not of the block above',
  '```',
  '```sh',
  'elara list',
  '```',
].join('\n');

test('the blocks marked ts are cells, with the text that follows them', () => {
  assert.deepEqual(docBlocks(page), [
    { code: '1 + 1', line: 3, expected: '2', answers: [] },
    { code: 'prompt()\n\nprompt()', line: 11, expected: undefined, answers: ['Ada', '36'] },
  ]);
});

test('a block without an end is a mistake of the page', () => {
  assert.throws(() => docBlocks('```ts\n1'), /line 2 has no end/);
});
