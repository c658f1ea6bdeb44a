import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proxyTarget } from './proxy-target.ts';

test('the target of a proxy is found, also through several, and no trap runs', () => {
  let touched = 0;
  const traps = Object.fromEntries(
    Object.getOwnPropertyNames(Reflect).map((trap) => [
      trap,
      () => {
        touched += 1;
        throw new Error(trap);
      },
    ]),
  );
  const error = Object.defineProperty(new Error('no'), 'message', traps);
  for (const target of [{}, [], () => 1, class {}, new Map(), error, Promise.resolve(1)]) {
    const proxy: object = new Proxy(target, traps);
    assert.equal(proxyTarget(proxy), target);
    assert.equal(proxyTarget(new Proxy(proxy, traps)), target);
  }
  assert.equal(touched, 0);
});

test('a revoked proxy has none', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  assert.equal(proxyTarget(proxy), undefined);
  assert.equal(proxyTarget(new Proxy(proxy, {})), undefined);
});
