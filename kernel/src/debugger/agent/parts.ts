/** What values consist of, without running any code of theirs. */
import { inspect, types } from 'node:util';
import { preview, sizeOf } from '../../worker/live/preview.ts';
import { holders, isClass, isObject, ownNames, ownProperty, sourceText } from '../../worker/live/reflection.ts';

/** A part of a value, or an accessor, which is not asked for its value. */
export type Part =
  | { readonly name: string; readonly access: string; readonly value: unknown }
  | { readonly name: string; readonly access: string; readonly accessor: string };

const { getOwnPropertySymbols } = Object;
const mapEntries = Map.prototype.entries;
const setValues = Set.prototype.values;

const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/** Own properties of errors that tell something, though they are not enumerable. `stack` may call what a cell has put there. */
const OF_ERRORS = new Set(['message', 'cause', 'errors']);
const OF_FUNCTIONS = new Set(['length', 'name', 'prototype', 'arguments', 'caller']);
const KEY_LIMITS = { depth: 1, items: 3, length: 80 };

/** How many elements or entries a value has; 0 for what has none. */
export function indexedCount(value: unknown): number {
  if (!isObject(value) || types.isProxy(value)) return 0;
  if (Array.isArray(value)) return value.length;
  if (types.isTypedArray(value)) return value.length;
  if (types.isMap(value) || types.isSet(value)) return sizeOf(value);
  return 0;
}

/** Elements or entries from `start` on. */
export function indexedParts(value: object, start: number, count: number): Part[] {
  const parts: Part[] = [];
  const end = Math.min(start + count, indexedCount(value));
  if (types.isMap(value) || types.isSet(value)) {
    const items: Iterable<unknown> = types.isMap(value) ? mapEntries.call(value) : setValues.call(value);
    let index = 0;
    for (const item of items) {
      if (index >= end) break;
      if (index >= start)
        parts.push(types.isMap(value) ? entry(index, item as [unknown, unknown]) : element(index, item, ''));
      index += 1;
    }
    return parts;
  }
  for (let index = start; index < end; index += 1) {
    const property = ownProperty(value, index);
    if (property !== undefined) parts.push(partOf(`${index}`, `[${index}]`, property));
  }
  return parts;
}

/** Names of the parts that have names, those of symbols too; the getters of a class among them. */
export function namedKeys(value: object): PropertyKey[] {
  if (types.isProxy(value)) return [];
  const isIndexed = indexedCount(value) > 0;
  const keys: PropertyKey[] = ownNames(value).filter((name) => {
    if (isIndexed && (name === 'length' || /^\d+$/.test(name))) return false;
    if (typeof value === 'function') return !OF_FUNCTIONS.has(name);
    if (types.isNativeError(value) && OF_ERRORS.has(name)) return true;
    return name !== 'stack' && isEnumerable(value, name);
  });
  keys.push(...getOwnPropertySymbols(value).filter((symbol) => isEnumerable(value, symbol)));
  return [...keys, ...inheritedAccessors(value)];
}

export function namedPart(value: object, key: PropertyKey): Part {
  const name = typeof key === 'symbol' ? `[${inspect(key)}]` : String(key);
  const access = typeof key === 'symbol' ? '' : accessOf(name);
  for (const holder of holders(value)) {
    const property = ownProperty(holder, key);
    if (property !== undefined) return partOf(name, access, property);
  }
  return { name, access, value: undefined };
}

/** Whether a class of the cells or of a package made it: it may have private fields. */
export function isInstance(value: object): boolean {
  if (types.isProxy(value) || types.isNativeError(value)) return false;
  const [, prototype] = holders(value);
  return prototype !== undefined && isOfClass(prototype);
}

/** Whether one of its own properties is an error: to describe that, the inspector would read its getters. */
export function hasErrors(value: object): boolean {
  return ownNames(value).some((name) => types.isNativeError(ownProperty(value, name)?.value));
}

export function accessOf(name: string): string {
  return IDENTIFIER.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function element(index: number, value: unknown, access: string): Part {
  return { name: `${index}`, access, value };
}

function entry(index: number, [key, value]: [unknown, unknown]): Part {
  if (isObject(key)) return element(index, { key, value }, '');
  const text = preview(key, KEY_LIMITS);
  return { name: text, access: typeof key === 'symbol' ? '' : `.get(${text})`, value };
}

function partOf(name: string, access: string, property: PropertyDescriptor): Part {
  if ('value' in property) return { name, access, value: property.value };
  const accessor = [property.get && 'Getter', property.set && 'Setter'].filter(Boolean).join('/');
  return { name, access, accessor: `[${accessor}]` };
}

function isEnumerable(value: object, key: PropertyKey): boolean {
  return ownProperty(value, key)?.enumerable === true;
}

/** Whether a prototype is that of a class which somebody wrote. */
function isOfClass(prototype: object): boolean {
  const type: unknown = ownProperty(prototype, 'constructor')?.value;
  return isClass(type) && sourceText(type) !== undefined;
}

/** Getters that its classes define; those of the runtime's own classes are not the user's. */
function inheritedAccessors(value: object): string[] {
  if (typeof value === 'function') return [];
  const names = new Set<string>();
  for (const prototype of holders(value).slice(1)) {
    if (!isOfClass(prototype)) break;
    for (const name of ownNames(prototype)) {
      if (ownProperty(prototype, name)?.get !== undefined) names.add(name);
    }
  }
  return [...names];
}
