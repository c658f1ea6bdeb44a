import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dottedPath } from './dotted-path.ts';

test('A dotted path is a variable and names of members', () => {
  assert.deepEqual(dottedPath('point'), ['point']);
  assert.deepEqual(dottedPath('a.b.default.$_'), ['a', 'b', 'default', '$_']);
  assert.deepEqual(dottedPath('größe.länge'), ['größe', 'länge']);
});

test('What only a parser can read is none', () => {
  const others = [
    '',
    'a.',
    '.a',
    'a?.b',
    'a[0]',
    'a()',
    'a .b',
    'a.b // c',
    'a.#b',
    '1.5',
    'a b',
    '"a"',
    '\\u0061',
    'a\n',
  ];
  for (const expression of others) assert.equal(dottedPath(expression), undefined, expression);
});

test('A keyword begins none', () => {
  for (const expression of ['this.a', 'super.a', 'new.target', 'import.meta', 'await', 'null', 'if.a', 'let']) {
    assert.equal(dottedPath(expression), undefined, expression);
  }
});
