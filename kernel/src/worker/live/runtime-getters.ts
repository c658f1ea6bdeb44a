/** Getters of the runtime's own globals: some load a part of Node when they are first read, and change nothing else. */
export type RuntimeGetters = ReadonlyMap<string, () => unknown>;

/**
 * Finds a getter without looking at the property's descriptor: that would load what Node loads lazily (all of fetch, for
 * one), since it makes a value of a lazy property.
 */
const lookupGetter = Reflect.get(Object.prototype, '__lookupGetter__') as (name: string) => (() => unknown) | undefined;

/** The getters that the global object has now, before any cell has run. */
export function runtimeGetters(): RuntimeGetters {
  const getters = new Map<string, () => unknown>();
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const get = lookupGetter.call(globalThis, name);
    if (get !== undefined) getters.set(name, get);
  }
  return getters;
}
