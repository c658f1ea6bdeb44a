/** Looks at values without running their getters. */

/** A prototype chain may be endless where a proxy makes it; real ones (DOM elements) have about ten links. */
const MAX_CHAIN = 32;

export interface Property {
  readonly descriptor: PropertyDescriptor;
  /** Whether it is the value's own, not inherited. */
  readonly own: boolean;
}

/** The property that `value[key]` would read, unread. A proxy whose traps throw has no properties. */
export function findProperty(value: object, key: PropertyKey): Property | undefined {
  try {
    let holder: object | null = value;
    for (let link = 0; holder !== null && link < MAX_CHAIN; link++) {
      const descriptor = Object.getOwnPropertyDescriptor(holder, key);
      if (descriptor !== undefined) return { descriptor, own: link === 0 };
      holder = Object.getPrototypeOf(holder);
    }
    return undefined;
  } catch {
    return undefined;
  }
}

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** The method `value[key]`, if it is a function in a data property of the value or of a prototype. */
export function findMethod(value: object, key: PropertyKey): Method | undefined {
  const found: unknown = findProperty(value, key)?.descriptor.value;
  return isFunction(found) ? found : undefined;
}

/**
 * The method `value[key]` of a proxy that says it has one, read through its traps: what a proxy shows of its properties'
 * descriptors need not be what it answers to (polars' data frames).
 */
export function proxiedMethod(value: object, key: PropertyKey): Method | undefined {
  try {
    const found: unknown = Reflect.has(value, key) ? Reflect.get(value, key) : undefined;
    return isFunction(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** The value of a data property, own or inherited; undefined for accessors. */
export function dataProperty(value: object, key: PropertyKey): unknown {
  return findProperty(value, key)?.descriptor.value;
}

/** A promise for what a thenable gives, or undefined for anything that is none. */
export function promised(value: unknown): Promise<unknown> | undefined {
  if (typeof value !== 'object' || value === null || findMethod(value, 'then') === undefined) return undefined;
  return Promise.resolve(value);
}

/** `instanceof` for values that may be revoked proxies or have traps that throw. */
export function isInstance<T>(value: object, type: abstract new (...args: never[]) => T): value is T & object {
  try {
    return value instanceof type;
  } catch {
    return false;
  }
}

function isFunction(value: unknown): value is Method {
  return typeof value === 'function';
}

/** An object written as `{…}`, parsed from JSON or made with a null prototype, of any realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  try {
    if (Array.isArray(value)) return false;
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
  } catch {
    return false;
  }
}
