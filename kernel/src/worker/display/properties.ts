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

/** The value of a data property, own or inherited; undefined for accessors. */
export function dataProperty(value: object, key: PropertyKey): unknown {
  return findProperty(value, key)?.descriptor.value;
}

function isFunction(value: unknown): value is Method {
  return typeof value === 'function';
}

/** An object written as `{…}`, parsed from JSON or made with a null prototype, of any realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
  } catch {
    return false;
  }
}
