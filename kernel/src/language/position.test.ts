import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { Notebook } from './notebook.testing.ts';
import { placeOf } from './syntax-error.ts';

const notebook = new Notebook();
after(() => notebook[Symbol.dispose]());

/** Cells that throw where `!!` stands, which is then `fail()`. */
const rows: readonly (readonly [title: string, code: string])[] = [
  ['as it is', 'const a = 1\n  !!'],
  ['after types in the line', 'const a: number = 1, b = (x: string): string => x as any; !!'],
  ['after a var that is declared at the top', 'var a = 1; !!'],
  ['in a var', 'var { a, b: [c = !!] } = { a: 1, b: [] }'],
  ['in a function that is moved', 'const z = 1\n\nf()\nfunction f<T>(): void {\n  const x: T = !!\n}'],
  ['in an exported function', 'const z = 1\nf()\nexport function f() {\n  !!\n}'],
  ['after functions that are moved', 'const z = 1\nfunction f() {}\nfunction g() {\n}\n!!; function h() {}'],
  ['after imports over several lines', 'import {\n  sep,\n} from "node:path"\nimport * as fs from "node:fs"; !!'],
  ['after an import that is moved', 'const z = 1\nimport { sep } from "node:path"; !!'],
  ['after an erased statement', 'interface A {\n  a: 1\n}\ntype B = 2; !!'],
  ['in an arrow function with types over lines', 'const f = <\n  T,\n>(a: T): Promise<\n  T\n> => !!\nf<number>(1)'],
  ['in a class', 'class A<T> {\n  private readonly x: number = 1\n  m(): void { !! }\n}\nnew A<string>().m()'],
  ['in a block function', '{\n  const q = 1\n  g()\n  function g() { !! }\n}'],
  ['in a whole object', '{\n  a: 1,\n  b: !!\n}'],
  ['in a default export', 'export default (\n  !! )'],
  ['in a shorthand that is renamed', 'const Buffer = 1; const o = { Buffer, x: !! }'],
  [
    'after an assignment to a constant that is never made',
    'const k = 1; const f = () => { k += 1; ({ k } = { k }) }; !!',
  ],
  ['after import.meta and import()', 'import.meta.url; import("node:fs"); !!'],
  ['after await', 'await null; await 1 as number; !!'],
  ['after characters of two units', 'let s: string = "𝒳𝒴", 𝒵: number = 1; !!'],
  ['in windows lines', 'const a: number = 1\r\nvar b = 2\r\n  !!'],
  ['after a line separator', 'let s = "a\u2028b";var t = 1\n!!'],
  ['in a lowered cell', 'enum E { A, B }\n\n\nclass A {\n  constructor(private x: number) { !! }\n}\nnew A(1)'],
  ['in a lowered cell with hoisted functions', 'f()\nenum E { A }\nfunction f() {\n  const y: number = 1\n  !!\n}'],
  ['in a lowered object in its first line', '{ a: new (class { constructor(public x: number) {} })(1), b: !! } // end'],
  ['in a lowered object', '{\n  a: new (class { constructor(public x: number) {} })(1),\n  b: !!\n}'],
  ['in a lowered cell with using', 'using r = null\nconst x: number = 1\n!!'],
];

async function frame(code: string): Promise<{ line: number; column: number }> {
  const { error, rewritten } = await notebook.run(code);
  assert.ok(error instanceof Error, 'the cell throws');
  const [, line, column] = /In\[\d+\]:(\d+):(\d+)/.exec(error.stack ?? '') ?? assert.fail(error.stack);
  return rewritten.position(Number(line), Number(column));
}

describe('the place of an error in the source', () => {
  test('a function that throws', async () => {
    Object.defineProperty(globalThis, 'fail', {
      configurable: true,
      value: function fail() {
        const error = new Error('failed');
        Error.captureStackTrace(error, fail);
        throw error;
      },
    });
  });
  for (const [title, code] of rows) {
    test(title, async () => {
      const place = placeOf(code, code.indexOf('!!'));
      assert.deepEqual(await frame(code.replace('!!', 'fail()')), place);
    });
  }
  test('of a module that is missing', async () => {
    const { error, rewritten } = await notebook.run('const a = 1\n  import x from "node:missing"');
    assert.match(String(error), /missing/);
    assert.deepEqual(rewritten.position(1, 1), { line: 2, column: 3 });
  });
  test('is asked for any place without an error', () => {
    for (const code of ['', '1', 'var a = 1\nfunction f() {}', 'enum E { A }']) {
      const { position } = notebook.rewriter.rewrite({ name: 'In[1]', code });
      for (const [line, column] of [
        [1, 1],
        [1, 500],
        [50, 1],
        [2, 3],
      ] as const) {
        const place = position(line, column);
        assert.ok(place.line >= 1 && place.column >= 1);
      }
    }
  });
});
