import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { templateStart, tokenize } from './tokens.ts';

const texts = (code: string): string[] => tokenize(code).list.map(({ text }) => text);

describe('tokenize', () => {
  const rows: readonly (readonly [code: string, tokens: readonly string[]])[] = [
    ['a.b?.c', ['a', '.', 'b', '?.', 'c']],
    ['a?.5:1', ['a', '?', '.5', ':', '1']],
    ['...a', ['...', 'a']],
    ['1.5e-3 0x1Fn 1_000 .5 5.', ['1.5e-3', '0x1Fn', '1_000', '.5', '5.']],
    ["'a\\'b' \"c\"", ["'a\\'b'", '"c"']],
    ["'open\nnext", ["'open", 'next']],
    ['`a`', ['`a`']],
    ['`a$' + '{b}c$' + '{{ d: `e` }}f`', ['`a${', 'b', '}c${', '{', 'd', ':', '`e`', '}', '}f`']],
    ['`$a $' + '$' + '{b}`', ['`$a $$' + '{', 'b', '}`']],
    ['`\\`\\$' + '{`', ['`\\`\\$' + '{`']],
    ['a / b / c', ['a', '/', 'b', '/', 'c']],
    ['x = /[/]\\//g.test', ['x', '=', '/[/]\\//g', '.', 'test']],
    ['return /a/', ['return', '/a/']],
    ['f(/a/)', ['f', '(', '/a/', ')']],
    ['a / b', ['a', '/', 'b']],
    ['/open\nnext', ['/', 'open', 'next']],
    ['// c\na /* b */ c', ['// c', 'a', '/* b */', 'c']],
    ['/* open', ['/* open']],
    ['this.#p', ['this', '.', '#p']],
    ['\u00fc\u200c\\u0061 $_', ['\u00fc\u200c\\u0061', '$_']],
    ['a=>b', ['a', '=>', 'b']],
    ['a++ + ++b', ['a', '++', '+', '++', 'b']],
    ['\ud835\udcb3.\ud83d\ude00', ['\ud835\udcb3', '.', '\ud83d\ude00']],
    ['', []],
  ];
  for (const [code, expected] of rows) {
    test(JSON.stringify(code), () => assert.deepEqual(texts(code), expected));
  }

  test('tells what is open at the end, outermost first', () => {
    const open = (code: string): string[] => tokenize(code).open.map(({ text }) => text);
    assert.deepEqual(open('f({ a: ['), ['(', '{', '[']);
    assert.deepEqual(open('f({ a: [1] }'), ['(']);
    assert.deepEqual(open('`a$' + '{(b'), ['`a$' + '{', '(']);
    assert.deepEqual(open('( [ )'), []);
    assert.deepEqual(open(') ] }'), []);
    assert.deepEqual(open('"(" /* ( */ // ('), []);
  });

  test('pairs brackets and the parts of templates', () => {
    const { list } = tokenize('a(b[c])`d$' + '{e}f`');
    assert.equal(list[list.findIndex(({ text }) => text === ')')]?.pair, 1);
    assert.equal(list[list.findIndex(({ text }) => text === ']')]?.pair, 3);
    assert.equal(list[templateStart(list, list.length - 1)]?.text, '`d$' + '{');
  });

  test('covers every character that is not blank, in order', () => {
    for (const code of [readFileSync(import.meta.filename, 'utf8'), '\\ \ud800 # @ `$' + '{ } "']) {
      let at = 0;
      for (const { start, end, text } of tokenize(code).list) {
        assert.equal(code.slice(at, start).trim(), '');
        assert.equal(code.slice(start, end), text);
        assert.ok(end > start);
        at = end;
      }
      assert.equal(code.slice(at).trim(), '');
    }
  });
});
