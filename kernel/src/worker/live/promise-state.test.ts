import assert from 'node:assert/strict';
import { test } from 'node:test';
import { promiseState } from './promise-state.ts';

/** A rejection that nobody is to hear of. */
function rejected(reason: unknown): Promise<unknown> {
  const promise = Promise.reject(reason);
  promise.catch(() => undefined);
  return promise;
}

test('a promise is pending, fulfilled or rejected, with a text of what is primitive', () => {
  assert.deepEqual(promiseState(new Promise(() => undefined)), { state: 'pending' });
  assert.deepEqual(promiseState(Promise.resolve()), { state: 'fulfilled', text: 'undefined' });
  assert.deepEqual(promiseState(Promise.resolve('a } b')), { state: 'fulfilled', text: "'a } b'" });
  assert.deepEqual(promiseState(Promise.resolve('<pending>')), { state: 'fulfilled', text: "'<pending>'" });
  assert.deepEqual(promiseState(rejected(null)), { state: 'rejected', text: 'null' });
  assert.deepEqual(promiseState(rejected('a\nb')), { state: 'rejected', text: "'a\\nb'" });
});

test('an object that it was settled with is given out as it is', () => {
  const values = [{ a: 1 }, [1, 2], () => 1, new Map(), new Error('no')];
  for (const value of values) {
    assert.deepEqual(promiseState(Promise.resolve(value)), { state: 'fulfilled', object: value });
    const state = promiseState(rejected(value));
    assert.ok(state?.state === 'rejected' && 'object' in state && state.object === value);
  }
  const target = {};
  const proxied = promiseState(Promise.resolve(new Proxy(target, {})));
  assert.ok(proxied !== undefined && 'object' in proxied && proxied.object === target);
});

test('nothing of what it was settled with is touched', async () => {
  const touched: string[] = [];
  const touch = (what: string): string => {
    touched.push(what);
    return what;
  };
  class Hostile extends Error {
    static override get name() {
      return touch('static name');
    }
    static override [Symbol.hasInstance]() {
      touch('hasInstance');
      return true;
    }
    override get name() {
      return touch('name');
    }
    override get message() {
      return touch('message');
    }
    override get stack() {
      return touch('stack');
    }
    get [Symbol.toStringTag]() {
      return touch('toStringTag');
    }
  }
  const trap = (name: string) => (): never => {
    throw new Error(touch(name));
  };
  const proxy = new Proxy(
    {},
    { getPrototypeOf: trap('getPrototypeOf'), ownKeys: trap('ownKeys'), getOwnPropertyDescriptor: trap('descriptor') },
  );
  for (const value of [new Hostile(), proxy]) {
    const promise = Promise.resolve(value);
    await promise;
    for (const each of [promise, rejected(value)]) assert.ok(promiseState(each) !== undefined);
  }
  assert.deepEqual(touched, []);
});

test('a promise whose own look would run code is not looked at', () => {
  let runs = 0;
  const get = (): string => {
    runs += 1;
    return 'x';
  };
  class Tagged extends Promise<unknown> {
    override get [Symbol.toStringTag]() {
      return get();
    }
  }
  class Named extends Promise<unknown> {
    static override get name() {
      return get();
    }
  }
  class Judged extends Promise<unknown> {
    static override [Symbol.hasInstance]() {
      get();
      return true;
    }
  }
  for (const Type of [Tagged, Named, Judged]) {
    const promise = new Type(() => undefined);
    runs = 0;
    assert.equal(promiseState(promise), undefined);
    assert.equal(runs, 0);
  }
  const own = {
    get x() {
      return get();
    },
  };
  assert.deepEqual(promiseState(Object.assign(Promise.resolve('[Circular *1]'), { own })), {
    state: 'fulfilled',
    text: "'[Circular *1]'",
  });
  assert.equal(runs, 0);
  class Plain extends Promise<unknown> {}
  assert.deepEqual(promiseState(Plain.resolve(1)), { state: 'fulfilled', text: '1' });
});
