/** Variables of a real worker, over the link. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Paging, Variable } from '../../link.ts';
import { TestWorker } from '../testing.ts';

let worker: TestWorker;
before(async () => {
  worker = await TestWorker.start();
});
after(() => worker[Symbol.asyncDispose]());

async function list(query: { about: 'all' } | { about: 'children'; reference: number }, paging: Paging = {}) {
  const outcome = await worker.link.variables({ query: { ...query, ...paging } });
  assert.ok(outcome.kind === 'variables');
  return outcome;
}

async function variable(name: string): Promise<Variable> {
  const { variables } = await list({ about: 'all' });
  return variables.find((one) => one.name === name) ?? assert.fail(`no variable ${name}`);
}

async function children(of: Variable | string, paging?: Paging): Promise<readonly Variable[]> {
  const { reference } = typeof of === 'string' ? await variable(of) : of;
  assert.notEqual(reference, 0);
  return (await list({ about: 'children', reference }, paging)).variables;
}

/** `name: value`. */
function lines(variables: readonly Variable[]): string[] {
  return variables.map(({ name, value }) => `${name}: ${value}`);
}

test('the names of the cells are listed, sorted, with type, value and size; those of the kernel are not', async () => {
  await worker.run(`
    let zero = 0;
    const text = 'héllo', big = 12n, nothing = null, none = undefined, yes = true, mark = Symbol('m');
    var old = [1, 2, 3];
    function greet(name: string) { return name }
    class Point { x = 1; y = 2 }
    const Alias = Point, point = new Point();
    async function later() {}
    globalThis.put = { on: 'global' };
    import { join } from 'node:path';
    1;
  `);
  const { variables, total } = await list({ about: 'all' });
  const names = variables.map(({ name }) => name);
  assert.equal(total, names.length);
  assert.deepEqual(
    names,
    names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
  );
  const seen = Object.fromEntries(variables.map(({ name, type, value, kind }) => [name, `${type} ${kind} ${value}`]));
  assert.deepEqual(seen, {
    Alias: 'class class [class Point]',
    big: 'bigint data 12n',
    greet: 'function function [Function: greet]',
    join: 'function function [Function: join]',
    later: 'async function function [AsyncFunction: later]',
    mark: 'symbol data Symbol(m)',
    none: 'undefined data undefined',
    nothing: 'null data null',
    old: 'Array data [ 1, 2, 3 ]',
    point: 'Point data Point { x: 1, y: 2 }',
    Point: 'class class [class Point]',
    put: "Object data { on: 'global' }",
    text: "string data 'héllo'",
    yes: 'boolean data true',
    zero: 'number data 0',
  });
  assert.equal((await variable('text')).length, 5);
});

test('a name whose cell has failed before it was set is not there', async () => {
  await worker.run('const before = 1; throw new Error("no"); const unset = 2;');
  const names = (await list({ about: 'all' })).variables.map(({ name }) => name);
  assert.ok(!names.includes('unset'));
});

describe('sizes and shapes', () => {
  for (const [code, expected] of Object.entries({
    '[]': { length: 0, shape: [0] },
    '[[1, 2], [3, 4], [5, 6]]': { length: 3, shape: [3, 2] },
    '[[1], [2, 3]]': { length: 2, shape: [2] },
    '[[[1], [2]], [[3], [4]]]': { length: 2, shape: [2, 2, 1] },
    '[new Float64Array(3), new Float64Array(3)]': { length: 2, shape: [2, 3] },
    'new Float32Array(1000)': { length: 1000, bytes: 4000, shape: [1000] },
    'new Array(1e6).fill(0)': { length: 1e6, shape: [1e6] },
    'new Uint8Array(1e6)': { length: 1e6, bytes: 1e6, shape: [1e6] },
    'Buffer.from("abc")': { length: 3, bytes: 3, shape: [3] },
    'new ArrayBuffer(16)': { bytes: 16 },
    'new DataView(new ArrayBuffer(8))': { bytes: 8 },
    'new Map([[1, 2]])': { length: 1 },
    'new Set([1, 2, 3])': { length: 3 },
    '({ shape: [4, 5], data: new Float64Array(20) })': { shape: [4, 5] },
    '({ get shape() { throw new Error("run") } })': {},
    '({ shape: [4, "x"] })': {},
    '({ a: 1 })': {},
  })) {
    test(code, async () => {
      await worker.run(`var sized = ${code};`);
      const { length, bytes, shape } = await variable('sized');
      assert.deepEqual(
        Object.fromEntries(Object.entries({ length, bytes, shape }).filter(([, v]) => v !== undefined)),
        expected,
      );
    });
  }
});

describe('what is in a value', () => {
  for (const [code, expected] of Object.entries({
    "({ a: 1, 'b c': 'x', [Symbol('s')]: true })": ['a: 1', "b c: 'x'", '[Symbol(s)]: true'],
    '[1, , 3]': ['0: 1', '1: <empty>', '2: 3'],
    "Object.assign([1], { extra: 'x' })": ['0: 1', "extra: 'x'"],
    'Int8Array.of(-1, 2)': ['0: -1', '1: 2', 'buffer: ArrayBuffer(2) { ff 02 }'],
    "new Map([['a', 1], [{ k: 1 }, 2]])": ["'a': 1", '1: { k: 1 } => 2'],
    "new Set(['a', 2])": ["0: 'a'", '1: 2'],
    'new ArrayBuffer(2)': ['0: 0', '1: 0'],
    'new Promise(() => {})': ["[[PromiseState]]: 'pending'"],
    'Promise.resolve(7)': ["[[PromiseState]]: 'fulfilled'", '[[PromiseResult]]: 7'],
    'new Proxy({ a: 1 }, {})': ['[[Target]]: { a: 1 }'],
    '({ get g() { return 1 }, set s(v) {}, get b() { return 1 }, set b(v) {} })': [
      'g: [Getter]',
      's: [Setter]',
      'b: [Getter/Setter]',
    ],
  })) {
    test(code, async () => {
      await worker.run(`var opened = ${code};`);
      assert.deepEqual(lines(await children('opened')), expected);
    });
  }

  test('an instance of a class: its fields, the accessors of its classes, and its prototype; nothing private', async () => {
    await worker.run(`
      class Shape { #secret = 1; name = 'shape'; get area() { return this.#secret } describe() {} }
      class Square extends Shape { side = 2; get name2() { return 'x' } }
      const square = new Square();`);
    const inside = await children('square');
    assert.deepEqual(lines(inside), [
      "name: 'shape'",
      'side: 2',
      'name2: [Getter]',
      'area: [Getter]',
      '[[Prototype]]: Shape {}',
    ]);
    assert.deepEqual(
      inside.map(({ kind }) => kind),
      ['data', 'data', 'accessor', 'accessor', 'data'],
    );
    const [prototype] = inside.slice(-1);
    assert.ok((await children(prototype ?? assert.fail())).some(({ name }) => name === 'constructor'));
  });

  test('an error: its message, its cause, and its stack as V8 has it', async () => {
    await worker.run('const failure = new RangeError("too far", { cause: { code: 7 } });');
    assert.equal((await variable('failure')).value, '[RangeError: too far]');
    const inside = await children('failure');
    assert.deepEqual(inside.map(({ name }) => name).sort(), ['cause', 'message', 'stack']);
    assert.match(inside.find(({ name }) => name === 'stack')?.value ?? '', /^'RangeError: too far\\n {4}at In\[/);
  });

  test('a rejected promise is not handled by being looked at', async () => {
    await worker.run('let reject; const failing = new Promise((_, no) => { reject = no });');
    assert.equal((await variable('failing')).value, 'Promise { <pending> }');
    await worker.run('reject(new TypeError("nobody hears")); await null');
    await worker.value('await new Promise((resolve) => setTimeout(resolve, 10))');
    assert.equal((await variable('failing')).value, 'Promise { <rejected> [TypeError: nobody hears] }');
    const [, result] = await children('failing');
    assert.equal(result?.value, '[TypeError: nobody hears]');
    assert.ok(worker.of('error').some(({ content }) => content.evalue === 'nobody hears'));
  });

  test('paths are expressions of the cells', async () => {
    await worker.run("const tree = { list: [{ 'odd key': 1 }] };");
    const [listed] = await children('tree');
    assert.equal(listed?.path, 'tree.list');
    const [first] = await children(listed ?? assert.fail());
    assert.equal(first?.path, 'tree.list[0]');
    const [leaf] = await children(first ?? assert.fail());
    assert.equal(leaf?.path, 'tree.list[0]["odd key"]');
    assert.equal(await worker.value(leaf?.path ?? ''), '1');
  });

  test('what refers to itself can be opened for ever, and each time has a number', async () => {
    await worker.run('const ring = { name: "ring" }; ring.self = ring; ring.list = [ring];');
    let at = await variable('ring');
    assert.equal(at.value, "{ name: 'ring', self: [Circular], list: [ [Circular] ] }");
    for (let depth = 0; depth < 10; depth += 1) {
      at = (await children(at)).find(({ name }) => name === 'self') ?? assert.fail();
    }
    assert.equal(at.path, `ring${'.self'.repeat(10)}`);
  });

  test('a number whose value is gone stands for nothing', async () => {
    assert.deepEqual(await worker.link.variables({ query: { about: 'children', reference: 2 ** 30 + 1e6 } }), {
      kind: 'missing',
    });
  });
});

describe('many', () => {
  test('a long array comes in groups, which can be opened down to the elements', async () => {
    await worker.run('const long = Array.from({ length: 1_000_000 }, (_, i) => i);');
    const groups = await children('long');
    assert.equal(groups.length, 100);
    assert.deepEqual(
      [groups[0]?.name, groups[0]?.kind, groups.at(-1)?.name],
      ['[0 … 9999]', 'group', '[990000 … 999999]'],
    );
    const inner = await children(groups.at(-1) ?? assert.fail());
    assert.deepEqual([inner.length, inner[0]?.name], [100, '[990000 … 990099]']);
    const elements = await children(inner.at(-1) ?? assert.fail());
    assert.deepEqual(
      [elements.length, elements[99]?.name, elements[99]?.value, elements[99]?.path],
      [100, '999999', '999999', 'long[999999]'],
    );
  });

  test('who pages gets the elements themselves, as many as there are and not more than a thousand', async () => {
    const page = async (paging: Paging) => (await children('long', paging)).map(({ value }) => value);
    assert.deepEqual(await page({ filter: 'indexed', start: 500_000, count: 2 }), ['500000', '500001']);
    assert.deepEqual(await page({ start: 999_999, count: 10 }), ['999999']);
    assert.deepEqual(await page({ filter: 'named' }), []);
    assert.equal((await page({ filter: 'indexed' })).length, 1000);
    assert.equal((await page({ filter: 'indexed', count: 1e9 })).length, 1000);
  });

  test('maps, sets, typed arrays and buffers of a million are paged too', async () => {
    await worker.run(`
      const map = new Map(long.map((i) => [i, -i])), set = new Set(long), floats = Float64Array.from(long);
      const memory = new ArrayBuffer(1e6);`);
    for (const [name, last] of Object.entries({ map: '-999999', set: '999999', floats: '999999', memory: '0' })) {
      assert.ok((await children(name)).length <= 102, name);
      assert.deepEqual(
        (await children(name, { filter: 'indexed', start: 999_999, count: 5 })).map(({ value }) => value),
        [last],
      );
      assert.equal((await variable(name)).indexed, 1e6);
    }
  });

  test('ten thousand names come in groups, or by pages', async () => {
    await worker.run(
      Array.from({ length: 10_000 }, (_, i) => `const name${String(i).padStart(5, '0')} = ${i};`).join('\n'),
    );
    const { variables, total } = await list({ about: 'all' });
    assert.ok(total > 10_000);
    assert.ok(variables.length < 20);
    const group = variables.find(({ name }) => name.startsWith('[name04')) ?? assert.fail();
    assert.equal(group.kind, 'group');
    const inside = await children(group);
    assert.equal(inside.length, 1000);
    assert.ok(inside.some(({ name, value }) => name === 'name04999' && value === '4999'));
    const page = await list({ about: 'all' }, { start: 5000, count: 10 });
    assert.equal(page.variables.length, 10);
  });
});
