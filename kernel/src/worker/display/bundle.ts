/** Mime bundles: what `execute_result` and `display_data` carry. */
import { bounded } from './bounds.ts';
import { isPlainObject } from './properties.ts';
import { asBuffer } from './sniff.ts';
import { inspectText } from './text.ts';

/** The method by which an object says how it is shown, as Deno and nteract have it: gives media types and their data. */
export const $display: unique symbol = Symbol.for('Jupyter.display');

/** One value in several media types; a frontend shows the richest that it can. */
export interface MimeBundle {
  /** By media type: text as it is, JSON types as JSON values, everything binary in base64. */
  readonly data: Record<string, unknown>;
  /** By media type, for instance `{ 'image/png': { width: 640 } }` in CSS pixels. */
  readonly metadata: Record<string, unknown>;
}

const MEDIA_TYPE = /^(application|audio|font|image|model|text|video)\/[\w.+-]+$/i;

/** A plain object all of whose keys are media types. */
export function isMimeData(value: unknown): value is Record<string, unknown> {
  if (!isPlainObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => MEDIA_TYPE.test(key));
}

function isJsonType(type: string): boolean {
  return type === 'application/json' || type.endsWith('+json');
}

function isTextType(type: string): boolean {
  return type.startsWith('text/') || type.endsWith('+xml') || type === 'application/javascript';
}

/**
 * Data fit for a message: bytes in base64 (or decoded, for text types), JSON types copied as JSON, lines joined.
 * Values that are undefined are left out.
 *
 * @throws TypeError where a JSON type holds what JSON cannot (cycles, bigints), or a getter's own error
 */
export function encodeData(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const encoded: Record<string, unknown> = {};
  for (const [type, value] of Object.entries(data)) {
    if (value !== undefined) encoded[type] = encodeValue(type, value);
  }
  return encoded;
}

function encodeValue(type: string, value: unknown): unknown {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return asBuffer(value).toString(isTextType(type) ? 'utf8' : 'base64');
  if (isJsonType(type)) return toJson(value);
  if (Array.isArray(value) && value.every((line) => typeof line === 'string')) return value.join('');
  // Media types that this file does not know may carry JSON without saying so in their names.
  if (isPlainObject(value) || Array.isArray(value)) return toJson(value);
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : inspectText(value);
}

function toJson(value: unknown): unknown {
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`${inspectText(value)} has no form in JSON.`);
  const parsed: unknown = JSON.parse(text);
  return parsed;
}

/** The bundle, bounded, with a `text/plain` for frontends that can show nothing richer. */
export function withPlainText(whole: Record<string, unknown>, metadata: Record<string, unknown> = {}): MimeBundle {
  const data = bounded(whole);
  if ('text/plain' in data) return { data, metadata };
  return { data: { ...data, 'text/plain': plainText(data) }, metadata };
}

function plainText(data: Record<string, unknown>): string {
  const readable = data['text/markdown'] ?? data['text/latex'];
  if (typeof readable === 'string') return readable;
  const [type, value] = Object.entries(data)[0] ?? ['nothing', ''];
  if (typeof value !== 'string') return `[${type}]`;
  if (isTextType(type)) return `[${type}, ${value.length} characters]`;
  return `[${type}, ${Buffer.byteLength(value, 'base64')} bytes]`;
}
