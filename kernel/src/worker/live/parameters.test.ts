import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readConstructor, readParameters, signatureOf, splitParameters } from './parameters.ts';

test('parameters are read from every form of function', () => {
  const forms: Record<string, string[]> = {
    'function f(a, b) {}': ['a', 'b'],
    'function () {}': [],
    'async function* f(a) {}': ['a'],
    '(a, b) => a': ['a', 'b'],
    'a => a': ['a'],
    'async a => a': ['a'],
    '() => {}': [],
    'method(a) {}': ['a'],
    'get x() {}': [],
    '*[Symbol.iterator](a) {}': ['a'],
    '[f(1, 2)](a) {}': ['a'],
    'function /* (no) */ f(a /* , b */) {}': ['a /* , b */'],
  };
  for (const [text, names] of Object.entries(forms)) {
    assert.deepEqual(
      readParameters(text)?.map(({ name }) => name),
      names,
      text,
    );
  }
});

test('patterns, defaults and rest parameters are told apart', () => {
  assert.deepEqual(splitParameters('a = [1, 2], { b, c: { d } } = { b: "," }, [e] , ...f'), [
    { name: 'a', rest: false, default: '[1, 2]' },
    { name: '{ b, c: { d } }', rest: false, default: '{ b: "," }' },
    { name: '[e]', rest: false },
    { name: 'f', rest: true },
  ]);
  assert.deepEqual(splitParameters('a = (x, y) => x === y, b = a == 1'), [
    { name: 'a', rest: false, default: '(x, y) => x === y' },
    { name: 'b', rest: false, default: 'a == 1' },
  ]);
});

test('the constructor of a class is found among its members', () => {
  assert.deepEqual(readConstructor('class A { x = f(1); m(a) { constructor(no) } constructor(b) {} }'), [
    { name: 'b', rest: false },
  ]);
  assert.equal(readConstructor('class A { m() {} }'), undefined);
  const long = `class A { /* ${'x'.repeat(5_000)} */ constructor(b) {} }`;
  assert.deepEqual(readConstructor(long), [{ name: 'b', rest: false }]);
});

test('a class without a constructor has that of its parent, or none', () => {
  class A {
    readonly a: number;
    constructor(a: number) {
      this.a = a;
    }
  }
  class B extends A {}
  class C {}
  assert.equal(signatureOf(B), '(a)');
  assert.equal(signatureOf(C), '()');
  assert.equal(signatureOf(class extends Map {}), undefined);
});
