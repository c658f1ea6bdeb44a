import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from './cell-facts.ts';
import { type BoundCell, takenBy } from './documents.ts';
import { neededOf } from './needed.ts';

/** A cell after others that have declared `outer`, a variable, and `fixed`. */
function cellOf(code: string): BoundCell {
  const facts = factsOf(code);
  const outside = (name: string) => {
    if (name !== 'outer' && name !== 'fixed') return undefined;
    return { kind: name === 'outer' ? 'let' : 'const', declared: 1, assigned: 1 } as const;
  };
  return { facts, taken: takenBy(facts, outside, false) };
}

const cases: readonly (readonly [code: string, live: string, left: string])[] = [
  ['const a = 1; const b = 2', 'a b', 'const a = 1; const b = 2'],
  ['const a = 1; const b = 2', 'b', ';            const b = 2'],
  ['const a = 1; const b = a', 'b', 'const a = 1; const b = a'],
  [
    'type A = B; interface B { c: C }; class C {}; enum D { E }',
    'A',
    'type A = B; interface B { c: C }; class C {}; ;           ',
  ],
  ['const { a, b } = f(); a.c()', 'b', 'const { a, b } = f(); ;    '],
  [
    'function f(): void\nfunction f(a?: 1) { g() }\nfunction g() {}',
    'f',
    'function f(): void\nfunction f(a?: 1) { g() }\nfunction g() {}',
  ],
  ['import { a, b } from "c"\nimport d from "e"', 'a', 'import { a, b } from "c"\n;                '],
  [
    'import "a"; export { b }; declare global { var c: 1 }\nd()',
    '',
    'import "a"; export { b }; declare global { var c: 1 }\n;  ',
  ],
  ['if (x) { var a = 1 }\nconst b = 1', 'a', 'if (x) { var a = 1 }\n;          '],
  // What a variable holds is what the statements say that mention it.
  [
    'let a; const b = 1\nif (!a) throw 1\nb.c(); a = b; d()',
    'a',
    'let a; const b = 1\nif (!a) throw 1\n;      a = b; ;  ',
  ],
  ['let a; const b = 1\na = 1', 'b', ';      const b = 1\n;    '],
  ['outer = 1; const a = 1', 'outer', 'outer = 1; ;          '],
  ['outer = 1; const a = outer', 'a', 'outer = 1; const a = outer'],
  ['fixed.x = 1; const a = fixed', 'a', ';            const a = fixed'],
  // Comments belong to what follows; lines and columns stay.
  [
    '/** of a */\nconst a = "é😀"\r\n/** of b */\nconst b = 2 // b',
    'b',
    '           \n;              \r\n/** of b */\nconst b = 2 // b',
  ],
  ['const a = b\nc()\n;(d)', 'a', 'const a = b\n;  \n ;  '],
  ['const a = 1; const broken = {', 'a', 'const a = 1; const broken = {'],
  ['/** @jsx h */ const a = 1; <p />', 'b', '/** @jsx h */ const a = 1; <p />'],
];

for (const [code, live, left] of cases) {
  test(`of ${JSON.stringify(code)}, ${live || 'nothing'}`, () => {
    const { facts, taken } = neededOf(cellOf(code), live.split(' '));
    assert.equal(facts.code, left);
    assert.equal(facts.code.length, code.length);
    for (const name of taken.keys()) assert.ok(facts.mentions.has(name));
    for (const name of facts.declares.keys()) assert.ok(facts.mentions.has(name));
  });
}

test('where all is needed, it is the cell itself', () => {
  const cell = cellOf('const a = 1; const b = a');
  assert.equal(neededOf(cell, ['b']), cell);
});
