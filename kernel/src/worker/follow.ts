const then = Promise.prototype.then;

/**
 * Lets `capability.promise` follow `origin`, which is the kernel's own promise, as `origin.then()` would: so V8 sees
 * through it, in the stacks of errors and when its debugger asks who will handle a rejection. It sees no further than the
 * functions of a promise that are passed to `then`, which look like a handler.
 */
export function follow<T>(origin: Promise<T>, capability: PromiseWithResolvers<T>): Promise<T> {
  // It is called with `new`, so that it is no arrow function.
  function species(executor: (resolve: unknown, reject: unknown) => void): Promise<T> {
    executor(capability.resolve, capability.reject);
    return capability.promise;
  }
  Object.defineProperty(origin, 'constructor', { value: { [Symbol.species]: species }, configurable: true });
  const followed = then.call(origin) as Promise<T>;
  Reflect.deleteProperty(origin, 'constructor');
  return followed;
}
