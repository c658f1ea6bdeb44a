import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Notebook } from './notebook.testing.ts';

const notebook = new Notebook();
after(() => notebook[Symbol.dispose]());

/** A module; each of its text is a module of its own. */
const module = (source: string): string => JSON.stringify(`data:text/javascript,${encodeURIComponent(source)}`);
const ab = module('export const a = 1, b = 2; export default 3; export const log = []; export { a as "with-dash" }');
const json = JSON.stringify('data:application/json,{"a":[1]}');

describe('import', () => {
  const rows: readonly (readonly [title: string, cells: readonly string[], expected: unknown])[] = [
    ['of the default', [`import d from ${ab}`, 'd'], 3],
    ['of names', [`import { a, b as c } from ${ab}`, '[a, c]'], [1, 2]],
    ['of names in strings', [`import { "with-dash" as dash, default as d2 } from ${ab}`, '[dash, d2]'], [1, 3]],
    ['of the namespace', [`import * as ns from ${ab}`, '[ns.a, ns.default]'], [1, 3]],
    ['of default and namespace', [`import d3, * as ns3 from ${ab}`, '[d3, ns3.b]'], [3, 2]],
    ['of default and names', [`import d4, { a as a4 } from ${ab}; [d4, a4]`], [3, 1]],
    ['for its effects', [`import ${module('globalThis.effect = 5')}`, 'effect'], 5],
    ['of nothing', [`import {} from ${module('globalThis.effect2 = 6')}`, 'effect2'], 6],
    ['of JSON', [`import data from ${json} with { type: "json" }\ndata`], { a: [1] }],
    ['over several lines', [`import {\n  a as a5, // one\n  b as b5,\n} from ${ab}\na5 + b5`], 3],
    ['after the code that uses it', [`const early = a6\nimport { a as a6 } from ${ab}\nearly`], 1],
    [
      'in order',
      [
        `globalThis.order = []\nimport ${module('globalThis.order = [1]')}\nimport ${module('globalThis.order.push(2)')}\norder`,
      ],
      [],
    ],
    [
      'of types leaves nothing',
      [
        'import type { T } from "nowhere"; import { type U } from "nowhere"; import type D from "nowhere"; import type * as N from "nowhere"; 1',
      ],
      1,
    ],
    ['of types and values', [`import { type T, a as a7 } from ${ab}; a7`], 1],
    [
      'of a type that is written as a value',
      [`import { T7, a as a8 } from ${ab}\nconst t: T7 = a8, f = (x: T7[]): T7 => x[0]\nt`],
      1,
    ],
    ['again', [`import { a as again } from ${ab}`, `import { b as again } from ${ab}; again`], 2],
    [
      'is seen by a function of the cell',
      [`function useIt() { return a9 }\nimport { a as a9 } from ${ab}`, 'useIt()'],
      1,
    ],
    ['by require', ['globalThis.require = (name) => ({ name })\nimport fs = require("node:fs")', 'fs.name'], 'node:fs'],
    ['of an alias', ['const Outer = { Inner: { x: 1 } }\nimport X = Outer.Inner.x\nX'], 1],
    ['of a type by require leaves nothing', ['import type T = require("nowhere"); 2'], 2],
    ['by an expression', [`(await import(${ab})).default`], 3],
    ['by an expression, with options', [`(await import(${json}, { with: { type: "json" } })).default`], { a: [1] }],
    ['by an expression in a function', [`const load = async (x) => (await import(x)).a\nawait load(${ab})`], 1],
    [
      'by an expression in a later call of a function',
      [`class Loader { static async load() { return import(${ab}) } }`, '(await Loader.load()).b'],
      2,
    ],
    ['meta', ['typeof import.meta.url'], 'string'],
    ['meta in a function', ['(() => import.meta.dirname)()'], import.meta.dirname],
  ];
  for (const [title, cells, expected] of rows) {
    test(title, async () => {
      let value: unknown;
      for (const cell of cells) value = await notebook.value(cell);
      assert.deepEqual(value, expected);
    });
  }
  test('of a name that the module does not have is refused', async () => {
    await assert.rejects(notebook.value(`import { none } from ${ab}`), {
      name: 'SyntaxError',
      message: /^The requested module '.*' does not provide an export named 'none'$/,
    });
    await assert.rejects(notebook.value(`import none from ${module('export const a = 1')}`), /export named 'default'/);
    await assert.rejects(notebook.value(`export { none } from ${ab}`), /export named 'none'/);
  });
  test('of a value that is used as one and as a type is required', async () => {
    await assert.rejects(notebook.value(`import { T } from ${ab}\nconst t: T = T`), /export named 'T'/);
  });
  test('of a name that only another import or an export mentions is required', async () => {
    await assert.rejects(
      notebook.value(`import { a as nodefault } from ${ab}; import nodefault2 from ${module('0/*nodefault2*/')}`),
      /'default'/,
    );
    await assert.rejects(notebook.value(`import { missing } from ${ab}; export { missing }`), /export named 'missing'/);
    await assert.rejects(notebook.value(`import { unused } from ${ab}`), /export named 'unused'/);
  });
  test('of a module that does not exist fails, and nothing of the cell runs', async () => {
    await notebook.value('globalThis.ran = false');
    await assert.rejects(notebook.value('ran = true\nimport x from "node:does-not-exist"'), /does-not-exist/);
    assert.equal(await notebook.value('ran'), false);
  });
});

describe('export', () => {
  const rows: readonly (readonly [title: string, cells: readonly string[], expected: unknown])[] = [
    ['of a const', ['export const e1 = 1', 'e1'], 1],
    ['of a var by a pattern', ['const q = 1\nexport var { e2 } = { e2: 2 }', 'e2'], 2],
    ['of a function', ['e3()\nexport function e3() { return 3 }', 'e3()'], 3],
    ['of an async function', ['export async function e3a() { return 3 }', 'await e3a()'], 3],
    ['of a class', ['export class E4 {}', 'E4.name'], 'E4'],
    ['of an abstract class', ['export abstract class E5 { abstract m(): void }', 'E5.name'], 'E5'],
    ['of an enum', ['export enum E6 { A = 4 }', 'E6.A'], 4],
    ['of names', ['const e7 = 7; export { e7, e7 as other, nowhere }; e7'], 7],
    ['of a default value', ['export default 5 + 1'], 6],
    ['of a default object', ['export default { a: 1 }'], { a: 1 }],
    ['of a default that ends in a comment', ['export default [1] // one'], [1]],
    ['of a default after a line without semicolon', ['const e8 = (x) => x\nexport default (9)'], 9],
    ['of a default before a line with a parenthesis', ['export default class {}\n(8)'], 8],
    ['of a default function with a name', ['export default function e9() { return 9 }', 'e9()'], 9],
    [
      'of a default function without one',
      ['(0, export_)\nvar export_ = 1\nexport default function () { return 10 }'],
      Function,
    ],
    ['of a default class with a name', ['export default class E10 { static x = 1 }', 'E10.x'], 1],
    ['of a default arrow function', ['(await (async () => 1)())\nexport default () => 11'], Function],
    ['of a default as const', ['export default { a: 1 } as const'], { a: 1 }],
    [
      'of types leaves nothing',
      [
        'export type T = 1; export interface I {} export type { U } from "nowhere"; export declare const x: 1; export default interface J {}\n3',
      ],
      3,
    ],
    ['= value', ['export = { a: 1 }'], { a: 1 }],
    ['from a module', [`export { a } from ${ab}; export * from ${ab}; export * as all from ${ab}; 4`], 4],
  ];
  for (const [title, cells, expected] of rows) {
    test(title, async () => {
      let value: unknown;
      for (const cell of cells) value = await notebook.value(cell);
      if (expected === Function) assert.equal(typeof value, 'function');
      else assert.deepEqual(value, expected);
    });
  }
});
