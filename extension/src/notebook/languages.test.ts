import assert from 'node:assert/strict';
import { test } from 'node:test';
import { editorLanguage, isToTranslate, runs } from './languages.ts';

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

test('cells in a language of before get that of the kernel', () => {
  assert.equal(isToTranslate('python', ['python'], 'typescript'), true);
  // Another kernel was chosen in between, which has run nothing.
  assert.equal(isToTranslate('python', ['typescript', 'python'], 'typescript'), true);
  assert.equal(isToTranslate('sql', ['typescript', 'python'], 'typescript'), false);
  assert.equal(isToTranslate('javascript', ['javascript'], 'typescript'), false);
  assert.equal(isToTranslate('typescript', ['typescript'], ''), false);
});
