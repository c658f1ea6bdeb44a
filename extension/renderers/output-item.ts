import type { OutputItem } from 'vscode-notebook-renderer';

/** An output as VS Code hands it to renderers, of a value as notebook files have it. */
export function outputItem(id: string, mime: string, value: unknown, metadata: unknown): OutputItem {
  const text = typeof value === 'string' ? value : Array.isArray(value) ? value.join('') : JSON.stringify(value);
  const isBinary = mime.startsWith('image/') && mime !== 'image/svg+xml';
  const data = (): Uint8Array<ArrayBuffer> => (isBinary ? fromBase64(text.replaceAll(/\s/g, '')) : encode(text));
  return {
    id,
    mime,
    metadata,
    text: () => text,
    json: () => (typeof value === 'string' ? JSON.parse(value) : value),
    data,
    blob: () => new Blob([data()], { type: mime }),
  };
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

const CHUNK = 0x8000;

export function toBase64(buffer: ArrayBuffer | ArrayBufferView): string {
  const bytes = ArrayBuffer.isView(buffer)
    ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
    : new Uint8Array(buffer);
  const parts: string[] = [];
  for (let from = 0; from < bytes.length; from += CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(from, from + CHUNK)));
  }
  return btoa(parts.join(''));
}
