/** A value as a mime bundle: how results and displays look. */
import { types } from 'node:util';
import { $display, encodeData, type MimeBundle, withPlainText } from './bundle.ts';
import { Displayable } from './displayable.ts';
import { asVega, RECOGNISERS } from './duck.ts';
import { findMethod, isPlainObject } from './properties.ts';
import { asBuffer, sniff } from './sniff.ts';
import { gridOfRecords, htmlTable, isRecords } from './table.ts';
import { errorText, inspectText } from './text.ts';

/** A bundle, or null for what shows nothing. */
export type Displayed = MimeBundle | null;

/**
 * The media types in which a value is shown; null for `undefined` and for objects that choose to show nothing.
 * Never throws or rejects: an object that fails to show itself is shown as text that says so.
 * Asynchronous only where the value's own methods are (or for Blobs).
 */
export function mimeBundle(value: unknown): Displayed | Promise<Displayed> {
  if (value === undefined) return null;
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return textBundle(value);
  if (value instanceof Displayable) return withPlainText(value.data, value.metadata);
  return guarded(value, () => objectBundle(value));
}

/** `text/plain` alone. */
export function textBundle(value: unknown): MimeBundle {
  return { data: { 'text/plain': inspectText(value) }, metadata: {} };
}

function objectBundle(value: object): Displayed | Promise<Displayed> {
  const display = findMethod(value, $display);
  if (display !== undefined) return afterwards(display.call(value), (data) => chosenBundle(value, data));
  if (types.isModuleNamespaceObject(value) || types.isNativeError(value)) return textBundle(value);
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return bytesBundle(value);
  if (Array.isArray(value)) return arrayBundle(value);
  if (value instanceof Blob) return blobBundle(value);
  if (isPlainObject(value)) {
    const spec = asVega(value);
    if (spec !== undefined) return { data: { ...encodeData(spec), 'text/plain': inspectText(value) }, metadata: {} };
  }
  for (const recognise of RECOGNISERS) {
    const shown = recognise(value);
    if (shown !== undefined) return afterwards(shown, (data) => shownBundle(value, data));
  }
  return textBundle(value);
}

/** What an object's own display method gave. Nothing, and no media type at all, mean: show nothing. */
function chosenBundle(value: object, data: unknown): Displayed {
  if (data === undefined || data === null) return null;
  if (data instanceof Displayable) return withPlainText(data.data, data.metadata);
  if (typeof data !== 'object') throw new TypeError(`it gave ${inspectText(data)}, not an object of media types`);
  const encoded = encodeData(Object.fromEntries(Object.entries(data)));
  return Object.keys(encoded).length === 0 ? null : shownBundle(value, encoded);
}

function shownBundle(value: object, data: unknown): MimeBundle {
  if (!isPlainObject(data)) return textBundle(value);
  const encoded = encodeData(data);
  return Object.keys(encoded).length === 0 ? textBundle(value) : withPlainText(encoded);
}

function bytesBundle(value: ArrayBufferView | ArrayBufferLike): MimeBundle {
  const bytes = asBytes(value);
  const type = bytes === undefined ? undefined : sniff(bytes);
  if (bytes === undefined || type === undefined) return textBundle(value);
  return withPlainText(encodeData({ [type]: bytes }));
}

/** Views of other element types are numbers, not files. */
function asBytes(value: ArrayBufferView | ArrayBufferLike): Uint8Array | undefined {
  if (!ArrayBuffer.isView(value)) return new Uint8Array(value);
  return value instanceof Uint8Array ? asBuffer(value) : undefined;
}

function arrayBundle(value: readonly unknown[]): MimeBundle {
  if (!isRecords(value)) return textBundle(value);
  return {
    data: { 'text/html': htmlTable(gridOfRecords(value)), 'text/plain': inspectText(value) },
    metadata: {},
  };
}

async function blobBundle(blob: Blob): Promise<Displayed> {
  const [type = ''] = blob.type.split(';');
  if (!/^image\/|^application\/pdf$|^text\/(html|markdown|latex)$/.test(type)) return textBundle(blob);
  return withPlainText(encodeData({ [type]: new Uint8Array(await blob.arrayBuffer()) }));
}

function afterwards(result: unknown, then: (result: unknown) => Displayed): Displayed | Promise<Displayed> {
  return types.isPromise(result) ? result.then(then) : then(result);
}

function guarded(value: object, show: () => Displayed | Promise<Displayed>): Displayed | Promise<Displayed> {
  try {
    const shown = show();
    return types.isPromise(shown) ? shown.catch((error: unknown) => failedBundle(value, error)) : shown;
  } catch (error) {
    return failedBundle(value, error);
  }
}

function failedBundle(value: object, error: unknown): MimeBundle {
  const text = `${inspectText(value)}\n[its display failed: ${errorText(error)}]`;
  return { data: { 'text/plain': text }, metadata: {} };
}
