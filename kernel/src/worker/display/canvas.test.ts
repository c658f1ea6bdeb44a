import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { encodePng } from '../../png.ts';
import { asCanvas, asPixels } from './canvas.ts';
import { Displayable } from './displayable.ts';

const PIXEL = encodePng({ width: 1, height: 1, data: Uint8Array.of(1, 2, 3, 255) });
const BASE64 = PIXEL.toString('base64');

class Canvas {
  readonly #size: readonly [number, number];
  constructor(width = 1, height = 1) {
    this.#size = [width, height];
  }
  get width(): number {
    return this.#size[0];
  }
  get height(): number {
    return this.#size[1];
  }
  getContext(): object {
    return {};
  }
}

async function shown(value: object) {
  const found = await asCanvas(value);
  assert.ok(found instanceof Displayable);
  return { data: found.data, metadata: found.metadata };
}

describe('canvases, by whichever method gives their file', () => {
  const kinds: Record<string, object> = {
    'toDataURL of node-canvas': new (class extends Canvas {
      toDataURL(): string {
        return `data:image/png;base64,${BASE64}`;
      }
    })(),
    'toDataURL of skia-canvas': new (class extends Canvas {
      async toDataURL(): Promise<string> {
        return `data:image/png;base64,${BASE64}`;
      }
    })(),
    toBuffer: new (class extends Canvas {
      toBuffer(type: string): Buffer {
        return type === 'image/png' ? PIXEL : assert.fail(type);
      }
    })(),
    encode: new (class extends Canvas {
      async encode(type: string): Promise<Buffer> {
        return type === 'png' ? PIXEL : assert.fail(type);
      }
    })(),
    'convertToBlob of OffscreenCanvas': new (class extends Canvas {
      async convertToBlob(): Promise<Blob> {
        return new Blob([PIXEL], { type: 'image/png' });
      }
    })(),
    'toBuffer where toDataURL throws': new (class extends Canvas {
      toDataURL(): never {
        throw new Error('not implemented');
      }
      toBuffer(): Buffer {
        return PIXEL;
      }
    })(),
  };
  for (const [name, canvas] of Object.entries(kinds)) {
    test(name, async () => {
      assert.deepEqual(await shown(canvas), {
        data: { 'image/png': BASE64 },
        metadata: { 'image/png': { width: 1, height: 1 } },
      });
    });
  }

  test('one that is too large is not asked', () => {
    class Large extends Canvas {
      toDataURL(): never {
        assert.fail('asked');
      }
    }
    assert.deepEqual(asCanvas(new Large(10_000, 10_000)), {
      'text/plain': '[canvas of 10000 × 10000 pixels, not shown: more than 64,000,000 pixels]',
    });
  });

  test('what is no canvas', () => {
    assert.equal(asCanvas({ toBuffer: () => assert.fail('asked'), width: 1, height: 1 }), undefined);
    assert.equal(asCanvas(new Canvas()), undefined);
  });
});

describe('pixels', () => {
  const data = Uint8ClampedArray.of(255, 0, 0, 255, 0, 0, 255, 128);

  test('are a PNG', () => {
    const found = asPixels({ width: 2, height: 1, data });
    assert.ok(found instanceof Displayable);
    assert.deepEqual(found.metadata, { 'image/png': { width: 2, height: 1 } });
    const png = Buffer.from(String(found.data['image/png']), 'base64');
    assert.equal(png.subarray(12, 16).toString('latin1'), 'IHDR');
    assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20), png[24], png[25]], [2, 1, 8, 6]);
    const at = png.indexOf('IDAT');
    const rows = inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
    assert.deepEqual([...rows], [0, ...data]);
  });

  const others: readonly (readonly [name: string, value: object])[] = [
    ['of another length', { width: 3, height: 1, data }],
    ['without a size', { data }],
    ['of other elements', { width: 2, height: 1, data: new Float64Array(8) }],
    [
      'whose size is behind a getter',
      {
        data,
        get width() {
          return assert.fail('a getter ran');
        },
        height: 1,
      },
    ],
  ];
  for (const [name, value] of others) test(name, () => assert.equal(asPixels(value), undefined));
});
