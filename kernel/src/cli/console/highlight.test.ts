import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokenize } from './highlight.ts';

function kinds(text: string, language = 'typescript'): string[] {
  const tokens = tokenize(text, language);
  assert.equal(tokens.map((token) => token.text).join(''), text);
  return tokens.filter((token) => token.kind !== 'plain').map((token) => `${token.kind} ${token.text}`);
}

test('TypeScript: keywords, strings, numbers, constants and comments', () => {
  assert.deepEqual(kinds("const größe: number = 0x1f + 1_000n; // a 'b'"), [
    'keyword const',
    'number 0x1f',
    'number 1_000n',
    "comment // a 'b'",
  ]);
  assert.deepEqual(kinds('`a b\n` + "x\\"y" /* c\nd */ null'), [
    'string `a b\n`',
    'string "x\\"y"',
    'comment /* c\nd */',
    'constant null',
  ]);
});

test('what is not closed yet is coloured as far as it goes', () => {
  assert.deepEqual(kinds("f('abc\nlet"), ["string 'abc", 'keyword let']);
  assert.deepEqual(kinds('`abc\nlet'), ['string `abc\nlet']);
  assert.deepEqual(kinds('/* abc\nlet'), ['comment /* abc\nlet']);
});

test('Python has its own words and strings; a language that is not known stays plain', () => {
  assert.deepEqual(kinds('def f(): return """a\nb""" # None', 'python'), [
    'keyword def',
    'keyword return',
    'string """a\nb"""',
    'comment # None',
  ]);
  assert.deepEqual(tokenize('if 1', 'R'), [{ kind: 'plain', text: 'if 1' }]);
});
