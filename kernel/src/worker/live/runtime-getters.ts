import { types } from 'node:util';

/** Getters of the runtime's own globals: some load a part of Node when they are first read, and change nothing else. */
export type RuntimeGetters = ReadonlyMap<string, () => unknown>;

/**
 * Finds a getter without looking at the property's descriptor: that would load what Node loads lazily (all of fetch, for
 * one), since it makes a value of a lazy property.
 */
const lookupGetter = Reflect.get(Object.prototype, '__lookupGetter__') as (name: string) => (() => unknown) | undefined;

/** The getters that the global object and `elara` have now, before any cell has run: by `name` and by `elara.name`. */
export function runtimeGetters(): RuntimeGetters {
  const getters = new Map<string, () => unknown>();
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const get = lookupGetter.call(globalThis, name);
    if (get !== undefined) getters.set(name, get);
  }
  const elara: unknown = Reflect.get(globalThis, 'elara');
  if (typeof elara !== 'object' || elara === null) return getters;
  for (const name of Object.getOwnPropertyNames(elara)) {
    const get = lookupGetter.call(elara, name);
    if (get !== undefined) getters.set(`elara.${name}`, get);
  }
  return getters;
}

/** The getter that the runtime itself has given to `name` or `elara.name`, if nothing else has been put in its place. */
export function runtimeGetter(getters: RuntimeGetters, expression: string): (() => unknown) | undefined {
  const get = getters.get(expression);
  if (get === undefined) return undefined;
  const [owner, member] = expression.split('.');
  const holder: unknown =
    member === undefined ? globalThis : Object.getOwnPropertyDescriptor(globalThis, owner ?? '')?.value;
  if (typeof holder !== 'object' || holder === null || types.isProxy(holder)) return undefined;
  return Object.getOwnPropertyDescriptor(holder, member ?? expression)?.get === get ? get : undefined;
}
