import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeness, helpQuestion } from './index.ts';

test('a name with a question mark before or after it is a question', () => {
  assert.deepEqual(helpQuestion('Math.max?'), { expression: 'Math.max', detailLevel: 0 });
  assert.deepEqual(helpQuestion(' ?größe '), { expression: 'größe', detailLevel: 0 });
  assert.deepEqual(helpQuestion('f??'), { expression: 'f', detailLevel: 1 });
});

test('TypeScript with question marks is none', () => {
  for (const code of ['a ? b : c', 'a?.b', 'a ?? b', 'f?.()', '"x?"', '?', 'const a = b?'])
    assert.equal(helpQuestion(code), null, code);
});

test('a question is complete', () => {
  assert.deepEqual(completeness('Math.max?'), { status: 'complete' });
});
