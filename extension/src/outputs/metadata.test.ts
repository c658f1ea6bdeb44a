import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageStyle, metadataOf } from './metadata.ts';

const image = (said: unknown) => ({ mime: 'image/png', metadata: { outputType: 'display_data', metadata: said } });

test('a representation has metadata of its own, and that of its output', () => {
  assert.equal(metadataOf(image({ 'image/png': { width: 3 }, width: 4 }), 'width'), 3);
  assert.equal(metadataOf(image({ width: 4 }), 'width'), 4);
  assert.equal(metadataOf(image({ 'image/jpeg': { width: 3 } }), 'width'), undefined);
  assert.equal(metadataOf({ mime: 'image/png' }, 'width'), undefined);
});

test('an image has the size that is said of it', () => {
  const style = (size: unknown) => imageStyle(image({ 'image/png': size }));
  assert.equal(style({ width: 300, height: '150' }), 'width: 300px; aspect-ratio: 300 / 150');
  assert.equal(style({ width: 300 }), 'width: 300px');
  assert.equal(style({ height: 150 }), 'height: 150px');
  assert.equal(style({}), '');
  assert.equal(style({ width: '"><script>' }), '');
});
