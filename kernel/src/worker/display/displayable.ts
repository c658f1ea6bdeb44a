/** Values made to be shown: HTML, Markdown, SVG, LaTeX, JSON, images. */
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { $display, encodeData } from './bundle.ts';
import { mathMode } from './latex.ts';
import { asBuffer, sniff } from './sniff.ts';

/** Data in chosen media types. As the result of a cell, or displayed, it is shown as them. */
export class Displayable {
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;

  /** @throws TypeError where a JSON type holds what JSON cannot */
  constructor(data: Readonly<Record<string, unknown>>, metadata: Record<string, unknown> = {}) {
    this.data = encodeData(data);
    this.metadata = metadata;
  }

  /** Deno's convention, for whoever else reads it. */
  [$display](): Record<string, unknown> {
    return this.data;
  }

  /** The source, so that one such value can stand in the template of another. */
  toString(): string {
    const [source] = Object.values(this.data);
    return typeof source === 'string' ? source : JSON.stringify(source);
  }

  [inspect.custom](): string {
    return `[${Object.keys(this.data).join(', ')}]`;
  }
}

/** A template tag that also takes a string: html`<b>bold</b>` and html('<b>bold</b>') are the same. */
export type Tag = (source: TemplateStringsArray | string, ...values: readonly unknown[]) => Displayable;

function tag(type: string, options: { raw?: boolean; finish?: (source: string) => string } = {}): Tag {
  const { raw = false, finish = (source) => source } = options;
  return (source, ...values) => new Displayable({ [type]: finish(joined(source, values, raw)) });
}

function joined(source: TemplateStringsArray | string, values: readonly unknown[], raw: boolean): string {
  if (typeof source === 'string') return source;
  const strings = raw ? source.raw : source;
  // A cooked string is undefined where its escapes are invalid, as LaTeX in Markdown has them: \alpha.
  return strings.map((string, i) => (string ?? source.raw[i]) + interpolated(values[i])).join('');
}

/** Values stand as they are, unescaped: a template is its author's own HTML. */
function interpolated(value: unknown): string {
  if (value === undefined) return '';
  if (Array.isArray(value) && value.some((element) => element instanceof Displayable)) return value.join('');
  return String(value);
}

export const html: Tag = tag('text/html');
export const md: Tag = tag('text/markdown');
export const svg: Tag = tag('image/svg+xml');
/** Backslashes are LaTeX's own, and `$$` are added where it has no delimiters. */
export const latex: Tag = tag('text/latex', { raw: true, finish: mathMode });

/** A value that frontends show as a tree. */
export function json(value: unknown, options: { expanded?: boolean } = {}): Displayable {
  const { expanded = false } = options;
  return new Displayable({ 'application/json': value ?? null }, { 'application/json': { expanded } });
}

export interface ImageOptions {
  /** CSS pixels. */
  readonly width?: number;
  /** CSS pixels. */
  readonly height?: number;
}

/**
 * An image: PNG, JPEG, GIF, WebP, SVG or PDF.
 *
 * @param source path of a file, a data URL, or bytes
 * @throws TypeError for anything that is no such image, with the reason as its cause where a file cannot be read
 */
export function image(source: string | URL | Uint8Array | ArrayBuffer, options: ImageOptions = {}): Displayable {
  const bytes = imageBytes(source);
  const type = sniff(bytes);
  if (type === undefined) {
    throw new TypeError(
      'This is no image: expected the bytes, the path or a data URL of a PNG, JPEG, GIF, WebP, SVG or PDF.',
    );
  }
  return new Displayable({ [type]: bytes }, Object.keys(options).length === 0 ? {} : { [type]: { ...options } });
}

function imageBytes(source: string | URL | Uint8Array | ArrayBuffer): Uint8Array {
  if (source instanceof Uint8Array) return asBuffer(source);
  if (typeof source !== 'string' && !(source instanceof URL)) return new Uint8Array(source);
  const url = String(source);
  const dataUrl = /^data:[^,]*?(;base64)?,/.exec(url);
  if (dataUrl !== null) {
    const payload = url.slice(dataUrl[0].length);
    return dataUrl[1] === undefined ? Buffer.from(decodeURIComponent(payload)) : Buffer.from(payload, 'base64');
  }
  try {
    return readFileSync(source);
  } catch (cause) {
    throw new TypeError(`The image ${url} cannot be read.`, { cause });
  }
}
