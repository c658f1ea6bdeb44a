import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completionContext, nameAt } from './cursor.ts';

/** Splits code at the `|` that stands for the cursor. */
function atCursor(marked: string): { code: string; cursor: number } {
  const cursor = marked.indexOf('|');
  return { code: marked.slice(0, cursor) + marked.slice(cursor + 1), cursor };
}

describe('completionContext', () => {
  const members: readonly (readonly [marked: string, object: string, prefix: string])[] = [
    ['foo.|', 'foo', ''],
    ['foo.ba|r', 'foo', 'ba'],
    ['foo?.b|', 'foo', 'b'],
    ['foo .  |', 'foo', ''],
    ['foo.\n  bar\n  .b|', 'foo.\n  bar', 'b'],
    ['a // why\n .b|', 'a', 'b'],
    ['foo().b|', 'foo()', 'b'],
    ['foo(a, (b))[c](d).e|', 'foo(a, (b))[c](d)', 'e'],
    ['new Map().|', 'new Map()', ''],
    ['new Map([[1, 2]]).get(1).|', 'new Map([[1, 2]]).get(1)', ''],
    ['new a.b.C|', 'a.b', 'C'],
    ['await foo.|', 'foo', ''],
    ['[1, 2].ma|', '[1, 2]', 'ma'],
    ['"abc".to|', '"abc"', 'to'],
    ['`a$' + '{b}c`.|', '`a$' + '{b}c`', ''],
    ['`a $' + '{b.|', 'b', ''],
    ['`a $' + '{`b $' + '{c.|', 'c', ''],
    ['tag`x`.|', 'tag`x`', ''],
    ['/re/g.|', '/re/g', ''],
    ['1..|', '1.', ''],
    ['1.5.|', '1.5', ''],
    ['a / b.|', 'b', ''],
    ['({ a: 1 }).|', '({ a: 1 })', ''],
    ['f({ a: 1 }.|', '({ a: 1 })', ''],
    ['(await x).|', '(await __elara.hold(x))', ''],
    ['x = { a: foo.|', 'foo', ''],
    ['if (x) { foo[0].bar.|', 'foo[0].bar', ''],
    ['if (x) foo.|', 'foo', ''],
    ['foo(bar.|, baz)', 'bar', ''],
    ['for (const x of xs.|', 'xs', ''],
    ['foo["a"].|', 'foo["a"]', ''],
    ['a?.[0].|', 'a?.[0]', ''],
    ['a?.(0).|', 'a?.(0)', ''],
    ['a.b.c.d|.e', 'a.b.c', 'd'],
    ['} foo.|', 'foo', ''],
    ['foo) bar.|', 'bar', ''],
    ['x => x.|', 'x', ''],
    ['this.|', 'this', ''],
    ['import.meta.|', '__elara.meta', ''],
    ['a!.b!.|', 'a .b', ''],
    ['(a as any).|', '(a       )', ''],
    ['f<string>(x).|', 'f        (x)', ''],
    ['f<Map<string, number[]>>(x).|', 'f                       (x)', ''],
    ['if (a < b && c > (d).|', '(d)', ''],
    ['delete foo.|', 'foo', ''],
    ['\u00fcber.|', '\u00fcber', ''],
    ['$a._b.|', '$a._b', ''],
    ['"}" + foo.|', 'foo', ''],
    ['/* { */ foo.|', 'foo', ''],
  ];
  for (const [marked, object, prefix] of members) {
    test(`member: ${marked}`, () => {
      const { code, cursor } = atCursor(marked);
      const start = cursor - prefix.length;
      assert.deepEqual(completionContext(code, cursor), { kind: 'member', object, prefix, start, end: cursor });
    });
  }

  const names: readonly (readonly [marked: string, prefix: string])[] = [
    ['|', ''],
    ['fo|o', 'fo'],
    ['new Map|', 'Map'],
    ['...arr|', 'arr'],
    ['const x: Foo|', 'Foo'],
    ['function f() { return ar|', 'ar'],
    ['<any>a|', 'a'],
    ['x = a ? b|', 'b'],
    ['// why\n|', ''],
    ['foo(|', ''],
    ['`$' + '{na|', 'na'],
    ["'it' + is|", 'is'],
    ["it's broken\nna|", 'na'],
    ['a\\u0062c|', 'a\\u0062c'],
  ];
  for (const [marked, prefix] of names) {
    test(`name: ${marked}`, () => {
      const { code, cursor } = atCursor(marked);
      const start = cursor - prefix.length;
      assert.deepEqual(completionContext(code, cursor), { kind: 'name', prefix, start, end: cursor });
    });
  }

  const others: readonly (readonly [marked: string, expected: object])[] = [
    ['"abc|', { kind: 'string' }],
    ["f('abc|", { kind: 'string' }],
    ['`a |', { kind: 'string' }],
    ['`a $' + '{b} c|', { kind: 'string' }],
    ['// abc|', { kind: 'comment' }],
    ['/* abc|', { kind: 'comment' }],
    ['/* abc */|', { kind: 'name', prefix: '', start: 9, end: 9 }],
    ['1.|', { kind: 'none' }],
    ['12|', { kind: 'none' }],
    ['"abc"|', { kind: 'none' }],
    ['super.|', { kind: 'none' }],
    ['this.#p|', { kind: 'none' }],
    ['#p|', { kind: 'none' }],
    ['foo["a|', { kind: 'key', object: 'foo', quote: '"', prefix: 'a', start: 5, end: 6 }],
    ["foo.bar['|", { kind: 'key', object: 'foo.bar', quote: "'", prefix: '', start: 9, end: 9 }],
    ['["a|', { kind: 'string' }],
    ['import x from "no|', { kind: 'module', prefix: 'no', start: 15, end: 17 }],
    ['import "./|', { kind: 'module', prefix: './', start: 8, end: 10 }],
    ['export * from "./a|', { kind: 'module', prefix: './a', start: 15, end: 18 }],
    ['await import("./|', { kind: 'module', prefix: './', start: 14, end: 16 }],
    ["require('fs|", { kind: 'module', prefix: 'fs', start: 9, end: 11 }],
  ];
  for (const [marked, expected] of others) {
    test(`other: ${marked}`, () => {
      const { code, cursor } = atCursor(marked);
      assert.deepEqual(completionContext(code, cursor), expected);
    });
  }
});

describe('nameAt', () => {
  const rows: readonly (readonly [marked: string, expression: string | null])[] = [
    ['fo|o', 'foo'],
    ['  |foo', 'foo'],
    ['foo|', 'foo'],
    ['foo |', 'foo'],
    ['foo|.bar', 'foo'],
    ['foo.b|ar.baz', 'foo.bar'],
    ['foo.|', 'foo'],
    ['a[0].b|', 'a[0].b'],
    ['a["x"]|', 'a["x"]'],
    ['foo(|', 'foo'],
    ['foo(1, |', 'foo'],
    ['foo(1, "te|xt"', 'foo'],
    ['foo.bar(a, [|', 'foo.bar'],
    ['foo(bar|)', 'bar'],
    ['foo(bar)|', 'foo'],
    ['foo() |', 'foo'],
    ['foo<T>(|', 'foo'],
    ['new Foo(|', 'Foo'],
    ['if (|x)', 'x'],
    ['if (|', null],
    ['a!.b|', 'a .b'],
    ['`$' + '{na|me}`', 'name'],
    ['"foo|"', null],
    ['x = "a.b|c"; q', null],
    ['// foo|', null],
    ['|', null],
    ['foo\n|', null],
    ['const |x = 1', 'x'],
    ['cons|t x = 1', null],
    ['this.a|', 'this.a'],
    ['import.me|ta', '__elara.meta'],
    ['x = {\n  a: foo.bar|,', 'foo.bar'],
    // What the parser accepts and V8 does not, and what is nested deeper than the parser can go.
    ['/(?<a>x)(?<a>y)/.exe|c', null],
    [`${'('.repeat(20_000)}x${')'.repeat(20_000)}.a|`, null],
  ];
  for (const [marked, expression] of rows) {
    test(marked.slice(0, 100), () => {
      const { code, cursor } = atCursor(marked);
      const named = nameAt(code, cursor);
      assert.equal(named?.expression ?? null, expression);
      if (named !== null && !/meta|!/.test(code)) assert.equal(code.slice(named.start, named.end), expression);
    });
  }
});
