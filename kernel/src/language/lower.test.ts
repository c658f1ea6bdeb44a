import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Notebook } from './notebook.testing.ts';

const notebook = new Notebook();
after(() => notebook[Symbol.dispose]());

type Row = readonly [title: string, cells: readonly string[], expected: unknown];

function each(rows: readonly Row[], own = notebook): void {
  for (const [title, cells, expected] of rows) {
    test(title, async () => {
      let value: unknown;
      for (const cell of cells) value = await own.value(cell);
      assert.deepEqual(value, expected);
    });
  }
}

describe('enum', () => {
  each([
    ['of numbers', ['enum N1 { A, B = 5, C }', '[N1.A, N1.C, N1[5]]'], [0, 6, 'B']],
    [
      'of strings',
      ['enum S1 { A = "a", B = `b` }', 'Object.entries(S1)'],
      [
        ['A', 'a'],
        ['B', 'b'],
      ],
    ],
    ['with computed members', ['enum C1 { A = 1 << 2, B = A | 1, C = "xy".length }\n[C1.A, C1.B, C1.C]'], [4, 5, 2]],
    ['const', ['const enum K1 { A = 3 } K1.A'], 3],
    ['before its line', ['var was = typeof Later1; enum Later1 { A } was'], 'undefined'],
    ['declared anew has only its new members', ['enum R1 { A, B }', 'enum R1 { C }', 'Object.keys(R1)'], ['0', 'C']],
    ['in two parts in one cell', ['enum P1 { A } enum P1 { B = 1 } [P1.A, P1.B]'], [0, 1]],
    ['after a constant of its name', ['const X1 = 5', 'enum X1 { A }', 'X1.A'], 0],
    ['in a function', ['function inner() { enum I1 { A = 9 } return I1.A } inner()'], 9],
    ['that is only declared leaves nothing', ['declare enum Gone1 { A }\ntypeof Gone1'], 'undefined'],
  ]);
});

describe('namespace', () => {
  each([
    [
      'with values',
      [
        'namespace N2 { export const a = 1; export function f() { return a + 1 } const hidden = 3 }',
        '[N2.a, N2.f(), N2.hidden]',
      ],
      [1, 2, undefined],
    ],
    ['nested', ['namespace A2.B.C { export let x = 4 }', 'A2.B.C.x'], 4],
    [
      'adds to one of an earlier cell',
      ['namespace M2 { export const a = 1 }', 'namespace M2 { export const b = 2 }', '[M2.a, M2.b]'],
      [1, 2],
    ],
    [
      'adds to an enum of an earlier cell',
      [
        'enum L2 { Low, High }',
        'namespace L2 { export const parse = (s: string) => L2[s as any] }',
        '[L2.parse("High"), L2.Low]',
      ],
      [1, 0],
    ],
    [
      'adds to a class of an earlier cell',
      ['class K2 { static own = 1 }', 'namespace K2 { export const added = 2 }', '[K2.own, K2.added, typeof K2]'],
      [1, 2, 'function'],
    ],
    [
      'adds to a function of its cell',
      ['function f2() { return f2.count }\nnamespace f2 { export let count = 3 }\nf2()'],
      3,
    ],
    ['takes the place of a constant', ['const T2 = 5', 'namespace T2 { export const a = 1 }', 'T2.a'], 1],
    ['of types only leaves nothing', ['namespace Only2 { export type T = 1 }\ntypeof Only2'], 'undefined'],
  ]);
});

describe('classes', () => {
  each([
    [
      'parameter properties',
      [
        'class P3 { constructor(private readonly a: number, public b = 2, c?: number) {} sum() { return this.a + this.b } }',
        'const p3 = new P3(1); [p3.sum(), Object.keys(p3)]',
      ],
      [3, ['a', 'b']],
    ],
    [
      'parameter properties of a subclass',
      [
        'class B3 { constructor(public x: number) {} } class D3 extends B3 { constructor(x: number, public y: number) { super(x) } }',
        '({ ...new D3(1, 2) })',
      ],
      { x: 1, y: 2 },
    ],
    [
      'a decorator of a class',
      [
        'const seen3: string[] = []; function note(c: any, ctx: any) { seen3.push(`$' +
          '{ctx.kind} $' +
          '{ctx.name}`) }\n@note class C3 { @note m() {} @note f = 1; @note static s() {} @note accessor a = 2; @note get g() { return 1 } }',
        'seen3',
      ],
      ['method s', 'method m', 'accessor a', 'getter g', 'field f', 'class C3'],
    ],
    [
      'a decorator that replaces',
      [
        'const twice = (f: any) => function (this: any, ...a: any[]) { return 2 * f.apply(this, a) }\nclass D4 { @twice m(x: number) { return x } }',
        'new D4().m(4)',
      ],
      8,
    ],
    [
      'a class with a decorator can be declared anew',
      ['const add = (v: number) => (c: any) => { c.v = v }\n@add(1) class R3 {}', '@add(2) class R3 {}', 'R3.v'],
      2,
    ],
    ['an accessor', ['class A3 { accessor x = 1 } const a3 = new A3(); a3.x += 1; a3.x'], 2],
  ]);
  const legacy = new Notebook({ experimentalDecorators: true });
  after(() => legacy[Symbol.dispose]());
  each(
    [
      [
        'decorators of old, of parameters too',
        [
          'const log5: any[] = []; const d = (t: any, k: any, i: any) => { log5.push([k, typeof i]) }\nclass L5 { @d m(@d a: number) {} @d p = 1 }',
          'log5',
        ],
        [
          ['m', 'number'],
          ['m', 'object'],
          ['p', 'undefined'],
        ],
      ],
    ],
    legacy,
  );
});

describe('using', () => {
  const made = 'const log6: string[] = []; const open6 = (n: string) => ({ n, [Symbol.dispose]() { log6.push(n) } })';
  each([
    [
      'at the top level is released when the cell ends',
      [made, 'using r6 = open6("a"), s6 = open6("b"); log6.push("in"); [...log6]', 'log6'],
      ['in', 'b', 'a'],
    ],
    ['its name lives on', [`${made}; using t6 = open6("c")`, 't6.n'], 'c'],
    ['the cell has its result', [`${made}; using u6 = open6("d"); u6.n`], 'd'],
    ['is released when the cell fails', [made, 'try { 1 } finally {}', 'log6.length'], 0],
    [
      'await using',
      [`${made}; await using v6 = { async [Symbol.asyncDispose]() { log6.push("async") } }; log6.push("in")`, 'log6'],
      ['in', 'async'],
    ],
    ['in a block', [`${made}; { using w6 = open6("e") } log6`], ['e']],
    [
      'in a function',
      [`${made}; function w7() { using x = open6("f"); return log6.length } [w7(), ...log6]`],
      [0, 'f'],
    ],
    [
      'beside functions and classes',
      [
        `${made}; using x6 = open6("g"); class Q6 {} function q6() { return 1 } const z6 = 2`,
        '[typeof Q6, q6(), z6, ...log6]',
      ],
      ['function', 1, 2, 'g'],
    ],
  ]);
  test('is released when the cell fails', async () => {
    await notebook.value('globalThis.released7 = 0');
    await assert.rejects(
      notebook.value('using f7 = { [Symbol.dispose]() { released7++ } }; throw new RangeError("out")'),
      RangeError,
    );
    assert.equal(await notebook.value('released7'), 1);
  });
});

/** A package that makes elements. */
const jsxPackage = (from: string): string => {
  const code = `export const jsx = (...all) => ['${from}', ...all.slice(0, 2)], jsxs = jsx, Fragment = 'fragment'`;
  return `data:text/javascript,${encodeURIComponent(code)}//`;
};
const JSX_MADE = jsxPackage('of the options');
const JSX_OTHER = jsxPackage('of the pragma');

describe('JSX', () => {
  const h = 'const h = (tag: any, props: any, ...children: any[]) => [tag, props, ...children]';
  each([
    ['with a pragma', [`/** @jsx h */\n${h}\n;<a href="x">{1 + 1} text</a>`], ['a', { href: 'x' }, 2, ' text']],
    [
      'with a pragma and types',
      ['/* @jsx h */ const t8 = <T,>(x: T): T => x\n;<b>{t8<number>(1)}</b>'],
      ['b', null, 1],
    ],
    [
      'with a pragma for fragments',
      ['/** @jsx h\n * @jsxFrag Frag */ const Frag = "f"\n;<><i/></>'],
      ['f', null, ['i', null]],
    ],
  ]);
  const react = new Notebook();
  after(() => react[Symbol.dispose]());
  each(
    [
      [
        'without a pragma calls React',
        ['const React = { createElement: (...all: any[]) => all }', '<p id="1"/>'],
        ['p', { id: '1' }],
      ],
      ['in what is no TypeScript only', ['const text9 = 5\nconst t9 = <T,>(x: T) => <any>x\nt9(text9)'], 5],
      ['is broken TypeScript', ['const els9 = [1, 2].map((n) => <b>{n}</b>)\nels9.length'], 2],
    ],
    react,
  );
  const preact = new Notebook({ jsxFactory: 'make', jsxFragmentFactory: 'Frag' });
  after(() => preact[Symbol.dispose]());
  each(
    [
      [
        'calls the factory of the options',
        ['const Frag = 0, make = (...all: any[]) => all', '<><q/></>'],
        [0, null, ['q', null]],
      ],
    ],
    preact,
  );
  const automatic = new Notebook({ jsx: 'react-jsx', jsxImportSource: JSX_MADE });
  after(() => automatic[Symbol.dispose]());
  each(
    [
      ['imports what it is made with, by the options', ['<b>{1}</b>'], ['of the options', 'b', { children: 1 }]],
      [
        'or by a pragma, and each cell keeps its own',
        ['function made7() { return <i/> }', `/** @jsxImportSource ${JSX_OTHER} */\n<b/>`, '[made7()[0], (<b/>)[0]]'],
        ['of the options', 'of the options'],
      ],
      ['leaves no names', ['<><b/></>', 'typeof _jsx'], 'undefined'],
    ],
    automatic,
  );
  each([['by a pragma, without options', [`/** @jsxImportSource ${JSX_OTHER} */\n(<b/>)[0]`], 'of the pragma']]);
  test('that is broken is refused for what is wrong with it', () => {
    assert.throws(() => notebook.rewriter.rewrite({ name: 'In[1]', code: 'const x = <div a={1}>hello</dif>' }), {
      code: 'ERR_CELL_SYNTAX',
      message: /corresponding JSX closing tag for <div>/,
      line: 1,
    });
  });
});

describe('a lowered cell is a cell', () => {
  each([
    [
      'that keeps to itself what the compiler has added',
      [
        'const env_1 = "mine"; 0',
        '{ using r8 = { [Symbol.dispose]() {} } }\nclass E8 { @((f: any) => f) m() {} }',
        '[env_1, typeof __esDecorate]',
      ],
      ['mine', 'undefined'],
    ],
    ['with a result', ['enum Z1 { A = 4 }\nZ1.A'], 4],
    ['with await', ['enum Z2 { A }\nawait 5'], 5],
    [
      'with imports',
      ['enum Z3 { A }\nimport { sep } from "node:path"; import type { T } from "nowhere"\ntypeof sep'],
      'string',
    ],
    ['with functions before their lines', ['later()\nenum Z4 { A }\nfunction later() { return 1 }\nlater()'], 1],
    ['sloppy', ['enum Z5 { A }\nwith ({ q: 6 }) q'], 6],
    [
      'with import.meta and import()',
      ['enum Z6 { A }\n[typeof import.meta.url, typeof (await import("node:fs")).readFileSync]'],
      ['string', 'function'],
    ],
    ['as an object', ['{ a: class { constructor(public x: number) {} } }.a.name'], 'a'],
  ]);
  test('with constants', async () => {
    await assert.rejects(notebook.value('enum Z7 { A }\nconst z7 = 1\nz7 = 2'), /Assignment to constant variable/);
    await assert.rejects(notebook.value('z7 = 2'), /Assignment to constant variable/);
    await assert.rejects(notebook.value('enum Z8 { A }\nconst z8 = 1\nz8++'), /Assignment to constant variable/);
  });
  test('strict if it says so', async () => {
    await assert.rejects(notebook.value("'use strict'\nenum Z9 { A }\nnotDeclared9 = 1"), ReferenceError);
  });
});
