import type { MimeBundle } from '../nbformat/notebook.ts';

/** Text of these is shown as it is, the best first. */
const textual = ['text/plain', 'text/markdown', 'text/latex'];

/** The image of a bundle that a terminal or a note can stand for. */
export interface BundleImage {
  readonly mimeType: string;
  readonly bytes: Buffer;
}

/** The first image of a bundle, PNG before others. */
export function imageOf(data: MimeBundle): BundleImage | undefined {
  const mimeTypes = Object.keys(data).filter((one) => one.startsWith('image/'));
  const mimeType = mimeTypes.includes('image/png') ? 'image/png' : mimeTypes[0];
  if (mimeType === undefined) return undefined;
  const content = textOf(data[mimeType]);
  return { mimeType, bytes: Buffer.from(content, mimeType === 'image/svg+xml' ? 'utf8' : 'base64') };
}

/** A bundle as text for a terminal that shows no images: `[image/png 12 kB]` for them, else the text, else what it is. */
export function bundleText(data: MimeBundle): string {
  const image = imageOf(data);
  if (image) return note(image.mimeType, image.bytes.length);
  const mimeType = textual.find((one) => typeof data[one] === 'string' || Array.isArray(data[one]));
  if (mimeType !== undefined) return textOf(data[mimeType]);
  return Object.entries(data)
    .map(([one, content]) => note(one, Buffer.byteLength(textOf(content))))
    .join(' ');
}

/** `[image/png 12 kB]` */
export function note(mimeType: string, bytes: number): string {
  return `[${mimeType} ${sizeText(bytes)}]`;
}

/** A number of bytes for a person: `980 B`, `12 kB`, `3.4 MB`. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit > 1 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content) && content.every((line) => typeof line === 'string')) return content.join('');
  return JSON.stringify(content) ?? '';
}
