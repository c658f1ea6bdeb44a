import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Notebook } from './notebook.testing.ts';

const notebook = new Notebook();
after(() => notebook[Symbol.dispose]());

/** Cells that run one after the other, and the value of the last. */
type Row = readonly [title: string, cells: readonly string[], expected: unknown];

function each(rows: readonly Row[]): void {
  for (const [title, cells, expected] of rows) {
    test(title, async () => {
      using notebook = new Notebook();
      let value: unknown;
      for (const cell of cells) value = await notebook.value(cell);
      assert.deepEqual(value, expected);
    });
  }
}

describe('declarations live on in later cells', () => {
  each([
    ['const', ['const a = 1', 'a'], 1],
    ['let', ['let a = 1', 'a = 2', 'a'], 2],
    ['let without a value is undefined', ['let a = 1', 'let a; a'], undefined],
    ['var', ['var a = 1', 'a'], 1],
    ['var without a value keeps the one it has', ['var a = 5', 'var a; a'], 5],
    ['var without a value, for the first time', ['var neverBefore; neverBefore'], undefined],
    ['var of several', ['var a = 1, b, c = a + 1; [a, b, c]'], [1, undefined, 2]],
    ['var by an object pattern', ['var { a, b: { c } } = { a: 1, b: { c: 2 } }; [a, c]'], [1, 2]],
    ['var by an object pattern after a line without semicolon', ['let f = (x) => x\nvar { a } = { a: 7 }\na'], 7],
    ['var by an array pattern after a line without semicolon', ['let f = [1]\nvar [a] = [8]\na'], 8],
    ['var in a block', ['{ var a = 3 }', 'a'], 3],
    ['var in an if without a block', ['if (true) var a = 4', 'a'], 4],
    ['var in an else', ['if (false) var a = 4; else var b = 5', 'b'], 5],
    ['var in an if with an else, by a pattern', ['if (true) var { a } = { a: 6 }; else var b = 5', 'a'], 6],
    [
      'var without a value in an if',
      ['if (true) var fresh1; else var fresh2', '[fresh1, fresh2]'],
      [undefined, undefined],
    ],
    ['var with a bare last name before a parenthesis', ['let id = (x) => x\nvar a = 1, b\n(id(2))'], 2],
    ['var in for', ['for (var i = 0, n = 3; i < n; i++);', '[i, n]'], [3, 3]],
    ['var in for without a value', ['for (var w1; false;);', 'w1'], undefined],
    ['var in for-of', ['for (var i of [1, 2]);', 'i'], 2],
    ['var in for-of by a pattern', ['for (var { x, y = 5 } of [{ x: 1 }]);', '[x, y]'], [1, 5]],
    ['var in for-in', ['for (var key in { p: 1 });', 'key'], 'p'],
    ['var in for-in with a value', ['for (var i2 = 9 in {});', 'i2'], 9],
    ['var called async in for-of', ['for (var async of [7]);', 'async'], 7],
    ['var in for await', ['for await (var i of [Promise.resolve(4)]);', 'i'], 4],
    [
      'var in try, catch and finally',
      ['try { var a = 1; throw 2 } catch { var b = 2 } finally { var c = 3 }', '[a, b, c]'],
      [1, 2, 3],
    ],
    ['var in switch', ['switch (1) { case 1: var a = 9 }', 'a'], 9],
    ['var under a label', ['here: var a = 10', 'a'], 10],
    ['var twice in a cell', ['var a = 1; var a = 2; a'], 2],
    ['var in a function stays there', ['let a = 1; (function () { var a = 2 })(); a'], 1],
    ['var in a static block stays there', ['let a = 1; class S { static { var a = 2 } }; a'], 1],
    ['var is undefined before its line', ['var early = [typeof late]; var late = 1; early'], ['undefined']],
    ['function', ['function f() { return 1 }', 'f()'], 1],
    ['function before its line', ['g(); function g() { return 2 }', 'g()'], 2],
    ['function that the result calls', ['function twice(x) { return 2 * x }\ntwice(4)'], 8],
    [
      'functions that call each other',
      [
        'even(4); function even(n) { return n === 0 || odd(n - 1) }\nfunction odd(n) { return n !== 0 && even(n - 1) }',
        'even(3)',
      ],
      false,
    ],
    [
      'a function can be wrapped under its own name',
      [
        'function fib(n) { calls++; return n < 2 ? n : fib(n - 1) + fib(n - 2) }\nvar calls = 0, memo = {}, plain = fib\nfib = (n) => memo[n] ??= plain(n)\n;[fib(20), calls]',
      ],
      [6765, 21],
    ],
    ['async function', ['async function f() { return 3 }', 'await f()'], 3],
    ['generator', ['function* f() { yield 1; yield 2 }', '[...f()]'], [1, 2]],
    ['async generator', ['async function* f() { yield 4 }', 'for await (const v of f()) var got = v', 'got'], 4],
    ['a function has its name', ['function named() {}', 'named.name'], 'named'],
    ['function twice in a cell: the last one counts', ['function f() { return 1 } function f() { return 2 } f()'], 2],
    ['function and var of one name', ['var both = 1; function both() {} both'], 1],
    ['function and a bare var of one name', ['var both2; function both2() {} typeof both2'], 'function'],
    ['function in a block', ['{ function inBlock() { return 5 } }', 'inBlock()'], 5],
    ['function in a block before its line', ['{ var got = inBlock2(); function inBlock2() { return 6 } }', 'got'], 6],
    [
      'function in a block is undefined before the block',
      ['var was = typeof inBlock3; { function inBlock3() {} } was'],
      'undefined',
    ],
    ['function in a block of a let of its name', ['let inBlock4 = 1; { function inBlock4() {} } inBlock4'], 1],
    [
      'function in a block after a let of its name in another cell',
      ['let blk = 1', '{ function blk() { return 2 } } blk()'],
      2,
    ],
    ['let after a function in a block', ['{ function blk2() {} }', 'let blk2 = 3; blk2'], 3],
    ['functions of one name in a block', ['{ function d() { return 1 } function d() { return 2 } } d()'], 2],
    [
      'function in a block inside of a let of its name',
      ['let out = 0; { let inner = 1; { function inner() {} } out = inner } out'],
      1,
    ],
    ['function in an if without a block', ['if (true) function inIf() { return 7 }', 'inIf()'], 7],
    ['function in a switch', ['switch (1) { case 1: function inCase() { return 8 } }', 'inCase()'], 8],
    ['class', ['class C { static x = 1 }', 'C.x'], 1],
    [
      'class that extends one of an earlier cell',
      ['class A { a() { return 1 } }', 'class B extends A {}; new B().a()'],
      1,
    ],
    [
      'destructuring with defaults and rest',
      ['const { a = 1, ...others } = { b: 2 }, [x, , ...y] = [1, 2, 3, 4]', '[a, others, x, y]'],
      [1, { b: 2 }, 1, [3, 4]],
    ],
    ['names are inferred', ['const arrow = () => {}, K = class {}; [arrow.name, K.name]'], ['arrow', 'K']],
    ['a name in another script', ['let ünïcödé = 1, $ = 2, _ = 3', 'ünïcödé + $ + _'], 6],
    ['an escape in a name', ['let esc\\u0061pe = 1; escape'], 1],
  ]);
});

describe('nothing of the runtime breaks', () => {
  each([
    [
      'a function called process',
      ['function process() { return 1 }', '[process(), typeof globalThis.process.pid]'],
      [1, 'number'],
    ],
    ['a const called fetch', ['const fetch = 1', '[fetch, typeof globalThis.fetch]'], [1, 'function']],
    ['a var called Promise does not stop await', ['var Promise = 1', 'await 2'], 2],
    ['a class called Map', ['class Map {}', '[new Map() instanceof globalThis.Map]'], [false]],
    [
      'nothing is put on the global object',
      [
        'var v1 = 1; function f1() {} { function f2() {} } class c1 {}',
        "['v1', 'f1', 'f2', 'c1'].filter((name) => name in globalThis)",
      ],
      [],
    ],
    ['names without a declaration are global, as in any script', ['implicitName = 4', 'globalThis.implicitName'], 4],
    ['a global can be declared later', ['implicitLater = 4', 'let implicitLater = 5; implicitLater'], 5],
    ['this is the global object', ['this === globalThis'], true],
    ['sloppy mode', ['with ({ inWith: 3 }) inWith'], 3],
  ]);
  test("'use strict' holds for its cell", async () => {
    await assert.rejects(notebook.value("'use strict'\nvar strictVar = 1\nundeclaredInStrict = 1"), ReferenceError);
    assert.equal(await notebook.value("'use strict'; function strictThis() { return this }\nstrictThis()"), undefined);
    assert.equal(await notebook.value('undeclaredInSloppy = 1'), 1);
  });
});

describe('await', () => {
  each([
    ['at the top level', ['await Promise.resolve(1)'], 1],
    ['in a declaration', ['const a = await 2, { b } = await { b: 3 }; a + b'], 5],
    ['in nested expressions', ['[await 1, `$' + '{await 2}`, { k: await 3 }]'], [1, '2', { k: 3 }]],
    ['in blocks', ['if (await true) { var a = await 4 }', 'a'], 4],
    ['for await', ['let sum = 0; for await (const v of [1, Promise.resolve(2)]) sum += v; sum'], 3],
    ['in a class field of the top level', ['class F { static v = 1 }; await F.v'], 1],
  ]);
});

test('a promise as result is not awaited', async () => {
  const { value } = await notebook.run('Promise.resolve(1)');
  assert.ok(value instanceof Promise);
});

describe('the result', () => {
  const shows: readonly (readonly [string, boolean])[] = [
    ['1 + 1', true],
    ['1 + 1;', false],
    ['1 + 1 // a comment;', true],
    ['1 + 1\n\n', true],
    ['1 + 1; // a comment', false],
    ["'a string'", true],
    ["'a string';", false],
    ["'use strict'\n5", true],
    ['const a = 1', false],
    ['const a = 1\na', true],
    ['if (true) 1', false],
    ['for (;false;) 1', false],
    ['function f() {}', false],
    ['{ a: 1 }', true],
    ['{ let a = 1; a }', false],
    ['', false],
    ['// nothing', false],
    [';', false],
    ['x = 1', true],
    ['1\ntype T = 1', false],
    ['`a;`', true],
    ['export default 5', true],
    ['export default 5;', false],
    ['export default function f() {}', false],
    ['export = 5', true],
    ['import "node:fs"', false],
    ['1 as number', true],
    ['(1);', false],
  ];
  for (const [code, expected] of shows) {
    test(`${JSON.stringify(code)} ${expected ? 'shows' : 'does not show'} it`, () => {
      assert.equal(notebook.rewriter.rewrite({ name: 'In[1]', code }).showsResult, expected);
    });
  }
  each([
    ['an object literal', ['{ a: 1 }'], { a: 1 }],
    ['an object literal and a member of it', ['{ a: 1, b: [2] }.b'], [2]],
    ['an empty object literal', ['{}'], {}],
    ['an object literal with a comment before it', ['// an object\n{ a: 1 } // so'], { a: 1 }],
    ['an object literal of shorthands', ['let p = 1, q = 2', '{ p, q }'], { p: 1, q: 2 }],
    ['an object literal as const', ['{ a: 1 } as const'], { a: 1 }],
    ['an object literal with await', ['{ a: await 1 }'], { a: 1 }],
    ['a block is a block', ['{ let a = 1; a + 1 }'], 2],
    ['a block and more', ['{ let a = 1 }\n5'], 5],
    ['a directive', ["'hello'"], 'hello'],
    ['an expression after functions', ['1 + one()\nfunction one() { return 1 }'], 2],
    ['a hashbang', ['#!/usr/bin/env node\nvar afterHashbang = 5; afterHashbang'], 5],
    ['a comment at the end', ['5 // five'], 5],
    ['a class expression', ['(class Q {}).name'], 'Q'],
    ['a sequence', ['1, 2'], 2],
    ['nothing', [''], undefined],
    ['windows line ends', ['const a = 1\r\nvar b = 2\r\na + b\r\n'], 3],
  ]);
});

describe('declared', () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ['const a = 1, { b, c: [d] } = x; let e', ['a', 'b', 'd', 'e']],
    ['var a; for (var b of []); { var c }', ['a', 'b', 'c']],
    ['function f() { var inner }', ['f']],
    ['class C {}', ['C']],
    ['import d, { a as b, type T } from "node:fs"; import * as ns from "node:os"', ['d', 'b', 'ns']],
    ['import type { T } from "x"; interface I {} type U = 1; declare const V: 1', []],
    ['enum E { A } namespace N { export const a = 1 } namespace Only { export type T = 1 }', ['E', 'N']],
    ['export const a = 1; export default class D {}', ['a', 'D']],
    ['{ let hidden; const also = 1 }', []],
    ['using r = null', ['r']],
    ['class P { constructor(private x: number) {} }', ['P']],
    ['a = 1', []],
  ];
  for (const [code, expected] of rows) {
    test(code, () => {
      assert.deepEqual(new Set(notebook.rewriter.rewrite({ name: 'In[1]', code }).declared), new Set(expected));
    });
  }
});
