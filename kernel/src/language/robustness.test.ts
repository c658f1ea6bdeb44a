import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CellRewriter, CellSyntaxError, completeness, completionContext, nameAt } from './index.ts';

const CORPUS = [
  'import d, { a as b, type T } from "x" with { type: "json" }; import * as ns from "y"; export { b }; export * from "z"',
  'const a: number = 1, { b, c: [d = 2, ...e] } = f as any; a = 2; ({ b } = a!); for (const x of d) x++',
  'var x = 1, { y } = z, w\nif (x) var v = 2; else { var u }\nfor (var i = 0, n = 3; i < n; i++) for (var k in o) for (var [q] of r);',
  'function f<T>(this: T, a?: number, ...rest: T[]): asserts a is number { return <any>a }\nasync function* g() { yield* await f() }',
  'abstract class A<T> extends B<T> implements C, D { private readonly x?: number = 1; declare y: string; [k: string]: any; static { var s = 1 } get z(): T { return this.#p! } #p; m?(): void }',
  'type A<T> = T extends infer U ? { [K in keyof U]?: U[K] } : never\ninterface I { (a: string): void; new (): I; readonly [k: string]: any }\ndeclare global { var g: 1 }\n(1)',
  'enum E { A, B = 1 << 2, C = "x" }\nnamespace N.M { export const a = 1 }\nexport default class { constructor(private a: number) {} }',
  '{ a: 1, b: [2, { c }], async *d() {}, get e() { return 1 }, [`f$' + '{g}`]: /h[/]\\d+/gi }',
  'const h = async <T,>(x: T): Promise<T> => { try { await import(`$' +
    '{x}`) } catch { throw import.meta } finally { label: while (true) break label } }',
  '@dec({ a: 1 }) class K { @log() m(@p x) {} accessor q = 1 }\nusing r = open(), s = null; await using t = u',
  'switch (a) { case 1: function inCase() {} default: let z }\n{ function inBlock() {} }\nif (a) function g2() {}',
  'let process = 1, { Buffer = process } = {}, o = { process, Buffer }; class URL {} function fetch() { return process } process++',
  'a?.b?.[c]?.(d) ?? e ||= f && (g = h); i **= -j; k = l ? m : n satisfies O; p`q$' +
    "{r}`; new.target; 's\\u0041\\\n'; 0x1fn; 1_000.5e-3",
  '/** @jsx h */ const el = <A b="c" {...d}>{e} f <></> <g.h/></A>; const t = <T,>(x: T) => x',
  'import fs = require("fs"); import Z = Y.X; export = fs; export import Q = R.S; export as namespace V; export type { W } from "w"',
  "%%bench -n 2\nimport x from 'y'\n%time const a = await b\nif (c)\n  %cd don't `\n%bench -r 3 for (;;) {}\n%time?\n%",
  '#!/usr/bin/env node\n"use strict"; with (a) b; delete c; 010; arguments; eval; let yield_, async, of, type, declare\n<!-- html\n--> more',
];

/** A repeatable sequence of numbers in [0, 1) (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const SCRAPS = [
  '\n%time ',
  '\n%bench -n 3 ',
  '\n%cd ',
  '\n%%time',
  '\n%',
  '%',
  '(',
  ')',
  '{',
  '}',
  '[',
  ']',
  '`',
  '${',
  "'",
  '"',
  '/',
  '/*',
  '//',
  '<',
  '>',
  ';',
  ',',
  '.',
  '?.',
  '=',
  '=>',
  ':',
  '!',
  '@',
  '#',
  '\\',
  '\n',
  '\0',
  '\u2028',
  '\ud800',
  ' as any',
  ' var x',
  'let ',
  'function f() {}',
  'class ',
  'await ',
  'import ',
  'export ',
  'enum E {}',
  'x',
  '1',
  '...',
  '?',
  '|',
  '&',
  '*',
  '-',
  'type X = 1',
  'using u = v',
];

function* mutants(count: number, seed: number): Generator<string> {
  const next = numbers(seed);
  const pick = (length: number): number => Math.floor(next() * length);
  for (let made = 0; made < count; made += 1) {
    let code = CORPUS[pick(CORPUS.length)] ?? '';
    for (let edits = 1 + pick(3); edits > 0; edits -= 1) {
      const at = pick(code.length + 1);
      const kind = next();
      if (kind < 0.3) code = code.slice(0, at) + code.slice(at + 1 + pick(5));
      else if (kind < 0.7) code = code.slice(0, at) + (SCRAPS[pick(SCRAPS.length)] ?? '') + code.slice(at);
      else if (kind < 0.85) code = code.slice(0, at);
      else {
        const other = CORPUS[pick(CORPUS.length)] ?? '';
        code = code.slice(0, at) + other.slice(pick(other.length));
      }
    }
    yield code;
  }
}

/** Whether V8 compiles a script; in a function, since only the inspector compiles a script with `await`. */
function compiles(script: string): boolean {
  try {
    new Function(`return async () => {\n${script}\n}`);
    return true;
  } catch {
    return false;
  }
}

describe('broken cells', () => {
  test('are refused by CellSyntaxError with a place in the cell, or rewritten to what V8 compiles', () => {
    const rewriter = new CellRewriter();
    const wrong: string[] = [];
    let refused = 0;
    for (const code of mutants(6000, 1)) {
      try {
        const { script, position } = rewriter.rewrite({ name: 'In[1]', code });
        if (!compiles(script)) wrong.push(`${code}\n=>\n${script}`);
        const { line, column } = position(1, 1);
        if (!(line >= 1 && column >= 1)) wrong.push(`place of ${code}`);
      } catch (error) {
        if (!(error instanceof CellSyntaxError)) throw new Error(`not a CellSyntaxError for ${code}`, { cause: error });
        refused += 1;
        const lines = code.split(/\r\n|[\n\r\u2028\u2029]/);
        const line = lines[error.line - 1];
        if (line === undefined || error.column < 1 || error.column > line.length + 1) wrong.push(`place in ${code}`);
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(refused > 1000);
  });

  test('have a completeness, a name and a context at every place', () => {
    for (const code of mutants(1500, 2)) {
      assert.match(completeness(code).status, /^(?:complete|incomplete|invalid)$/);
      for (let cursor = 0; cursor <= code.length; cursor += 7) {
        const name = nameAt(code, cursor);
        if (name !== null) assert.ok(name.start >= 0 && name.start < name.end && name.end <= code.length);
        const context = completionContext(code, cursor);
        if ('prefix' in context) assert.equal(code.slice(context.start, context.end), context.prefix);
      }
    }
  });

  test('are not needed for every prefix of a good one to be refused or run', () => {
    const rewriter = new CellRewriter();
    for (const code of CORPUS) {
      for (let end = 0; end <= code.length; end += 1) {
        try {
          rewriter.rewrite({ name: 'In[1]', code: code.slice(0, end) });
        } catch (error) {
          assert.ok(error instanceof CellSyntaxError, String(error));
        }
      }
    }
  });

  test('that are very deep are refused, not fatal', () => {
    const rewriter = new CellRewriter();
    for (const code of [
      '['.repeat(20_000),
      `${'('.repeat(20_000)}1${')'.repeat(20_000)}`,
      `x${'.a'.repeat(50_000)}`,
      `1${'+1'.repeat(50_000)}`,
    ]) {
      try {
        rewriter.rewrite({ name: 'In[1]', code });
      } catch (error) {
        assert.ok(error instanceof CellSyntaxError, String(error));
      }
    }
  });
});
