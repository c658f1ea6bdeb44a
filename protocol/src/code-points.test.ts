import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toCodePoints, toUtf16 } from './code-points.ts';

test('positions count code points: an emoji is one, and two UTF-16 units', () => {
  const text = "let s = '😀'; s.";
  assert.equal(toUtf16(text, 15), 16);
  assert.equal(toCodePoints(text, 16), 15);
  assert.equal(toUtf16(text, 9), 9);
  assert.equal(toUtf16(text, 10), 11);
});

test('both ways agree at every position, whatever the text', () => {
  for (const text of ['', 'abc', 'é', '😀', 'a😀b👩‍👩‍👧c', '\uD83D', 'x\uDE00y\uD83D', 'line\n𝐚\r\n']) {
    const points = [...text];
    for (let position = 0; position <= points.length; position++) {
      const offset = toUtf16(text, position);
      assert.equal(text.slice(0, offset), points.slice(0, position).join(''));
      assert.equal(toCodePoints(text, offset), position);
    }
  }
});

test('positions outside the text become its ends', () => {
  for (const text of ['', 'ab', '😀b']) {
    assert.equal(toUtf16(text, -1), 0);
    assert.equal(toUtf16(text, 99), text.length);
    assert.equal(toCodePoints(text, -1), 0);
    assert.equal(toCodePoints(text, 99), [...text].length);
  }
});

test('an offset within a pair of surrogates counts the whole character', () => {
  assert.equal(toCodePoints('😀x', 1), 1);
});
