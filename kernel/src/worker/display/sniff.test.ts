import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { sniff } from './sniff.ts';

/** A whole PNG: one transparent pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
/** A whole GIF: one pixel. */
const GIF = 'R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
/** A whole lossless WebP: one pixel. */
const WEBP = 'UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==';

describe('sniff', () => {
  const cases: readonly (readonly [name: string, bytes: Uint8Array, type: string | undefined])[] = [
    ['PNG', Buffer.from(PNG, 'base64'), 'image/png'],
    ['GIF', Buffer.from(GIF, 'base64'), 'image/gif'],
    ['WebP', Buffer.from(WEBP, 'base64'), 'image/webp'],
    ['JPEG', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46]), 'image/jpeg'],
    ['PDF', Buffer.from('%PDF-1.7\n'), 'application/pdf'],
    ['SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
    ['SVG after white space', Buffer.from('\n  <svg>'), 'image/svg+xml'],
    ['SVG after a byte order mark', Buffer.from('\uFEFF<svg/>'.replace('/', ' /')), 'image/svg+xml'],
    [
      'SVG as Inkscape writes it',
      Buffer.from(
        '<?xml version="1.0" encoding="UTF-8"?>\n<!-- Created with Inkscape -->\n<!DOCTYPE svg PUBLIC "x" "y">\n<svg\n width="1">',
      ),
      'image/svg+xml',
    ],
    [
      'a view in the middle of memory',
      new Uint8Array(Buffer.from(`??${'%PDF-1.4'}`).buffer.slice(0)).subarray(0, 0),
      undefined,
    ],
    ['RIFF that is sound', Buffer.from('RIFF....WAVEfmt '), undefined],
    ['HTML', Buffer.from('<html><svg></svg></html>'), undefined],
    ['half a signature', Buffer.from([0x89, 0x50, 0x4e]), undefined],
    ['nothing', new Uint8Array(0), undefined],
    ['zeros', new Uint8Array(1_000_000), undefined],
  ];
  for (const [name, bytes, type] of cases) test(name, () => assert.equal(sniff(bytes), type));

  test('a view that begins in the middle of its memory', () => {
    const memory = Buffer.concat([Buffer.from('junk'), Buffer.from('<svg >')]);
    assert.equal(sniff(new Uint8Array(memory.buffer, memory.byteOffset + 4, 6)), 'image/svg+xml');
  });
});
