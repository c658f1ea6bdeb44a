import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { clip, errorText, inspectText } from './text.ts';

class Point {
  x = 1;
  get y(): number {
    throw new Error('a getter ran');
  }
}

describe('inspectText', () => {
  const cyclic: Record<string, unknown> = { name: 'loop' };
  cyclic.self = cyclic;
  const cases: readonly (readonly [name: string, value: unknown, text: string])[] = [
    ['a number', 42, '42'],
    ['negative zero', -0, '-0'],
    ['NaN', Number.NaN, 'NaN'],
    ['a bigint', 10n ** 20n, '100000000000000000000n'],
    ['a string', 'it’s 😀', "'it’s 😀'"],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['null', null, 'null'],
    ['undefined', undefined, 'undefined'],
    ['a function', function add() {}, '[Function: add]'],
    ['a class instance with a getter', new Point(), 'Point { x: 1 }'],
    [
      'an own getter',
      {
        get now() {
          return assert.fail();
        },
      },
      '{ now: [Getter] }',
    ],
    ['a cycle', cyclic, "<ref *1> { name: 'loop', self: [Circular *1] }"],
    ['a map', new Map([['a', 1]]), "Map(1) { 'a' => 1 }"],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    [
      'four levels',
      { a: { b: { c: { d: { e: { f: 1 } } } } } },
      '{\n  a: {\n    b: { c: { d: { e: [Object] } } }\n  }\n}',
    ],
  ];
  for (const [name, value, text] of cases) test(name, () => assert.equal(inspectText(value), text));

  test('no colour codes, whoever writes them', () => {
    const red = { [inspect.custom]: () => '\x1b[31mred\x1b[39m' };
    assert.equal(inspectText(red), 'red');
    assert.equal(inspectText('\x1b[31m'), "'\\x1B[31m'");
  });

  test('a custom inspect that throws is passed over and said', () => {
    const hostile = {
      a: 1,
      [inspect.custom]: () => {
        throw new Error('boom');
      },
    };
    assert.match(inspectText(hostile), /^\{\n? *a: 1,[\s\S]*\[its inspection failed: Error: boom\]$/);
  });

  test('proxies show their targets without running traps', () => {
    const trap = (): never => assert.fail('a trap ran');
    const handler = { get: trap, has: trap, ownKeys: trap, getOwnPropertyDescriptor: trap, getPrototypeOf: trap };
    assert.equal(inspectText(new Proxy({ a: 1 }, handler)), '{ a: 1 }');
  });

  test('a revoked proxy', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    assert.equal(inspectText(proxy), '<Revoked Proxy>');
  });

  describe('bounds', () => {
    const million = 1_000_000;
    const wide = () => Object.fromEntries(Array.from({ length: 15_000 }, (_, i) => [`key${i}`, { i }]));
    const nested = () => {
      const grid = Array.from({ length: 100 }, () => Array.from({ length: 100 }, () => ({ a: { b: { c: 1 } } })));
      return Array.from({ length: 100 }, () => grid);
    };
    const bounded: readonly (readonly [name: string, value: () => unknown, expected: RegExp])[] = [
      ['a long array', () => new Array(million).fill(7), /999900 more items\n\]$/],
      ['a long string', () => 'x'.repeat(million), /^'x{10000}'\.\.\. 990000 more characters$/],
      ['an array of long strings', () => new Array(50).fill('x'.repeat(9_000)), /… \d+ more characters$/],
      ['many properties', () => wide(), /key999: .*\n\}\n… 14000 more properties$/],
      [
        'a million properties',
        () => Object.fromEntries(Array.from({ length: million }, (_, i) => [`k${i}`, i])),
        /… 999000 more properties$/,
      ],
      ['nested arrays', nested, /\[Array\]/],
      ['a large map', () => new Map(Array.from({ length: million }, (_, i) => [i, i])), /999900 more items\n\}$/],
    ];
    for (const [name, value, expected] of bounded) {
      test(name, () => {
        const text = inspectText(value());
        assert.match(text, expected);
        assert.ok(text.length <= 100_100, `${text.length} characters`);
      });
    }
  });
});

describe('errorText', () => {
  const unreadable = new Error('hidden');
  Object.defineProperty(unreadable, 'message', {
    get: () => {
      throw new Error('no');
    },
  });
  const { proxy: revoked, revoke } = Proxy.revocable({}, {});
  revoke();
  const cases: readonly (readonly [name: string, thrown: unknown, text: string])[] = [
    ['an error', new RangeError('too far'), 'RangeError: too far'],
    ['an error with no message', new TypeError(), 'TypeError'],
    ['a number', 42, 'Uncaught 42'],
    ['a string', 'no', "Uncaught 'no'"],
    ['undefined', undefined, 'Uncaught undefined'],
    ['an object', { code: 1 }, 'Uncaught { code: 1 }'],
    ['a message that throws', unreadable, 'Uncaught value that cannot be read'],
    ['a revoked proxy', revoked, 'Uncaught value that cannot be read'],
  ];
  for (const [name, thrown, text] of cases) test(name, () => assert.equal(errorText(thrown), text));
});

test('clip never cuts a character in two', () => {
  assert.equal(clip('ab😀', 3), 'ab');
  assert.equal(clip('ab😀', 4), 'ab😀');
  assert.equal(clip('abc', 2), 'ab');
});
