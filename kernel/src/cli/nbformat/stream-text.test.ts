import assert from 'node:assert/strict';
import { test } from 'node:test';
import { StreamText } from './stream-text.ts';

function shown(...parts: string[]): string {
  const text = new StreamText();
  for (const part of parts) text.append(part);
  return text.parts().join('');
}

test('text is kept as it is, however it is cut', () => {
  assert.equal(shown('a\nb', 'c\n', '', '\nd'), 'a\nbc\n\nd');
});

test('\\r overwrites the line and leaves what is longer', () => {
  assert.equal(shown('10 %\r50 %\r100 %\n'), '100 %\n');
  assert.equal(shown('abcdef\rxy'), 'xycdef');
  assert.equal(shown('abc', '\r', 'x', '\n'), 'xbc\n');
});

test('\\r before a line break is only a line break, also when they come apart', () => {
  assert.equal(shown('a\r\nb\r\r\nc'), 'a\nb\nc');
  assert.equal(shown('a\r', '\nb'), 'a\nb');
});

test('\\b takes a character of the line back', () => {
  assert.equal(shown('ab\b\bc'), 'c');
  assert.equal(shown('a\n\bb'), 'a\nb');
});

test('every part but the last ends with a line break', () => {
  const text = new StreamText();
  text.append('a\nb\nc');
  text.append('d\ne\rf');
  assert.deepEqual(text.parts(), ['a\nb\n', 'cd\n', 'f']);
});
