import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completeness } from './completeness.ts';

describe('completeness', () => {
  const complete = [
    '',
    '1 + 1',
    '// function f',
    'foo(1) // function',
    'async',
    'if (x) {}',
    'const f = () => {}',
    'import a from "b"',
    'await x',
    '{ a: 1 }',
    '{ a: 1, b: 2 }',
    'declare function f(): void',
    'function f() {}',
    'let x: number',
    '`a\nb`',
    'for (;;) {}',
    'type F = () => void',
    'class A {}',
    'using a = b',
    'export {}',
    'import.meta',
    '#!/usr/bin/env node',
    'label: x',
    '/re/',
    'a\n.b',
  ];
  for (const code of complete) {
    test(`complete: ${JSON.stringify(code)}`, () => assert.deepEqual(completeness(code), { status: 'complete' }));
  }

  const incomplete: readonly (readonly [code: string, indent: string])[] = [
    ['foo(', '  '],
    ['  foo(\n    a,', '    '],
    ['if (x) {', '  '],
    ['if (x) {\n  y\n', '  '],
    ['if (x)', '  '],
    ['if (x) y; else', '  '],
    ['{ a: 1, b:', '  '],
    ['{\n  a: 1,\n  b: 2,', '  '],
    ['{\n  a: [\n    1,', '    '],
    ['{', '  '],
    ['({', '  '],
    ['x = [\n\t1,', '\t'],
    ['class A {\n  foo() {', '    '],
    ['enum E {', '  '],
    ['interface I {', '  '],
    ['type X =', '  '],
    ['let x:', '  '],
    ['const x', '  '],
    ['a +', '  '],
    ['foo.', '  '],
    ['a ? b', '  '],
    ['a ? b :', '  '],
    ['x =', '  '],
    ['() =>', '  '],
    ['async () => {', '  '],
    ['do x', '  '],
    ['for (const a of b)', '  '],
    ['try {}', '  '],
    ['try {\n  x\n}', '  '],
    ['try {} catch', '  '],
    ['switch (a) {\n  case 1:', '    '],
    ['if (a) {\n  b();', '  '],
    ['if (a) {\n    b();', '    '],
    ['if (a) {\n\tb();', '\t'],
    ['if (a) {\n  if (b) {', '    '],
    ['if (a) {\n    if (b) {', '        '],
    ['if (a) {\n  if (b) {\n    c();\n  }', '  '],
    ['function f() {\n  const x =', '    '],
    ['foo({\n  a: 1,', '  '],
    ['a\n  .map((x) => {', '    '],
    ['function f()', ''],
    ['function f(): number', ''],
    ['export function f()', ''],
    ['import', '  '],
    ['import {', '  '],
    ['import { a } from', '  '],
    ['export default', '  '],
    ['@dec', '  '],
    ['throw', '  '],
    ['`abc', ''],
    ['`abc $' + '{', '  '],
    ['let x = `\n', ''],
    ['/* abc', ''],
    ['foo(1,\n    2,', '    '],
  ];
  for (const [code, indent] of incomplete) {
    test(`incomplete: ${JSON.stringify(code)}`, () => {
      assert.deepEqual(completeness(code), { status: 'incomplete', indent });
    });
  }

  const invalid = [
    '"abc',
    '/abc',
    'let a b',
    'foo)',
    '}',
    '=>',
    'return 1',
    'let a; let a',
    '(]',
    'let a b; foo(',
    'x = 1 2 {',
    '{ a: 1 b: 2 }',
    '1x',
    'class { }',
    'await = 1',
  ];
  for (const code of invalid) {
    test(`invalid: ${JSON.stringify(code)}`, () => assert.deepEqual(completeness(code), { status: 'invalid' }));
  }

  test('does not know of code that is nested deeper than the parser can go', () => {
    for (const code of ['('.repeat(20_000), '`${'.repeat(20_000)])
      assert.deepEqual(completeness(code), { status: 'unknown' });
  });

  test('knows JSX', () => {
    assert.deepEqual(completeness('<a>text</a>'), { status: 'complete' });
    assert.equal(completeness('<a b={1}>text').status, 'incomplete');
    assert.deepEqual(completeness('/** @jsx h */ <a>text</a>'), { status: 'complete' });
    assert.deepEqual(completeness('<a>text</b>'), { status: 'invalid' });
  });
});
