/** What cells await at their top level, until it settles: see `CellHelper.hold`. */
const held = new Set<Promise<unknown>>();

export function hold<T>(awaited: T): T | Promise<Awaited<T>> {
  if (!isThenable(awaited)) return awaited;
  // A promise made of the awaited one, not a second reaction to it: with two of them V8 shows no frame of the cell.
  const promise = Promise.resolve(awaited).finally(() => held.delete(promise));
  held.add(promise);
  return promise;
}

export function holdEach<T>(iterable: AsyncIterable<T> | Iterable<T>): AsyncIterable<T> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = Symbol.asyncIterator in iterable ? iterable[Symbol.asyncIterator]() : valuesOf(iterable);
      return {
        next: async () => await hold(iterator.next()),
        return: async (value?: unknown) => (await hold(iterator.return?.(value))) ?? { done: true, value: undefined },
      };
    },
  };
}

async function* valuesOf<T>(iterable: Iterable<T>): AsyncGenerator<T> {
  for (const value of iterable) yield await hold(value);
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}
