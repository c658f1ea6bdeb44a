/** What bytes are, by their first ones. */

export type SniffedType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/svg+xml' | 'application/pdf';

const MAGIC: readonly { readonly type: SniffedType; readonly at: number; readonly bytes: string }[] = [
  { type: 'image/png', at: 0, bytes: '\x89PNG\r\n\x1a\n' },
  { type: 'image/jpeg', at: 0, bytes: '\xff\xd8\xff' },
  { type: 'image/gif', at: 0, bytes: 'GIF87a' },
  { type: 'image/gif', at: 0, bytes: 'GIF89a' },
  { type: 'image/webp', at: 8, bytes: 'WEBP' },
  { type: 'application/pdf', at: 0, bytes: '%PDF-' },
];

/** Bytes in which an SVG's root element has to begin. */
const SVG_PROLOGUE = 1_024;
/** The root element, after a byte order mark, an XML declaration, comments and a document type. */
const SVG_START =
  /^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE svg[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s>]/i;

/** The media type of an image or a PDF, or undefined for bytes of any other kind. */
export function sniff(bytes: Uint8Array): SniffedType | undefined {
  for (const { type, at, bytes: magic } of MAGIC) if (startsWith(bytes, magic, at)) return type;
  return isSvg(bytes) ? 'image/svg+xml' : undefined;
}

/** Whether a text is an SVG document. */
export function isSvgText(text: string): boolean {
  return SVG_START.test(text.slice(0, SVG_PROLOGUE));
}

function startsWith(bytes: Uint8Array, magic: string, at: number): boolean {
  if (bytes.length < at + magic.length) return false;
  for (let i = 0; i < magic.length; i++) if (bytes[at + i] !== magic.charCodeAt(i)) return false;
  return true;
}

function isSvg(bytes: Uint8Array): boolean {
  // Most bytes are not text: look at the first one that counts before decoding any.
  const start = bytes.subarray(0, SVG_PROLOGUE);
  const first = start.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
  if (first !== 0x3c && first !== 0xef) return false;
  return isSvgText(asBuffer(start).toString('utf8'));
}

/** The same memory as a Buffer. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
