import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Notebook } from './notebook.testing.ts';

/** A declaration of `x` in each way there is, and the text that it makes of `String(describe(x))`. */
const KINDS = {
  var: ['var x = "var"', 'var'],
  let: ['let x = "let"', 'let'],
  const: ['const x = "const"', 'const'],
  function: ['function x() { return "function" }', 'function'],
  class: ['class x { static is = "class" }', 'class'],
  import: ['import x from "data:text/javascript,export default `import`"', 'import'],
  enum: ['enum x { is = "enum" }', 'enum'],
} as const;

/** Whether TypeScript and V8 let the kind be assigned to. */
const ASSIGNABLE: Readonly<Record<keyof typeof KINDS, boolean>> = {
  var: true,
  let: true,
  const: false,
  function: true,
  class: true,
  import: false,
  enum: true,
};

const SHOW = 'typeof x === "string" ? x : x.is ?? x()';
const kinds = Object.keys(KINDS) as (keyof typeof KINDS)[];

for (const first of kinds) {
  describe(`after ${first}`, () => {
    for (const second of kinds) {
      test(`${second} takes its place`, async () => {
        using notebook = new Notebook();
        assert.equal(await notebook.value(`${KINDS[first][0]}\n;${SHOW}`), KINDS[first][1]);
        assert.equal(await notebook.value(`${KINDS[second][0]}\n;${SHOW}`), KINDS[second][1]);
        assert.equal(await notebook.value(SHOW), KINDS[second][1]);
        const assigned = await notebook.run('x = "assigned"; x');
        if (ASSIGNABLE[second]) assert.equal(assigned.value, 'assigned');
        else assert.match(String(assigned.error), /^TypeError: Assignment to constant variable\.$/);
      });
    }
  });
}

describe('after a cell that failed', () => {
  for (const second of kinds) {
    test(`${second} takes the place of a name without a value`, async () => {
      using notebook = new Notebook();
      const { error } = await notebook.run('const x = fails(), y = 1');
      assert.match(String(error), /ReferenceError: fails is not defined/);
      assert.equal(await notebook.value(`${KINDS[second][0]}\n;${SHOW}`), KINDS[second][1]);
    });
  }
  test('a name without a value can be assigned to', async () => {
    using notebook = new Notebook();
    await notebook.run('let unset1 = fails()');
    await assert.rejects(notebook.value('unset1'), /unset1 is not defined/);
    assert.equal(await notebook.value('unset1 = 5; unset1'), 5);
    assert.equal(await notebook.value('unset1'), 5);
  });
  test('a name that it had set keeps its value and its kind', async () => {
    using notebook = new Notebook();
    await notebook.run('const kept = 1; let sum = 2; fails()');
    assert.equal(await notebook.value('sum += 1; kept + sum'), 4);
    await assert.rejects(notebook.value('kept = 2'), /Assignment to constant variable/);
  });
  test('a name that it did not come to keeps the value that it had', async () => {
    using notebook = new Notebook();
    await notebook.run('let before = 1');
    await notebook.run('fails(); let before = 2');
    assert.equal(await notebook.value('var before; before'), 1);
  });
  test('its functions and its vars are there', async () => {
    using notebook = new Notebook();
    await notebook.run('import { none } from "node:fs"; function there() { return 1 } var alsoThere');
    assert.equal(await notebook.value('var there; there() + String(alsoThere)'), '1undefined');
  });
});
