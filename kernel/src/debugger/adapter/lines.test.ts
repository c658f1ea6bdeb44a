import assert from 'node:assert/strict';
import { test } from 'node:test';
import { likelyLines } from './lines.ts';

const rows: readonly (readonly [title: string, code: string, lines: readonly number[] | null])[] = [
  ['statements', 'const a = 1\n\n// no\na', [1, 4]],
  ['types are nothing to stop at', 'interface A {\n  b: 1\n}\ntype B = 2\nlet c: B = 2', [5]],
  ['functions: their statements and their ends', 'function f() {\n  const a = 1\n  return a\n}', [2, 3, 4]],
  ['arrow functions', 'const f = () =>\n  1', [1, 2]],
  ['classes', 'class A {\n  m() {\n    this\n  }\n}', [1, 3, 4]],
  ['enums', 'enum E {\n  A\n}', [1]],
  ['a whole object', '{\n  a: 1\n}', [1]],
  ['JSX', 'const a = 1\nconst b = (\n  <p>\n    {a}\n  </p>\n)\nb', [1, 2, 7]],
  ['what is not finished', 'const a = (', null],
];

for (const [title, code, lines] of rows) {
  test(title, () => {
    assert.deepEqual(likelyLines(code), lines);
  });
}
