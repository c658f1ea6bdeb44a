import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseHelp } from './help.ts';

test('a question mark before or behind a name asks for help, two of them for more', () => {
  assert.deepEqual(parseHelp('?'), { name: '', detailLevel: 0 });
  assert.deepEqual(parseHelp(' ?fs.readFile '), { name: 'fs.readFile', detailLevel: 0 });
  assert.deepEqual(parseHelp('??x'), { name: 'x', detailLevel: 1 });
  assert.deepEqual(parseHelp('data[0].name?'), { name: 'data[0].name', detailLevel: 0 });
  assert.deepEqual(parseHelp('f ??'), { name: 'f', detailLevel: 1 });
});

test('code with question marks is code', () => {
  for (const code of ['a ? b : c', 'a?.b', 'a ?? b', 'type A = { b?: 1 }', 'f(1)?', '"?"', '']) {
    assert.equal(parseHelp(code), undefined, code);
  }
});
