/** Values of traits: what a cell may set, and how they are written in messages. */
import { bytesOf, isRecord } from './buffers.ts';
import { dateFromWire, dateToWire, timeFromWire, timeToWire } from './dates.ts';
import { acceptFile, fileFromWire, fileToWire } from './files.ts';
import { camelCase, snakeCase, type TraitSpec } from './spec.ts';

/** How traits refer to widgets. */
export interface References {
  /** The widget itself, or one made of options. Undefined for what is neither. */
  widgetOf(value: unknown, name: string): object | undefined;
  idOf(widget: object): string;
  byId(id: string): object | undefined;
}

export const REFERENCE = 'IPY_MODEL_';

/** A value that a trait does not take. */
export class TraitError extends TypeError {
  override readonly name = 'TraitError';
  readonly code = 'ERR_TRAIT';
}

const EXPECTED: Readonly<Record<TraitSpec['type'] | 'file', string>> = {
  string: 'a string',
  int: 'an integer',
  float: 'a finite number',
  bool: 'true or false',
  bytes: 'bytes (a Uint8Array or an ArrayBuffer)',
  array: 'an array',
  reference: 'a widget',
  Date: 'a Date',
  Datetime: 'a Date',
  Time: "a time of day: '12:30' or '12:30:15.250'",
  end: "a widget and the name of one of its traits: [slider, 'value']",
  file: 'a file: { name, type, lastModified, content }',
  any: 'what JSON can write',
};

/** The value as the kernel keeps it. @throws TraitError */
export function accept(trait: TraitSpec, value: unknown, references: References): unknown {
  const accepted = value === undefined ? undefined : accepts(trait, value, references);
  if (accepted !== undefined) return accepted;
  const or = trait.nullable ? ' or null' : '';
  throw new TraitError(`${camelCase(trait.name)} takes ${expected(trait)}${or}, not ${said(value)}.`);
}

/** Undefined: it is refused. */
function accepts(trait: TraitSpec, value: unknown, references: References): unknown {
  if (value === null && (trait.nullable || trait.type === 'any')) return null;
  if (trait.oneOf !== undefined) return typeof value === 'string' && trait.oneOf.includes(value) ? value : undefined;
  if (trait.orString && typeof value === 'string') return value;
  switch (trait.type) {
    case 'array':
      return acceptArray(trait, value, references);
    case 'bytes':
      return bytesOf(value);
    case 'reference':
      return references.widgetOf(value, trait.widget ?? 'Widget');
    case 'Date':
    case 'Datetime':
      return value instanceof Date && !Number.isNaN(value.getTime()) ? new Date(value) : undefined;
    case 'Time':
      return acceptTime(value);
    case 'end':
      return acceptEnd(value, references);
    case 'any':
      return typeof value === 'function' || typeof value === 'symbol' ? undefined : value;
    default:
      return acceptScalar(trait.type, value);
  }
}

/** In one form, so that times can be compared as strings. */
function acceptTime(value: unknown): string | undefined {
  const parts = typeof value === 'string' ? timeToWire(value) : undefined;
  return parts && timeFromWire(parts);
}

function acceptArray(trait: TraitSpec, value: unknown, references: References): unknown {
  if (!Array.isArray(value) || (trait.pair && value.length !== 2)) return undefined;
  const elements = value.map((one) => acceptItem(trait.items, one, references));
  return elements.includes(undefined) ? undefined : Object.freeze(elements);
}

function acceptEnd(value: unknown, references: References): unknown {
  if (!Array.isArray(value) || value.length !== 2) return undefined;
  const [widget, name]: unknown[] = value;
  const found = references.widgetOf(widget, 'Widget');
  return found === undefined || typeof name !== 'string' ? undefined : Object.freeze([found, name]);
}

function acceptItem(items: TraitSpec['items'], value: unknown, references: References): unknown {
  if (items === undefined || items === 'object') return value;
  if (items === 'file') return acceptFile(value);
  return items === 'reference' ? references.widgetOf(value, 'Widget') : acceptScalar(items, value);
}

function acceptScalar(type: 'string' | 'int' | 'float' | 'bool', value: unknown): unknown {
  switch (type) {
    case 'string':
      return typeof value === 'string' ? value : undefined;
    case 'int':
      return Number.isInteger(value) ? value : undefined;
    case 'float':
      return Number.isFinite(value) ? value : undefined;
    case 'bool':
      return typeof value === 'boolean' ? value : undefined;
  }
}

function expected({ type, items, pair, oneOf, orString }: TraitSpec): string {
  if (oneOf !== undefined) return `one of ${oneOf.map((one) => JSON.stringify(one)).join(', ')}`;
  const elements = items === undefined || items === 'object' ? 'elements' : `each ${EXPECTED[items]}`;
  if (type === 'array') return pair ? `an array of two, ${elements}` : `an array, ${elements}`;
  return EXPECTED[type] + (orString ? ' or a string' : '');
}

function said(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'this array' : 'this object';
  return String(value);
}

/** The value as messages bear it, bytes included. */
export function toWire(trait: TraitSpec, value: unknown, references: References): unknown {
  if (value === null || value === undefined) return null;
  switch (trait.type) {
    case 'reference':
      return REFERENCE + references.idOf(value);
    case 'array':
      return Array.isArray(value) ? value.map((one: object) => itemToWire(trait.items, one, references)) : [];
    case 'end':
      return Array.isArray(value) ? [REFERENCE + references.idOf(value[0]), snakeCase(String(value[1]))] : [];
    case 'Date':
    case 'Datetime':
      return value instanceof Date ? dateToWire(value, trait.type) : null;
    case 'Time':
      return timeToWire(String(value));
    default:
      return value;
  }
}

function itemToWire(items: TraitSpec['items'], value: object, references: References): unknown {
  if (items === 'reference') return REFERENCE + references.idOf(value);
  return items === 'file' ? fileToWire(value) : value;
}

/** What a frontend says. @throws TraitError where that is no value of the trait */
export function fromWire(trait: TraitSpec, value: unknown, references: References): unknown {
  return accept(trait, readWire(trait, value, references), references);
}

function readWire(trait: TraitSpec, value: unknown, references: References): unknown {
  if (value === null) return trait.type === 'array' ? [] : null;
  const known = (reference: unknown): unknown =>
    typeof reference === 'string' && reference.startsWith(REFERENCE)
      ? references.byId(reference.slice(REFERENCE.length))
      : undefined;
  if (trait.type === 'reference') return known(value);
  if (trait.type === 'array' && Array.isArray(value)) {
    if (trait.items === 'reference') return value.map(known);
    return trait.items === 'file' ? value.map(fileFromWire) : value;
  }
  if (trait.type === 'end' && Array.isArray(value)) return [known(value[0]), camelCase(String(value[1]))];
  if ((trait.type === 'Date' || trait.type === 'Datetime') && isRecord(value)) return dateFromWire(value, trait.type);
  return trait.type === 'Time' && isRecord(value) ? timeFromWire(value) : value;
}
