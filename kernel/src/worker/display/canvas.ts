/** Canvases of node-canvas, @napi-rs/canvas, skia-canvas and fabric, and the pixels of `ImageData`. */

import { encodePng, type Pixels } from '../../png.ts';
import { count } from './bounds.ts';
import { dataOfUrl } from './data-url.ts';
import { Displayable } from './displayable.ts';
import { dataProperty, findMethod, isInstance } from './properties.ts';
import { type Data, later, type Shown, tried } from './shown.ts';
import { sniff } from './sniff.ts';

/** Pixels that are shown at most: more take many seconds to encode, and no notebook has a use for them. */
const MAX_PIXELS = 64_000_000;

/** Methods that give the file of an image, in order of preference, and what they are asked with. */
const ENCODERS: readonly (readonly [method: string, ...args: readonly string[]])[] = [
  ['toDataURL'],
  ['toBuffer', 'image/png'],
  ['encode', 'png'],
  ['convertToBlob'],
];

interface Size {
  readonly width: number;
  readonly height: number;
}

/** A canvas as its image, in whichever format it chose. */
export function asCanvas(value: object): Shown {
  const isCanvas = findMethod(value, 'getContext') !== undefined;
  if (!isCanvas && findMethod(value, 'toDataURL') === undefined) return undefined;
  const size = isCanvas ? sizeOf(value) : undefined;
  if (size !== undefined && size.width * size.height > MAX_PIXELS) return tooLarge('canvas', size);
  for (const [name, ...args] of ENCODERS) {
    const method = findMethod(value, name);
    if (method === undefined) continue;
    const shown = tried(() => later(method.call(value, ...args), (file) => sized(file, size)));
    if (shown !== undefined) return shown;
  }
  return undefined;
}

/** `ImageData`, and what PNG and JPEG decoders give: a width, a height and four bytes for each pixel. */
export function asPixels(value: object): Shown {
  const data = dataProperty(value, 'data');
  if (!(data instanceof Uint8ClampedArray || data instanceof Uint8Array)) return undefined;
  const named = dataProperty(value, 'constructor');
  const isImageData = typeof named === 'function' && named.name === 'ImageData';
  const size = isImageData ? sizeOf(value) : sizeFrom(dataProperty(value, 'width'), dataProperty(value, 'height'));
  if (size === undefined || size.width * size.height * 4 !== data.length) return undefined;
  if (size.width * size.height > MAX_PIXELS) return tooLarge('image', size);
  const pixels: Pixels = { ...size, data };
  return withSize({ 'image/png': encodePng(pixels) }, size);
}

/** Width and height are accessors of the libraries' own prototypes; that this is a canvas was seen from its methods. */
function sizeOf(value: object): Size | undefined {
  return sizeFrom(Reflect.get(value, 'width'), Reflect.get(value, 'height'));
}

function sizeFrom(width: unknown, height: unknown): Size | undefined {
  if (typeof width !== 'number' || typeof height !== 'number') return undefined;
  return Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0 ? { width, height } : undefined;
}

function sized(file: unknown, size: Size | undefined): Shown {
  if (typeof file === 'object' && file !== null && isInstance(file, Blob)) {
    return file.arrayBuffer().then((bytes) => sized(new Uint8Array(bytes), size));
  }
  const data = file instanceof Uint8Array ? dataOfFile(file) : dataOfUrl(file);
  return data === undefined || size === undefined ? data : withSize(data, size);
}

function dataOfFile(bytes: Uint8Array): Data | undefined {
  const type = sniff(bytes);
  return type === undefined ? undefined : { [type]: bytes };
}

function withSize(data: Data, size: Size): Displayable {
  return new Displayable(data, Object.fromEntries(Object.keys(data).map((type) => [type, { ...size }])));
}

function tooLarge(what: string, { width, height }: Size): Data {
  const text = `[${what} of ${width} × ${height} pixels, not shown: more than ${count(MAX_PIXELS)} pixels]`;
  return { 'text/plain': text };
}
