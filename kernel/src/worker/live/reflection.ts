/** Looks at objects without running any code of theirs: no getters, no traps of proxies, no conversions. */
import { types } from 'node:util';

/** A prototype chain longer than this is not followed to its end. */
const MAX_CHAIN = 100;
/** Own names of an array with more elements than this are not listed: V8 has no way but to list its indices too. */
const MAX_INDICES = 10_000;

const { getOwnPropertyDescriptor, getOwnPropertyNames, getPrototypeOf } = Object;
const functionText = Function.prototype.toString;

/** The objects in which a property of the value is looked for, in this order, itself first. A proxy ends them. */
export function holders(value: unknown): object[] {
  const found: object[] = [];
  if (value === undefined || value === null || types.isProxy(value)) return found;
  // Only strings have properties of their own among the primitive values.
  const isOwnHolder = isObject(value) || typeof value === 'string';
  let holder: object | null = isOwnHolder ? (Object(value) as object) : (getPrototypeOf(value) as object);
  while (holder !== null && !types.isProxy(holder) && found.length < MAX_CHAIN) {
    found.push(holder);
    holder = getPrototypeOf(holder) as object | null;
  }
  return found;
}

export interface Found {
  readonly holder: object;
  readonly descriptor: PropertyDescriptor;
  /** 0: the value's own. */
  readonly level: number;
}

/** The property that `value[key]` would read, unread. */
export function findProperty(value: unknown, key: PropertyKey): Found | undefined {
  for (const [level, holder] of holders(value).entries()) {
    const descriptor = ownProperty(holder, key);
    if (descriptor !== undefined) return { holder, descriptor, level };
  }
  return undefined;
}

/** An own property of an object that is no proxy. A module's export without a value yet is one without a value here. */
export function ownProperty(holder: object, key: PropertyKey): PropertyDescriptor | undefined {
  try {
    return getOwnPropertyDescriptor(holder, key);
  } catch (error) {
    if (types.isModuleNamespaceObject(holder) && error instanceof ReferenceError) return { value: undefined };
    throw error;
  }
}

/** Names of the own properties of an object that is no proxy, without the indices of long arrays. */
export function ownNames(holder: object): string[] {
  if (types.isTypedArray(holder)) return [];
  return isLong(holder) ? ['length'] : getOwnPropertyNames(holder);
}

/** Those of them that are enumerable. */
export function enumerableNames(holder: object): string[] {
  if (types.isTypedArray(holder) || isLong(holder)) return [];
  // A module may have exports without a value yet, of which V8 does not say whether they are enumerable.
  return types.isModuleNamespaceObject(holder) ? getOwnPropertyNames(holder) : Object.keys(holder);
}

function isLong(holder: object): boolean {
  if (!Array.isArray(holder) && !types.isStringObject(holder)) return false;
  const length: unknown = getOwnPropertyDescriptor(holder, 'length')?.value;
  return typeof length === 'number' && length > MAX_INDICES;
}

/** The value of a data property, own or inherited. */
export function dataProperty(value: unknown, key: PropertyKey): unknown {
  return findProperty(value, key)?.descriptor.value;
}

/** Name of a function or a class, if it has a plain one. */
export function functionName(fn: object): string {
  if (types.isProxy(fn)) return '';
  const name: unknown = ownProperty(fn, 'name')?.value;
  return typeof name === 'string' ? name : '';
}

/** Names of the constructors along the prototype chain: `['B', 'A', 'Object']`. */
export function constructorNames(value: unknown): string[] {
  const names: string[] = [];
  for (const [level, holder] of holders(value).entries()) {
    // An instance's own property of that name says nothing of its class; a prototype is no instance of its class.
    if (level === 0 && (isObject(value) || typeof value === 'string')) continue;
    const type: unknown = ownProperty(holder, 'constructor')?.value;
    const name = typeof type === 'function' ? functionName(type) : '';
    if (name !== '') names.push(name);
  }
  return names;
}

/** Whether a function is a class, of the cells or of the runtime. */
export function isClass(fn: unknown): boolean {
  return typeof fn === 'function' && !types.isProxy(fn) && ownProperty(fn, 'prototype')?.writable === false;
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** The text of a function as V8 has it, or undefined where it has none. */
export function sourceText(fn: unknown): string | undefined {
  if (typeof fn !== 'function') return undefined;
  const text = functionText.call(fn);
  return text.endsWith('{ [native code] }') ? undefined : text;
}
