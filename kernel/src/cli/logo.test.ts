import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32, inflateSync } from 'node:zlib';
import { logoPng, logoSvg } from './logo.ts';

test('the PNG is one of its size, with right checksums, a clear corner and a filled middle', () => {
  for (const size of [32, 64]) {
    const png = logoPng('typescript', size);
    assert.equal(png.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n');
    const chunks = new Map<string, Buffer>();
    for (let at = 8; at < png.length; ) {
      const length = png.readUInt32BE(at);
      const body = png.subarray(at + 4, at + 8 + length);
      assert.equal(png.readUInt32BE(at + 8 + length), crc32(body));
      chunks.set(body.subarray(0, 4).toString('latin1'), body.subarray(4));
      at += length + 12;
    }
    assert.deepEqual([...chunks.keys()], ['IHDR', 'IDAT', 'IEND']);
    assert.equal(chunks.get('IHDR')?.readUInt32BE(0), size);
    const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
    assert.equal(rows.length, size * (1 + 4 * size));
    assert.equal(rows[4], 0);
    assert.equal(rows[(size / 2) * (1 + 4 * size) + 1 + 4 * (size / 2) + 3], 255);
  }
});

test('the two languages have logos that differ', () => {
  assert.notEqual(logoSvg('typescript'), logoSvg('javascript'));
  assert.match(logoSvg('javascript'), /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/);
});
