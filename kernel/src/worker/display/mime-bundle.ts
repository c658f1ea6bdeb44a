/** A value as a mime bundle: how results and displays look. */
import { inspect, types } from 'node:util';
import { $display, encodeData, type MimeBundle, withPlainText } from './bundle.ts';
import { Displayable } from './displayable.ts';
import { findMethod, isInstance, isPlainObject, promised, proxiedMethod } from './properties.ts';
import { RECOGNISERS } from './recognisers.ts';
import { asBuffer, sniff } from './sniff.ts';
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
  return guarded(value, () => objectBundle(value));
}

/** `text/plain` alone. */
export function textBundle(value: unknown): MimeBundle {
  return { data: { 'text/plain': inspectText(value) }, metadata: {} };
}

function objectBundle(value: object): Displayed | Promise<Displayed> {
  if (isInstance(value, Displayable)) return withPlainText(value.data, value.metadata);
  const display = types.isProxy(value) ? proxiedMethod(value, $display) : findMethod(value, $display);
  if (display !== undefined) return afterwards(display.call(value), (data) => chosenBundle(value, data));
  if (types.isModuleNamespaceObject(value) || types.isNativeError(value)) return textBundle(value);
  if (ArrayBuffer.isView(value) || types.isAnyArrayBuffer(value)) return bytesBundle(value);
  if (findMethod(value, 'arrayBuffer') !== undefined && isInstance(value, Blob)) return blobBundle(value);
  for (const recognise of RECOGNISERS) {
    const shown = recognise(value);
    if (shown !== undefined) return afterwards(shown, (data) => shownBundle(value, data));
  }
  return textBundle(value);
}

/** What an object's own display method gave. Nothing, and no media type at all, mean: show nothing. */
function chosenBundle(value: object, data: unknown): Displayed {
  if (data === undefined || data === null) return null;
  if (data instanceof Displayable) return shownBundle(value, data);
  if (typeof data !== 'object') throw new TypeError(`it gave ${inspectText(data)}, not an object of media types`);
  const encoded = encodeData(Object.fromEntries(Object.entries(data)));
  return Object.keys(encoded).length === 0 ? null : shownBundle(value, encoded);
}

function shownBundle(value: object, data: unknown): MimeBundle {
  if (data instanceof Displayable) return withPlainText(data.data, data.metadata);
  if (!isPlainObject(data)) return textBundle(value);
  const encoded = encodeData(data);
  if (Object.keys(encoded).length === 0) return textBundle(value);
  // Without a text of its own, what its author made for inspect; the inside of a chart would be but noise.
  const text = !('text/plain' in encoded) && hasOwnInspection(value) ? { 'text/plain': inspectText(value) } : {};
  return withPlainText({ ...encoded, ...text });
}

/** inspect looks through a proxy at its target, which cannot be asked from here. */
function hasOwnInspection(value: object): boolean {
  return types.isProxy(value) || findMethod(value, inspect.custom) !== undefined;
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

async function blobBundle(blob: Blob): Promise<Displayed> {
  const [type = ''] = blob.type.split(';');
  if (!/^image\/|^application\/pdf$|^text\/(html|markdown|latex)$/.test(type)) return textBundle(blob);
  return withPlainText(encodeData({ [type]: new Uint8Array(await blob.arrayBuffer()) }));
}

function afterwards(result: unknown, then: (result: unknown) => Displayed): Displayed | Promise<Displayed> {
  return promised(result)?.then(then) ?? then(result);
}

function guarded(value: object, show: () => Displayed | Promise<Displayed>): Displayed | Promise<Displayed> {
  try {
    const shown = show();
    return shown instanceof Promise ? shown.catch((error: unknown) => failedBundle(value, error)) : shown;
  } catch (error) {
    return failedBundle(value, error);
  }
}

function failedBundle(value: object, error: unknown): MimeBundle {
  const text = `${inspectText(value)}\n[its display failed: ${errorText(error)}]`;
  return { data: { 'text/plain': text }, metadata: {} };
}
