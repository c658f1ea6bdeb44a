import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editorLanguage, runs } from './languages.ts';

test('languages are called as VS Code does', () => {
  assert.deepEqual(['TypeScript', 'R', 'C++', 'bash', 'Julia'].map(editorLanguage), [
    'typescript',
    'r',
    'cpp',
    'shellscript',
    'julia',
  ]);
});

test('the kernel of TypeScript runs JavaScript, not the other way round', () => {
  assert.equal(runs('typescript', 'javascript'), true);
  assert.equal(runs('javascript', 'typescript'), false);
  assert.equal(runs('R', 'r'), true);
});
