import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Declared } from './declared.ts';

const declared = new Declared();
declared.add(['alpha', 'albert', 'JSON'], 1);
declared.add(['alpha'], 4);

async function matches(code: string): Promise<readonly string[]> {
  return (await declared.complete(code, code.length)).matches;
}

test('names of the cells, the runtime and the language', async () => {
  assert.deepEqual(await matches('1 + al'), ['albert', 'alpha']);
  assert.deepEqual(await matches('struct'), ['structuredClone']);
  assert.deepEqual(await matches('satis'), ['satisfies']);
});

test('members of what belongs to the runtime, without running a getter', async () => {
  assert.deepEqual(await matches('Math.hyp'), ['hypot']);
  assert.deepEqual(await matches('Array.prototype.findL'), ['findLast', 'findLastIndex']);
  // A cell has its own.
  assert.deepEqual(await matches('JSON.pa'), []);
  assert.deepEqual(await matches('alpha.b'), []);
});

test('nothing in strings, comments and numbers', async () => {
  for (const code of ['"al', '// al', '1.', '`al']) assert.deepEqual(await matches(code), []);
});

test('the range that matches replace', async () => {
  const { cursorStart, cursorEnd } = await declared.complete('let x = alb', 11);
  assert.deepEqual([cursorStart, cursorEnd], [8, 11]);
});

test('the cell that declared a name last', async () => {
  const { found, data } = await declared.inspect('f(alpha)', 4);
  assert.equal(found, true);
  assert.match(String(data['text/plain']), /^alpha: declared in In\[4\]/);
  assert.equal((await declared.inspect('beta', 2)).found, false);
  assert.equal((await declared.inspect('', 0)).found, false);
});
