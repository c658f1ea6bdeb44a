import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { parse } from '@babel/parser';
import type * as t from '@babel/types';
import ts from 'typescript-js';
import { Edits } from './edits.ts';
import { TypeEraser } from './erase.ts';
import { Notebook } from './notebook.testing.ts';
import { parseCell } from './parse.ts';
import { forEachChild, range } from './syntax-tree.ts';
import { Trivia } from './trivia.ts';

/** The text without its types, and nothing else changed; imports are left out, which are not the eraser's. */
function erase(code: string): string {
  const parsed = parseCell(code);
  const edits = new Edits(code);
  const eraser = new TypeEraser(edits, new Trivia(code, parsed.comments));
  const visit = (node: t.Node, parent: t.Node | null): void => {
    if (node.type === 'ImportDeclaration' || (node.type === 'ExportNamedDeclaration' && !node.declaration)) {
      edits.blank(range(node).start, range(node).end, ';');
      return;
    }
    const fate = eraser.erase(node, parent);
    assert.notEqual(fate, 'lower', `${node.type} is not erased`);
    if (fate === 'keep') forEachChild(node, (child) => visit(child, node));
  };
  for (const statement of parsed.body) visit(statement, null);
  return edits.toString();
}

/** What a program means, apart from places, empty statements and imports. */
function meaning(javascript: string): string {
  const { program } = parse(javascript, { sourceType: 'module', attachComment: false });
  const left = (value: unknown): boolean => {
    if (typeof value !== 'object' || value === null || !('type' in value)) return true;
    return (
      value.type !== 'EmptyStatement' &&
      value.type !== 'ImportDeclaration' &&
      !(value.type === 'ExportNamedDeclaration' && 'declaration' in value && !value.declaration)
    );
  };
  return JSON.stringify(program, (key, value: unknown) => {
    if (key === 'loc' || key === 'start' || key === 'end' || key === 'extra') return undefined;
    if (typeof value === 'bigint') return `${value}n`;
    return Array.isArray(value) ? value.filter(left) : value;
  });
}

function assertMeansTheSame(code: string): void {
  const erased = erase(code);
  const compiled = ts.transpileModule(code, {
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
      alwaysStrict: false,
      ignoreDeprecations: '6.0',
    },
  });
  assert.equal(meaning(erased), meaning(compiled.outputText), erased);
  const lines = (text: string): number => text.split('\n').length;
  assert.equal(lines(erased), lines(code), 'every line stays where it is');
}

const SAME = [
  'let a: number = 1, b: string | undefined, c!: Map<string, Array<number>>',
  'let f: (a: number, ...rest: any[]) => void = () => {}',
  'function f<T extends object = {}>(a: T, b?: number, ...rest: T[]): asserts a is T {}',
  'function f(this: Window): void {} function g(this: Window, a: number) {} function h(this: Window,) {}',
  'function f({ a, b }: { a: number; b?: string } = { a: 1 }, [c]: [number]) {}',
  'function f(): string; function f(a: number): string; function f(a?: number): string { return `$' + '{a}` }',
  'export function f(a: string): void\nexport function f(a: number): void\nexport function f(a: any) {}',
  'export default function f(a: string): void\nexport default function f(a: any) {}',
  'const f = <T,>(a: T): T => a',
  'const f = async <T>(a: T): Promise<T> => a',
  'const f = async <\n  T,\n>(a: T): Promise<\n  T\n> => a',
  'const f = (a: number): a is\n 1 => true',
  'function g() { return <T>(a: T): T => a }',
  'function g() { return <\n  T\n>(a: T) => a }',
  'const f = (a?: number, b /* ? */ ?: string) => a',
  'const o = { m<T>(this: object, a: T): void {}, get x(): number { return 1 }, async *g<T>(): AsyncGenerator<T> {} }',
  'const x = a as any, y = a as const, z = <any>a, w = a!, v = a satisfies B',
  'const x = (a as any).b!.c![0]!()!',
  'const x = (a as any as string) + (<any>b as number)',
  'const x = a + b as number * c',
  'const x = a as number * c',
  'const x = a as any || b as any && c!',
  'const x = <T>{ a: 1 }; const y = () => <T>{ a: 1 }; const z = <T>(<U>a)',
  'function g() { return <\n  T\n>a }',
  'function g() { return a as\n  any }',
  '(a as any) = 1; a! = 2; (<any>a).b = 3; (a satisfies B).c++; [a as any, b!] = [1, 2]',
  'for (const a of b as any[]) {} for (const a in b!) {} for (a as any of b) {}',
  'f<string>(a); new F<string>(a); new F<string>; f?.<string>(a); a.b<c>(d); tag<string>`x`; f<a<b<c>>>(d)',
  'const f = g<string>; const h = new Map<string, number>; const C = a.b<number>;',
  'a < b; a > b; a < b > c; f(a < b, c > d)',
  'class A<T> extends B<T> implements C<T>, D {}',
  'class A implements\n  B,\n  C\n{}',
  'const A = class<T> extends B<T> implements C {}',
  'abstract class A { abstract a: string; abstract m(): void; abstract get x(): number; protected abstract readonly y: 1; n() {} }',
  'export abstract class A {}',
  'export default abstract class A {}',
  'class A { private a = 1; public static readonly b: number = 2; protected c?: string; readonly d!: 1; static e }\nclass B extends A { protected override readonly c = "" }',
  'class A { a: number\n b: string\n ["c"]: 1 = 1\n static d: 2\n #e: string = ""; #f?: 3 }',
  'class A { declare a: string; declare readonly b: number\n c = 1 }',
  'class A { [key: string]: any; readonly [key: number]: any; static [key: string]: any; x = 1 }',
  'class A { constructor(); constructor(a?: number) {} }',
  'class A { m(): void; m(a: string): void; m(a?: string): void {} }',
  'class A { m?(): void {} private async *n<T>(): AsyncGenerator<T> {} get x(): number { return 1 } set x(v: number) {} }',
  'class A { private get = 1; static static: number; readonly = 2; declare; abstract: string; public() {} override?: 1 }',
  'class A { get: number\n m() {} }',
  'class A { set\n: number\n m() {} }',
  'class A { static\n: number\n m() {} }',
  'class A { async?: number\n m() {} }',
  'class A { x = 1\n public ["y"] = 2\n private *g() {} }',
  'class A { x = 1\n declare y: 1\n ["z"] = 1 }',
  'class A { x = 1;\n [key: string]: any\n ["z"] = 1 }',
  'class A { x = a as any\n ["y"] = 2 }',
  'class A { constructor(this: A, a: number) {} }',
  'interface A { a: string }\ntype B = { b: number } | A\ndeclare const c: 1\ndeclare function d(): void\ndeclare class E {}\ndeclare enum F { A }',
  'declare module "x" { export const a: 1 }\ndeclare global { var b: 2 }\ndeclare namespace N { let c: 3 }\nnamespace Types { export type T = 1; export interface I {} }',
  'export type A = 1; export interface B {} export type { C } from "c"; export type * from "d"; export declare const e: 1',
  'import type A from "a"; import type { B } from "b"; import type * as C from "c"',
  'export as namespace X',
  'type A = 1\n;(1)',
  'const a = b\ntype A = 1\n;[1]',
  'const a = f\ninterface I {}\n(1)',
  'const a = f as any\n(1)',
  'const a = f as any\n[1]',
  'const a = f as any\n`x`',
  'const a = f satisfies any // comment\n/* and more */ (1)',
  'let a: number\n(1)',
  'let a = 1 as number\nlet b = 2',
  'a!\n(b)',
  'try {} catch (e: unknown) {}',
  'if (a) type = 1; else type = 2',
  'let type = 1, as = 2, satisfies = 3, declare = 4, abstract = 5, namespace = 6, module = 7, readonly = 8; type\nT = 1',
  'var x = y as any as { a: string, b(): void }, z = 1',
  'label: for (const a of <any[]>b) continue label',
  'const x = { a: <T>b, c: d as E, ...(f as G), [h as string]: i! }',
  'const x = `$' + '{a as any}$' + '{<b>c}$' + '{d!}`',
  'const x = a ? (b as c) : d! ',
  'const x = a ? (b) : (c): d => e',
  'const f = async (a: number): Promise<void> => { for await (const b of c as any) await (b as any) }',
  'let x: typeof import("y"), z: import("y").Z<1>, u: unique symbol, k: keyof typeof a, t: `a$' +
    '{string}`, c: A extends infer B ? B : never',
  'let x: new () => A, y: abstract new () => A, z: { new (): A; (): B; readonly [k in K]?: V }, t: [a: string, b?: number, ...c: any[]]',
  'const enumLike = { A: 1 } as const satisfies Record<string, number>',
  'let v = a! + b! - c!; if (!a!) {} a! in b!; delete (a as any).b; typeof (a as any); void a!',
  'using a: number = b()',
  'let 𝒳: string = "𝒴", ñ: number = 1 // 𝒵 ü',
];

describe('erased code means what the compiler makes of it', () => {
  for (const code of SAME) test(code, () => assertMeansTheSame(code));

  for (const file of globSync('*.ts', { cwd: import.meta.dirname })) {
    test(`the source of ${file}`, () => assertMeansTheSame(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')));
  }
});

describe('what is left stays where it was', () => {
  const rows: readonly (readonly [string, string])[] = [
    ['let a: number = 1', 'let a         = 1'],
    ['f<string>(a as any, b!)', 'f        (a       , b )'],
    ['type A = 1\nlet b', ';         \nlet b'],
    ['class A { private x?: number = 1 }', 'class A { ;       x          = 1 }'],
    ['function f(this: A, b: B): C {}', 'function f(         b   )    {}'],
    ['const a = <T>b', 'const a = (  b)'],
  ];
  for (const [code, expected] of rows) test(code, () => assert.equal(erase(code), expected));
});

describe('in V8', () => {
  const notebook = new Notebook();
  after(() => notebook[Symbol.dispose]());
  const rows: readonly (readonly [string, unknown])[] = [
    ['const id = <T,>(x: T): T => x\nid<number>(1)', 1],
    ['function pick<T, K extends keyof T>(o: T, k: K): T[K] { return o[k] }\npick({ a: 1 }, "a")', 1],
    [
      'abstract class Shape { abstract area(): number; twice() { return 2 * this.area() } }\nclass Sq extends Shape { constructor(readonly_: number) { super() } override area(): number { return 4 } }\nnew Sq(2).twice()',
      8,
    ],
    [
      'class Counter { #n: number = 0; static made?: number; inc(): this { this.#n++; return this } get n(): number { return this.#n } }\nnew Counter().inc().n',
      1,
    ],
    ['class D { declare ghost: string; real!: number }\nObject.keys(new D())', ['real']],
    ['let x = "5" as unknown as number\nx', '5'],
    ['const t = [1, 2] as const satisfies readonly number[]\nt[1]', 2],
    ['type Fn = (x: number) => number\nconst dbl: Fn = (x) => x * 2\ndbl(4)', 8],
    [
      'function over(a: string): string\nfunction over(a: number): string\nfunction over(a: any) { return typeof a }\nover(1)',
      'number',
    ],
    ['interface P { x: number }\nconst p: P = { x: 1 }\n;({ x: (p as any).x } as P)', { x: 1 }],
    ['const g = function* <T>(xs: T[]): Generator<T> { yield* xs }\n;[...g<number>([1, 2])]', [1, 2]],
    ['let n: number | null = 3\nn!.toFixed(1)', '3.0'],
    ['async function later<T>(v: T): Promise<T> { return v }\nawait later<string>("x")', 'x'],
  ];
  for (const [code, expected] of rows) {
    test(code, async () => assert.deepEqual(await notebook.value(code), expected));
  }
});
