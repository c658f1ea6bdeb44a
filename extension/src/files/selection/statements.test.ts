import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dedented } from './selected-code.ts';
import { asCell, isScript, statementAt, statementsOf } from './statements.ts';

/** `1-3 5`: the lines of the statements, from 1. */
function lines(text: string, language: string): string {
  return statementsOf(text, language)
    .map(({ first, last }) => (first === last ? `${first + 1}` : `${first + 1}-${last + 1}`))
    .join(' ');
}

test('statements of TypeScript', () => {
  const text = `'use strict';
import { a } from './a.ts';

// about f
function f<T>(x: T): T {

  return x;
}
const b = f(1); const c = [
  b,
];
await f(<number>c[0])
  .toString();
`;
  assert.equal(lines(text, 'typescript'), '1 2 5-8 9-11 12-13');
});

test('statements of JavaScript with JSX', () => {
  assert.equal(lines('const a = <b>\n  text\n</b>;\na', 'javascript'), '1-3 4');
});

test('statements around an error', () => {
  assert.equal(lines('const a = 1;\nconst a = 2;\na;', 'typescript'), '1 2 3');
  assert.throws(() => statementsOf('const = ;', 'typescript'));
});

test('statements of Python', () => {
  const text = `import os
@cache
def f(x):
    # comment

    return (x,
1)

if a:
    b = """
text ( not a bracket
"""
else:
    c = 'it\\'s # not'

d = [
  1,
]
e = 1 + \\
2
# the end
g = "(" # (
h`;
  assert.equal(lines(text, 'python'), '1 2-7 9-14 16-18 19-20 22 23');
});

test('the statement at a line, or the next one', () => {
  const statements = statementsOf('a;\n\nb(\n);\n', 'typescript');
  assert.deepEqual(statementAt(statements, 0), { first: 0, last: 0 });
  assert.deepEqual(statementAt(statements, 1), { first: 2, last: 3 });
  assert.deepEqual(statementAt(statements, 3), { first: 2, last: 3 });
  assert.equal(statementAt(statements, 4), undefined);
});

test('lines for the kernel are no script', () => {
  assert.equal(isScript('const a: number = await f();', 'typescript'), true);
  assert.equal(isScript('%time f()', 'typescript'), false);
  assert.equal(isScript('return 1', 'javascript'), true);
});

test('as a cell, code has no semicolon after its last expression', () => {
  const cells = {
    'a;': 'a',
    'const b = 1;\nf(b); // c': 'const b = 1;\nf(b) // c',
    'await f<number>(1);': 'await f<number>(1)',
    'a\n': 'a\n',
    'const b = 1;': 'const b = 1;',
    'for (;;);': 'for (;;);',
    '%time f();': '%time f();',
    '': '',
  };
  for (const [code, cell] of Object.entries(cells)) assert.equal(asCell(code, 'typescript'), cell);
  assert.equal(asCell('a;', 'python'), 'a;');
});

test('selected code stands at the margin', () => {
  assert.equal(dedented('    a\n\n      b\n    c\n'), 'a\n\n  b\nc');
  assert.equal(dedented('a\n  b'), 'a\n  b');
  assert.equal(dedented('\ta\n\tb'), 'a\nb');
});
