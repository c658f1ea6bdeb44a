import { type Content, isRecord, type Output, type OutputItem, textItem } from './output.ts';

/** The richest first, as VS Code's .ipynb serializer orders what it reads: a cell looks the same when it is opened again. */
const ORDER = [
  /^application\/vnd\./,
  /^application\/vdom\./,
  /^application\/geo\+json$/,
  /^text\/html$/,
  /^application\/javascript$/,
  /^image\/gif$/,
  /^text\/latex$/,
  /^text\/markdown$/,
  /^image\/png$/,
  /^image\/svg\+xml$/,
  /^image\/jpeg$/,
  /^application\/json$/,
  /^text\/plain$/,
] as const;

/** The items of a mime bundle (`display_data`, `execute_result`), the one to show first. */
export function bundleItems(data: Readonly<Record<string, unknown>>): OutputItem[] {
  return Object.entries(data)
    .map(([mime, value]) => item(mime, value))
    .sort((a, b) => rank(a) - rank(b));
}

/** The output of `display_data`, `execute_result` and `update_display_data`. */
export function bundleOutput(outputType: string, content: Content): Output {
  const { data, metadata, execution_count: executionCount } = content;
  const isResult = outputType === 'execute_result';
  return {
    items: bundleItems(isRecord(data) ? data : {}),
    metadata: {
      outputType: isResult ? 'execute_result' : 'display_data',
      metadata: isRecord(metadata) ? metadata : {},
      ...(isResult && typeof executionCount === 'number' && { executionCount }),
    },
  };
}

/** Pictures are bytes in VS Code and base64 in Jupyter; everything else is text in both. */
function item(mime: string, value: unknown): OutputItem {
  if (isJson(mime)) return textItem(JSON.stringify(value), mime);
  const text = Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('') : value;
  if (typeof text !== 'string') return textItem(JSON.stringify(text), mime);
  if (mime.startsWith('image/') && mime !== 'image/svg+xml') return { mime, data: Buffer.from(text, 'base64') };
  return textItem(text, mime);
}

/** As VS Code's serializer has it, which parses what it saves of these. */
function isJson(mime: string): boolean {
  return !/^(text|image)\//.test(mime) && mime.toLowerCase().includes('json');
}

function rank({ mime, data }: OutputItem): number {
  // An empty representation is worth less than any other.
  if (data.byteLength === 0) return ORDER.length + 1;
  const place = ORDER.findIndex((pattern) => pattern.test(mime));
  return place === -1 ? ORDER.length : place;
}
