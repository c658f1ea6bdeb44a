import { types } from 'node:util';
import type { VariablesOutcome } from '../../link.ts';
import { Displayable } from '../display/displayable.ts';
import { sniff } from '../display/sniff.ts';
import { tableData } from '../display/tables/index.ts';
import type { Looker } from '../live/looker.ts';
import { preview } from '../live/preview.ts';
import { proxyTarget } from '../live/proxy-target.ts';
import { holders, isObject } from '../live/reflection.ts';
import { resolve } from '../live/resolve.ts';
import { memoryOf } from './binary.ts';
import { describe, describeAccessor } from './describe.ts';
import { own } from './own.ts';
import { tableOf } from './tables.ts';

const LIMITS = { depth: 4, items: 100, length: 20_000 };
/** Bytes of an image that is shown. */
const MAX_IMAGE = 8 * 1024 * 1024;

/**
 * The media types in which the value of an expression is shown without asking it how: tables of what has rows, images of
 * what is one, and text. Undefined where the expression has no value, or has none without running something.
 */
export function displayOf(looker: Looker, expression: string): VariablesOutcome | undefined {
  const seen = resolve(looker, expression);
  if (seen.kind === 'accessor') {
    return { kind: 'display', data: { 'text/plain': describeAccessor(seen.property.descriptor).value }, metadata: {} };
  }
  return seen.kind === 'value' ? { kind: 'display', ...displayed(seen.value) } : undefined;
}

interface Bundle {
  readonly data: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
}

function displayed(value: unknown): Bundle {
  const open = isObject(value) && types.isProxy(value) ? proxyTarget(value) : value;
  const text = textOf(open === undefined && isObject(value) ? value : open);
  if (!isObject(open) || open === globalThis) return { data: { 'text/plain': text }, metadata: {} };
  const table = tableOf(open);
  if (table !== undefined) return { data: tableData(table), metadata: {} };
  if (holders(open).includes(Displayable.prototype)) return ownDisplay(open, text);
  return { data: { ...image(open), 'text/plain': text }, metadata: {} };
}

/** What is described rather than written out stands there as in a list. */
function textOf(value: unknown): string {
  const isWritten =
    isObject(value) && !types.isPromise(value) && !types.isAnyArrayBuffer(value) && value !== globalThis;
  if (typeof value === 'string' || isWritten) return preview(value, LIMITS);
  return describe(value).value;
}

/** What was made to be shown, by `html` and the like, as it was made. */
function ownDisplay(value: object, text: string): Bundle {
  const data = plainRecord(own(value, 'data'));
  const metadata = plainRecord(own(value, 'metadata'));
  return { data: { 'text/plain': text, ...data }, metadata: metadata ?? {} };
}

/** A copy of what is plain text in an object. */
function plainRecord(value: unknown): Record<string, string> | undefined {
  if (!isObject(value) || types.isProxy(value)) return undefined;
  const entries = Object.keys(value).map((name) => [name, own(value, name)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}

function image(value: object): Record<string, string> {
  if (!types.isUint8Array(value) && !types.isAnyArrayBuffer(value)) return {};
  const bytes = memoryOf(value);
  if (bytes === undefined || bytes.byteLength > MAX_IMAGE) return {};
  const type = sniff(bytes);
  if (type === undefined) return {};
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { [type]: type === 'image/svg+xml' ? buffer.toString('utf8') : buffer.toString('base64') };
}
