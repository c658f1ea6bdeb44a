/**
 * The outcome of `promise`, or `error()` after `timeoutMs`.
 * @param timeoutMs Milliseconds; `Infinity` waits for as long as it takes.
 */
export async function within<T>(promise: Promise<T>, timeoutMs: number, error: () => Error): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const cancel = after(timeoutMs, () => reject(error()));
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
  }
}

/** Calls `action` after `ms` unless the returned function is called before. Longer than a timer can be: never. */
export function after(ms: number, action: () => void): () => void {
  if (ms > 0x7fff_ffff) return () => undefined;
  const timer = setTimeout(action, ms);
  return () => clearTimeout(timer);
}

/** A promise to be settled from outside, whose rejection is no unhandled one: it is one face of a failure that shows elsewhere too. */
export function quiet<T>(): PromiseWithResolvers<T> {
  const resolvers = Promise.withResolvers<T>();
  resolvers.promise.catch(() => undefined);
  return resolvers;
}
