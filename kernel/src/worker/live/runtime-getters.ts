/** Getters of the runtime's own globals: some load a part of Node when they are first read, and change nothing else. */
export type RuntimeGetters = ReadonlyMap<string, () => unknown>;

/** The getters that the global object has now, before any cell has run. */
export function runtimeGetters(): RuntimeGetters {
  const getters = new Map<string, () => unknown>();
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const get = Object.getOwnPropertyDescriptor(globalThis, name)?.get;
    if (get !== undefined) getters.set(name, get);
  }
  return getters;
}
