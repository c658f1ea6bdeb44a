import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Notebook } from './notebook.testing.ts';

const REFUSED = { name: 'TypeError', message: 'Assignment to constant variable.' };

const refused = [
  'k = 2',
  'k += 2',
  'k **= 2',
  'k ??= 1; k &&= 2',
  'k &&= 2',
  'k++',
  '--k',
  '[k] = [2]',
  '[...k] = [2]',
  '[k = 3] = []',
  '({ k } = { k: 2 })',
  '({ k = 3 } = {})',
  '({ a: k } = { a: 2 })',
  '({ a: [k] } = { a: [2] })',
  '({ ...k } = {})',
  'for (k of [1]);',
  'for (k in { a: 1 });',
  'for ([k] of [[1]]);',
  'for await (k of [1]);',
  '(() => { k = 2 })()',
  '(function () { k++ })()',
  '{ { k = 2 } }',
  'new (class { constructor() { k = 2 } })()',
  '(k) = 2',
  '(k as any) = 2',
  '(<any>k) = 2',
  'k! = 2',
  '(k as any) += 2',
  'if (true) k = 2',
  'let other = k = 2',
  'try { k = 2 } finally {}',
];

for (const [where, before] of [
  ['this cell', ''],
  ['an earlier cell', 'const k: number = 1'],
] as const) {
  describe(`a constant of ${where}`, () => {
    for (const code of refused) {
      test(`refuses ${code}`, async () => {
        using notebook = new Notebook();
        if (before !== '') await notebook.value(before);
        await assert.rejects(notebook.value(before === '' ? `const k: number = 1\n;${code}` : code), REFUSED);
        assert.equal(await notebook.value('k'), 1);
      });
    }
  });
}

const allowed: readonly (readonly [string, unknown])[] = [
  ['k ||= 2', 1],
  ['k ??= 2', 1],
  ['((k) => { k = 2; return k })(0)', 2],
  ['(() => { let k = 0; k = 2; return k })()', 2],
  ['(() => { var k = 0; { k = 2 } return k })()', 2],
  ['(() => { if (true) { var k = 0 } k = 2; return k })()', 2],
  ['(({ a: [k] }) => { k++; return k })({ a: [1] })', 2],
  ['(function k() { return typeof k })()', 'function'],
  ['{ let k = 0; k = 2; k }', 2],
  ['let seen = []; for (let k = 0; k < 2; k++) seen.push(k); seen', [0, 1]],
  ['let seen; for (let k of [1, 2]) { k += 1; seen = k } seen', 3],
  ['let seen; try { throw 1 } catch (k) { k = 5; seen = k } seen', 5],
  ['let seen; switch (1) { case 1: let k = 1; k = 2; seen = k } seen', 2],
  ['class S { static { var k = 1; k = 2; this.k = k } } S.k', 2],
  ['(() => { k = 2; return k; function k() {} })()', 2],
  ['(() => { class k {} k = 2; return k })()', 2],
  ['const o = { k: 1 }; o.k = 2; o.k', 2],
  ['let k = 5; k = 6; k', 6],
  ['var k; k = 7; k', 7],
];

describe('what only looks like the constant', () => {
  for (const [code, expected] of allowed) {
    test(code, async () => {
      using notebook = new Notebook();
      await notebook.value('const k = 1');
      assert.deepEqual(await notebook.value(code), expected);
    });
  }
  test('a function of the cell of a constant refuses to set it later', async () => {
    using notebook = new Notebook();
    await notebook.value('const k = 1; function set() { k = 2 }');
    await assert.rejects(notebook.value('set()'), REFUSED);
  });
  test('the right side is evaluated first', async () => {
    using notebook = new Notebook();
    await notebook.value('const k = 1; let evaluated = 0');
    await assert.rejects(notebook.value('k = ++evaluated'), REFUSED);
    await assert.rejects(notebook.value('k += ++evaluated'), REFUSED);
    assert.equal(await notebook.value('evaluated'), 2);
  });
  test('imports are constants', async () => {
    using notebook = new Notebook();
    await notebook.value(
      'import a, { b } from "data:text/javascript,export default 1; export let b = 2"; import * as n from "node:fs"',
    );
    for (const name of ['a', 'b', 'n']) await assert.rejects(notebook.value(`${name} = 1`), REFUSED);
  });
  test('a constant that was declared anew as let is none', async () => {
    using notebook = new Notebook();
    await notebook.value('const k = 1');
    await notebook.value('let k = 1');
    assert.equal(await notebook.value('k = 3; k'), 3);
  });
});
