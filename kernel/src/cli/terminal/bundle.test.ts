import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundleText, sizeText } from './bundle.ts';

test('an image is a note with its type and size', () => {
  const png = Buffer.alloc(12_300).toString('base64');
  assert.equal(bundleText({ 'text/plain': 'x', 'image/png': png }), '[image/png 12 kB]');
  assert.equal(bundleText({ 'image/svg+xml': '<svg/>' }), '[image/svg+xml 6 B]');
});

test('text comes before markup, and what is neither is named', () => {
  assert.equal(bundleText({ 'text/html': '<b>x</b>', 'text/plain': 'x' }), 'x');
  assert.equal(bundleText({ 'text/markdown': ['# a\n', 'b'], 'text/html': '' }), '# a\nb');
  assert.equal(
    bundleText({ 'text/html': '<b>é</b>', 'application/json': { a: 1 } }),
    '[text/html 9 B] [application/json 7 B]',
  );
});

test('sizes are short', () => {
  assert.deepEqual([0, 999, 1000, 999_499, 999_600, 3_400_000, 34_000_000].map(sizeText), [
    '0 B',
    '999 B',
    '1 kB',
    '999 kB',
    '1.0 MB',
    '3.4 MB',
    '34 MB',
  ]);
});
