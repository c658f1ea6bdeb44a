import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preview } from './preview.ts';

const LIMITS = { depth: 2, items: 5, length: 10_000 };
const show = (value: unknown): string => preview(value, LIMITS);

class Named {
  a = 1;
}

test('values are written in the manner of inspect', () => {
  const expected: [unknown, string][] = [
    [1, '1'],
    [-0, '-0'],
    [10n, '10n'],
    ["it's", `"it's"`],
    [Symbol('s'), 'Symbol(s)'],
    [undefined, 'undefined'],
    [[1, 'a', [2]], "[ 1, 'a', [ 2 ] ]"],
    [[], '[]'],
    [{}, '{}'],
    [{ a: 1, 'b c': { d: [] } }, "{ a: 1, 'b c': { d: [] } }"],
    [Object.create(null), '[Object: null prototype] {}'],
    [new Named(), 'Named { a: 1 }'],
    [new Map([[{ k: 1 }, 'v']]), "Map(1) { { k: 1 } => 'v' }"],
    [new Set([1, 2]), 'Set(2) { 1, 2 }'],
    [new Uint8Array([1, 2]), 'Uint8Array(2) [ 1, 2 ]'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new Date(Number.NaN), 'Invalid Date'],
    [/a\/b/giu, '/a\\/b/giu'],
    [new RangeError('no'), '[RangeError: no]'],
    [Named, '[class Named]'],
    [class Sub extends Named {}, '[class Sub extends Named]'],
    [show, '[Function: show]'],
    [async () => undefined, '[AsyncFunction: (anonymous)]'],
    [Promise.resolve(1), 'Promise { 1 }'],
    [new Proxy({}, {}), '[Proxy]'],
    [
      {
        get a() {
          return 1;
        },
        set a(_) {},
        get b() {
          return 1;
        },
      },
      '{ a: [Getter/Setter], b: [Getter] }',
    ],
  ];
  for (const [value, text] of expected) assert.equal(show(value), text);
});

test('depth, items and length are bounded', () => {
  assert.equal(show({ a: { b: { c: { d: 1 } } } }), '{ a: { b: { c: [Object] } } }');
  assert.equal(show([1, 2, 3, 4, 5, 6, 7]), '[ 1, 2, 3, 4, 5, … 2 more ]');
  assert.equal(show(new Array(1e9)), '[ <empty>, <empty>, <empty>, <empty>, <empty>, … 999999995 more ]');
  assert.ok(preview('x'.repeat(1e6), LIMITS).length < 11_000);
  const wide = Array.from({ length: 1e5 }, () => 'y'.repeat(1e4));
  assert.ok(preview(wide, { depth: 1, items: 1e5, length: 1_000 }).length < 12_000);
});

test('what contains itself ends', () => {
  const around: Record<string, unknown> = {};
  around.self = around;
  assert.equal(show(around), '{ self: [Circular] }');
});

test('long lines are broken', () => {
  const long = { first: 'x'.repeat(40), second: 'y'.repeat(40) };
  assert.equal(show(long), `{\n  first: '${'x'.repeat(40)}',\n  second: '${'y'.repeat(40)}'\n}`);
});
