import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CellRewriter, CellSyntaxError } from './index.ts';
import { Notebook } from './notebook.testing.ts';
import { excerptAt, placeOf } from './syntax-error.ts';

function errorOf(code: string): CellSyntaxError {
  try {
    new CellRewriter().rewrite({ name: 'In[1]', code });
  } catch (error) {
    assert.ok(error instanceof CellSyntaxError, String(error));
    return error;
  }
  return assert.fail(`accepted: ${code}`);
}

/** The error of each code, at the place of the `^` that is not part of it. */
const rows: readonly (readonly [code: string, message: string | RegExp])[] = [
  ['let a ^b', "Unexpected name 'b'"],
  ['foo(^', 'Unexpected end of input'],
  ['const x = {\n  a: 1\n^', /^Unexpected end of input/],
  ['foo^)', "Unexpected token ')'"],
  ['let a; let ^a', "Identifier 'a' has already been declared"],
  ['const a = 1\nfunction ^a() {}', "Identifier 'a' has already been declared"],
  ['import { a } from "b"\nlet ^a', "Identifier 'a' has already been declared"],
  ['class A {}\nvar ^A', "Identifier 'A' has already been declared"],
  ['function f() { let a; let ^a }', "Identifier 'a' has already been declared"],
  ['const x^', /^Missing initializer in const declaration/],
  ['^return 1', "'return' outside of function"],
  ['function f() { ^await 1 }', /^'await' is only allowed within async functions/],
  ['^break', /^Unsyntactic break/],
  ['if (x) { ^import a from "b" }', "'import' and 'export' may only appear at the top level"],
  ['function f() { ^export const a = 1 }', "'import' and 'export' may only appear at the top level"],
  ['const r = ^/(/', /^Invalid regular expression: \/\(\/: Unterminated group$/],
  ['let ^undefined = 1', "Identifier 'undefined' cannot be declared: the name is taken"],
  ['let { a: ^NaN } = {}', "Identifier 'NaN' cannot be declared: the name is taken"],
  ['function ^__elara() {}', "Identifier '__elara' cannot be declared: the name is taken"],
  ['"use strict"\n^with (a) {}', "'with' in strict mode"],
  ['const s = ^"abc\n', 'Unterminated string constant'],
  ['`^abc', 'Unterminated template'],
  ['^/* abc', 'Unterminated comment'],
  ['x = { a: 1, b: 2 ^c: 3 }', /^Unexpected name 'c', expected ","/],
  ['{ a: 1, b: 2 ^c: 3 }', /^Unexpected name 'c', expected ","/],
  ['let a: ^= 1', "Unexpected token '='"],
  ['let a ^b; foo(', "Unexpected name 'b'"],
  ['enum E { A } let ^E', "Identifier 'E' has already been declared"],
  ['class A { constructor() { ^super() } }', /^`super\(\)` is only valid/],
  ['^new.target', /new.target/],
  ['enum E { A }\nnamespace N {\n  const r = ^/(/\n}', /^Invalid regular expression/],
  ['import.meta; import(,^ x)', "Unexpected token ','"],
  ['namespace ^delete c', "Unexpected name 'delete'"],
  ['enum E { A }\nnamespace delete ^c', "Unexpected name 'c'"],
  ['let x = 1;\n\n\n\tx ^y', "Unexpected name 'y'"],
  ['a\u2028b ^c', "Unexpected name 'c'"],
  ['𝒳 = "𝒴" ^z', "Unexpected name 'z'"],
  ['1\r\n2 ^3', "Unexpected token '3'"],
  ['^a?.b = 1', 'This is neither TypeScript nor JavaScript'],
  ['^1 = 2', /assignment/],
  ['for (let ^x of [1] {', /./],
];

describe('a cell that is wrong', () => {
  for (const [marked, message] of rows) {
    const code = marked.replace('^', '');
    test(marked, () => {
      const error = errorOf(code);
      if (typeof message === 'string') assert.equal(error.message, message);
      else assert.match(error.message, message);
      assert.doesNotMatch(error.message, /\(\d+:\d+\)/, 'the place is not in the message');
    });
  }
  for (const [marked] of rows.slice(0, -1)) {
    const code = marked.replace('^', '');
    test(`place: ${marked}`, () => {
      const { line, column, excerpt, code: errorCode, name } = errorOf(code);
      assert.deepEqual({ line, column }, placeOf(code, marked.indexOf('^')));
      assert.equal(errorCode, 'ERR_CELL_SYNTAX');
      assert.equal(name, 'SyntaxError');
      const [shown = '', caret = ''] = excerpt.split('\n');
      assert.equal(caret.indexOf('^'), column - 1);
      assert.ok(code.includes(shown));
    });
  }
  test('leaves what is known as it was', async () => {
    using notebook = new Notebook();
    await notebook.value('const kept = 1');
    assert.throws(
      () => notebook.rewriter.rewrite({ name: 'In[2]', code: 'let kept = 2; let undefined' }),
      CellSyntaxError,
    );
    await assert.rejects(notebook.value('kept = 3'), /Assignment to constant variable/);
  });
  test('that only V8 refuses has its place too', async () => {
    using notebook = new Notebook();
    Object.defineProperty(globalThis, 'fixedForEver', { value: 1 });
    await assert.rejects(notebook.value('const a: number = 1\nlet fixedForEver = 2'), (error) => {
      assert.ok(error instanceof CellSyntaxError);
      assert.match(error.message, /'fixedForEver' has already been declared/);
      return true;
    });
  });
});

test('excerptAt keeps tabs, so that the caret stands below', () => {
  assert.equal(excerptAt('a\n\tb c', { line: 2, column: 4 }), '\tb c\n\t  ^');
  assert.equal(excerptAt('', { line: 1, column: 1 }), '\n^');
});

test('placeOf counts every line end of JavaScript', () => {
  assert.deepEqual(placeOf('a\r\nb\nc\rd\u2028e\u2029f', 12), { line: 6, column: 2 });
  assert.deepEqual(placeOf('', 0), { line: 1, column: 1 });
});
