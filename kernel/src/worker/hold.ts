import { follow } from './follow.ts';

/** What ends the awaits of cells at their top level, until these settle: see `CellHelper.hold`. */
const held = new Set<(error: Error) => void>();

export function hold<T>(awaited: T): T | Promise<Awaited<T>> {
  if (!isThenable(awaited)) return awaited;
  const capability = Promise.withResolvers<Awaited<T>>();
  const { reject } = capability;
  held.add(reject);
  // One promise made of the other, each with one reaction: with two of them V8 shows no frame of the cell.
  return follow(
    Promise.resolve(awaited).finally(() => held.delete(reject)),
    capability,
  );
}

/** Ends what the cells await with an error, so that their code does not go on when it comes. */
export function releaseHeld(error: Error): void {
  const rejects = [...held];
  held.clear();
  for (const reject of rejects) reject(error);
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
