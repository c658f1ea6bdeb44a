/** Values as text, as Node's inspect writes them: no colour codes, bounded, and never an exception. */
import { inspect, stripVTControlCharacters, types } from 'node:util';

/** Levels of nesting shown where the whole is small enough. */
const MAX_DEPTH = 4;
/** Properties and elements that are formatted at most, all levels together. */
const MAX_NODES = 20_000;
/** Properties of one object shown when it alone has too many. */
const MAX_PROPERTIES = 1_000;
/** Elements of each array, typed array, map and set (as Node's REPL). */
const MAX_ELEMENTS = 100;
/** Characters of each string (as Node's REPL). */
const MAX_STRING = 10_000;
/** Characters of the whole text. */
const MAX_TEXT = 100_000;

/**
 * `text/plain` of a value.
 * Shows as many levels of nesting, four at most, as fit into 20,000 properties, and 100,000 characters of the text.
 */
export function inspectText(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'boolean':
    case 'undefined':
      return String(value);
    case 'object':
    case 'function':
      return value === null ? 'null' : objectText(value);
    default:
      return inspect(value, { maxStringLength: MAX_STRING });
  }
}

function objectText(value: object): string {
  const keys = ownKeys(value);
  if (keys.length > MAX_NODES) return largeObjectText(value, keys);
  let depth = MAX_DEPTH;
  while (depth > 0 && countNodes(value, depth, MAX_NODES) >= MAX_NODES) depth--;
  if (depth === 0 && keys.length > MAX_PROPERTIES) return largeObjectText(value, keys);
  return guardedInspect(value, depth);
}

/** Counts properties and elements down to a depth, up to a limit. Runs no user code: proxies count as one. */
function countNodes(value: unknown, depth: number, limit: number): number {
  if (typeof value !== 'object' || value === null || types.isProxy(value) || ArrayBuffer.isView(value)) return 1;
  if (types.isMap(value)) return countAll(Map.prototype.entries.call(value), depth, limit);
  if (types.isSet(value)) return countAll(Set.prototype.values.call(value), depth, limit);
  const keys = Array.isArray(value) ? firstIndices(value) : Object.keys(value);
  let count = keys.length;
  if (depth === 0) return count;
  for (const key of keys) {
    if (count >= limit) break;
    const child: unknown = Object.getOwnPropertyDescriptor(value, key)?.value;
    if (typeof child === 'object' && child !== null) count += countNodes(child, depth - 1, limit - count);
  }
  return count;
}

function countAll(elements: Iterable<unknown>, depth: number, limit: number): number {
  let count = 0;
  let seen = 0;
  for (const element of elements) {
    if (count >= limit || ++seen > MAX_ELEMENTS) break;
    count += depth === 0 ? 1 : 1 + countNodes(element, depth - 1, limit - count);
  }
  return count;
}

function firstIndices(array: readonly unknown[]): string[] {
  return Array.from({ length: Math.min(array.length, MAX_ELEMENTS) }, (_, index) => String(index));
}

/** Names of an object's properties: inspect bounds arrays and collections, but not these. */
function ownKeys(value: object): string[] {
  return types.isProxy(value) || Array.isArray(value) || ArrayBuffer.isView(value) ? [] : Object.keys(value);
}

function largeObjectText(value: object, keys: readonly string[]): string {
  const shown: object = Object.create(Object.getPrototypeOf(value));
  for (const key of keys.slice(0, MAX_PROPERTIES)) {
    const descriptor = Object.getOwnPropertyDescriptor(value, key);
    if (descriptor !== undefined) Object.defineProperty(shown, key, descriptor);
  }
  return `${guardedInspect(shown, 0)}\n… ${keys.length - MAX_PROPERTIES} more properties`;
}

function guardedInspect(value: object, depth: number): string {
  const options = { depth, maxArrayLength: MAX_ELEMENTS, maxStringLength: MAX_STRING };
  try {
    return clipped(inspect(value, options));
  } catch (error) {
    // A custom inspect method that throws, or a getter that inspect itself has to read.
    return `${plainest(value, options)}\n[its inspection failed: ${errorText(error)}]`;
  }
}

function plainest(value: object, options: { depth: number }): string {
  try {
    return clipped(inspect(value, { ...options, customInspect: false }));
  } catch {
    return typeof value === 'function' ? '[Function]' : '[Object]';
  }
}

function clipped(text: string): string {
  const plain = text.includes('\x1b') ? stripVTControlCharacters(text) : text;
  if (plain.length <= MAX_TEXT) return plain;
  const kept = clip(plain, MAX_TEXT);
  return `${kept}… ${plain.length - kept.length} more characters`;
}

/** The first `length` UTF-16 units of a text, or one fewer where that would cut a character in two. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

/**
 * What was thrown, in a line or more of text: `Name: message` of an error, else what Node says, `Uncaught 42`.
 * Never throws, whatever the getters of the thrown value do.
 */
export function errorText(thrown: unknown): string {
  try {
    if (!types.isNativeError(thrown) && !(thrown instanceof Error)) return `Uncaught ${inspectText(thrown)}`;
    return `${thrown.name}${thrown.message === '' ? '' : `: ${thrown.message}`}`;
  } catch {
    return 'Uncaught value that cannot be read';
  }
}
