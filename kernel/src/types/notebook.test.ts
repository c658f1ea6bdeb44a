import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type CellFacts, factsOf } from './cell-facts.ts';
import { type CellEnd, Notebook } from './notebook.ts';

const OK: CellEnd = { ok: true, declared: [] };

function notebook(...cells: readonly (string | readonly [string, CellEnd])[]): Notebook {
  const made = new Notebook({ javascript: false });
  cells.forEach((cell, index) => {
    const [code, end] = typeof cell === 'string' ? [cell, OK] : cell;
    made.add({ code, count: index + 1 }, end);
  });
  return made;
}

/** The line before the user's code, or more of them. */
function before(made: Notebook, code: string, lines = 1): string {
  return made.write(made.draft(code)).text.split('\n').slice(0, lines).join('\n');
}

suite('what a cell declares', () => {
  const kinds: Readonly<Record<string, readonly string[]>> = {
    'const a = 1, { b, c: [d, ...e] } = x': ['a const', 'b const', 'd const', 'e const'],
    'let a; var b': ['a let', 'b var'],
    'if (x) { var a = 1; let b } for (var c of d) {}': ['a var', 'c var'],
    'function f() { var inner }': ['f function'],
    'class A {} enum B {} namespace C {} type D = 1; interface E {}': [
      'A class',
      'B enum',
      'C namespace',
      'D type',
      'E interface',
    ],
    'const T = 1; type T = 2': ['T const'],
    "import a, { b as c, type D } from 'x'; import * as e from 'y'": ['a import', 'c import', 'D import', 'e import'],
    'export const a = 1; export default class B {}': ['a const', 'B class'],
    'declare global { var a: 1 } declare module "x" {}': [],
    'const broken = { a: ': ['broken const'],
    'class Broken { m() {': ['Broken class'],
    'let { a, b = 1': ['a let', 'b let'],
  };
  for (const [code, expected] of Object.entries(kinds)) {
    test(code, () => {
      assert.deepEqual(
        [...factsOf(code).declares].map(([name, kind]) => `${name} ${kind}`),
        expected,
      );
    });
  }

  const lists: Readonly<Record<string, readonly [keyof CellFacts, readonly string[]]>> = {
    'a = 1; b++; [c, { d }] = e; for (f of g) {}': ['assigns', ['a', 'b', 'c', 'd', 'f']],
    'function f(a) { a = 1; b = 2 }': ['assigns', ['b']],
    'let a; a = 1': ['assigns', []],
    'globalThis.a = 1; Object.assign(globalThis, { b }); c.d = 1': ['globals', ['a', 'b']],
    'export const a = 1; export { b as c }': ['exports', ['a', 'c']],
    'a.b?.c + d': ['mentions', ['a', 'd']],
  };
  for (const [code, [key, expected]] of Object.entries(lists)) {
    test(`${key} of ${code}`, () => assert.deepEqual([...(factsOf(code)[key] as Set<string>)], expected));
  }

  test('line commands are no TypeScript', () => {
    const { code, parsed } = factsOf('%time f()\n%cd ..\nconst a = 1');
    assert.equal(parsed, true);
    assert.equal(code.length, '%time f()\n%cd ..\nconst a = 1'.length);
  });
});

suite('what a cell sees of the others', () => {
  test('only names that it mentions, from the newest cell that declares them', () => {
    const made = notebook('const a = 1, b = 2', 'const a = "s"', 'const c = 3');
    assert.equal(
      before(made, 'a + b'),
      'import { b } from "./elara-cell-1.mts"; import { a } from "./elara-cell-2.mts";',
    );
    assert.equal(before(made, 'x.a'), '');
  });

  test('not what it declares itself', () => {
    assert.equal(before(notebook('const a = 1'), 'class a {}'), '');
    assert.equal(before(notebook('const a = 1'), 'const a = {'), '');
  });

  test('an older cell keeps what it saw', () => {
    const made = notebook('const a = 1', 'const b = a', 'const a = "s"', 'const c = a');
    assert.match(before(made, 'b'), /elara-cell-1/);
    assert.match(made.page(1)?.text ?? '', /const a = 1\n;\nconst b = a\n;/);
    assert.match(made.page(2)?.text ?? '', /const a = "s"\n;\nconst c = a\n;/);
  });

  test('variables can be assigned to, and hold what the last cell has left in them', () => {
    const made = notebook('let a: string | undefined', 'a = "s"');
    assert.equal(
      before(made, 'a.length'),
      'import { a as $elara_other_a, $elara_held_a } from "./elara-cell-1.mts"; ' +
        'let a: typeof $elara_other_a = null as unknown as typeof $elara_held_a;',
    );
    assert.match(made.page(1)?.text ?? '', /a = "s"\n;export const \$elara_held_a = a;\n$/);
  });

  test('a type beside an older value keeps the value, and the other way round', () => {
    assert.equal(before(notebook('const A = 1'), 'type A = typeof A'), 'import { A } from "./elara-cell-1.mts";');
    assert.equal(before(notebook('type A = 1'), 'const A: A = 1'), 'import { type A } from "./elara-cell-1.mts";');
    assert.equal(
      before(notebook('class A {}'), 'type A = 1'),
      'import { A as $elara_other_A } from "./elara-cell-1.mts"; declare const A: typeof $elara_other_A;',
    );
    assert.equal(before(notebook('type A = 1'), 'interface A {}'), '');
  });

  test('names that nobody has declared are there once they are assigned to', () => {
    assert.equal(before(notebook(), 'a = 1'), 'declare let a: any;');
    assert.equal(before(notebook('a = 1'), 'a'), 'declare let a: any;');
    assert.equal(before(notebook('globalThis.a = 1'), 'a'), 'declare let a: any;');
    assert.equal(before(notebook(), 'process = 1'), '');
  });

  test('of a cell that failed, what it declared anew', () => {
    const failed: CellEnd = { ok: false, declared: ['a', 'b'] };
    const made = notebook('const a = 1', ['const a = "s", b = 2, c = 3; type T = 1', failed]);
    assert.deepEqual(
      [...made.names].map(([name, { declared }]) => [name, declared]),
      [
        ['a', 1],
        ['b', 2],
        ['T', 2],
      ],
    );
  });

  test('of a cell that was refused, nothing', () => {
    const made = notebook();
    const cell = { code: 'const a = 1', count: 1 };
    made.begin(cell);
    made.drop(cell);
    assert.equal(made.names.size, 0);
  });
});

suite('documents', () => {
  test("the user's code begins on the second line, whatever it is", () => {
    for (const code of ['a', '"unclosed', '/* open', '`${', '{ a: 1 }', '#!/usr/bin/node\na']) {
      const made = notebook('const a = 1');
      const { text } = made.write(made.draft(code));
      assert.equal(
        text
          .split('\n')
          .slice(1, 1 + code.split('\n').length)
          .join('\n'),
        code.replace(/^#!/, '//'),
      );
    }
  });

  test('an object literal is one', () => {
    assert.match(before(notebook(), '{ a: 1, b: 2 }', 3), /\(\n\{ a: 1, b: 2 \}\n\);/);
  });

  test('what no name leads to is forgotten', () => {
    const made = notebook(...Array.from({ length: 300 }, (_, i) => `const a = ${i}`), 'const b = a');
    assert.equal(made.names.size, 2);
    assert.deepEqual([made.entry(300)?.number, made.entry(301)?.number, made.entry(1)], [300, 301, undefined]);
    assert.equal(made.page(1)?.text, 'export { a, b };\nconst a = 299\n;\nconst b = a\n;\n');
    assert.equal(made.page(2), undefined);
  });

  test('a long chain of cells is no recursion', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => `const a${i + 1} = a${i}`);
    const made = notebook('const a0 = 0', ...chain, ...chain.map((_, i) => `class a${i} {}`), 'class a20000 {}');
    assert.equal(made.names.size, 20_001);
    assert.equal(made.entry(1)?.number, undefined);
  });
});
