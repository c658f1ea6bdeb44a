import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { validate } from '@elara/protocol/validate';
import { openNotebook } from './notebook.testing.ts';

const { run, objectInfo } = openNotebook();

before(() =>
  run(`
/** Adds. */
function add(a: number, b = 2, { c }: { c: number }, ...rest: number[]): number { return a; }
/** A point. */
class Point { x = 1;
  /** Makes one. */
  constructor(public y: number) {}
  /** Moves it. */
  move(dx: number) {}
}
class Sub extends Point {}
/** Mine. */
const sub = new Sub(1), list = Array.from({ length: 1000 }, (_, i) => i), deep = { inner: { list: [1, 2, 3], get bad() { throw 1 } } };
/** Can be called, and more. */
const callable = Object.assign((x: number) => x, { version: 1 });
`),
);

describe('object_info_reply', () => {
  test('of a function has its definition in parts', async () => {
    const info = await objectInfo('add', 1);
    assert.deepEqual(info, {
      name: 'add',
      found: true,
      ismagic: false,
      isalias: false,
      namespace: 'interactive',
      type_name: 'function',
      string_form: '[Function: add]',
      base_class: 'Function',
      length: null,
      file: 'In[1]',
      definition: 'add(a: number, b = 2, { c }: { c: number }, ...rest: number[]): number',
      argspec: { args: ['a', 'b', '{ c }'], varargs: 'rest', varkw: null, defaults: ['2', 'undefined'] },
      init_definition: null,
      docstring: 'Adds.',
      init_docstring: null,
      class_docstring: null,
      call_def: null,
      call_docstring: null,
      source: 'function add(a: number, b = 2, { c }: { c: number }, ...rest: number[]): number { return a; }',
    });
  });

  test('of a class has its constructor', async () => {
    const info = await objectInfo('Point');
    assert.equal(info.type_name, 'class');
    assert.equal(info.base_class, 'Object');
    assert.equal(info.init_definition, 'new Point(public y: number)');
    assert.equal(info.init_docstring, 'Makes one.');
    assert.equal(info.class_docstring, 'A point.');
    assert.deepEqual(info.argspec?.args, ['y']);
    assert.equal(info.source, null);
    assert.equal((await objectInfo('Sub')).base_class, 'Point');
  });

  test('of an instance has the documentation of its class and constructor', async () => {
    const info = await objectInfo('sub');
    assert.equal(info.type_name, 'Sub');
    assert.equal(info.base_class, 'Sub');
    assert.equal(info.docstring, 'Mine.');
    assert.equal(info.init_definition, 'new Sub(y)');
    assert.equal(info.definition, null);
    assert.equal(info.argspec, null);
  });

  test('follows dotted names', async () => {
    assert.equal((await objectInfo('deep.inner.list')).length, 3);
    assert.equal((await objectInfo('sub.move')).docstring, 'Moves it.');
    assert.equal((await objectInfo('console.log')).namespace, 'builtin');
    assert.equal((await objectInfo('Math.max')).definition, 'max(…)');
  });

  test('truncates string_form at detail level 0', async () => {
    const brief = await objectInfo('list');
    const full = await objectInfo('list', 1);
    assert.equal(brief.length, 1000);
    assert.ok((brief.string_form?.length ?? 0) < 300);
    assert.ok((full.string_form?.length ?? 0) > (brief.string_form?.length ?? 0));
  });

  test('of an object that can be called and is more has its call', async () => {
    const info = await objectInfo('callable');
    assert.deepEqual([info.call_def, info.call_docstring], ['callable(x: number)', 'Can be called, and more.']);
  });

  test("says 'None' for a source that there is not", async () => {
    assert.equal((await objectInfo('parseInt', 1)).source, 'None');
  });

  test('of what must not be read says what it is', async () => {
    const info = await objectInfo('deep.inner.bad', 1);
    assert.deepEqual([info.found, info.type_name, info.source], [true, 'accessor', 'get bad() { throw 1 }']);
  });

  test('of what is not there has nothing', async () => {
    for (const name of ['nowhere', 'deep.nothing', 'deep..', '', 'add(1)', '1 + 1']) {
      const { name: _, found, ismagic, isalias, ...others } = await objectInfo(name, 1);
      assert.deepEqual([found, ismagic, isalias], [false, false, false], name);
      assert.ok(
        Object.values(others).every((value) => value === null),
        name,
      );
    }
  });

  test('fits its schema', async () => {
    for (const name of ['add', 'Point', 'sub', 'list', 'nowhere', 'parseInt', 'deep.inner.bad', 'callable']) {
      const content: unknown = await objectInfo(name, 1);
      assert.doesNotThrow(() => validate('object_info_reply', content, 2011));
    }
  });
});
