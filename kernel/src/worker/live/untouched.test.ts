/** Nothing that is asked about the values of the cells runs any code of theirs that could be noticed. */
import assert from 'node:assert/strict';
import { before, beforeEach, describe, test } from 'node:test';
import { openNotebook } from './notebook.testing.ts';

const { run, complete, matches, inspect, help, objectInfo } = openNotebook();

before(() =>
  run(`
    let touched: string[] = [];
    const touch = (what: string) => { touched.push(what); return what; };
    const hostile = {
      plain: { inner: 1 },
      get getter() { touch('getter'); return { found: 1 } },
      set setter(value: unknown) { touch('setter') },
      toString() { return touch('toString') },
      valueOf() { return touch('valueOf') },
      toJSON() { return touch('toJSON') },
      [Symbol.toPrimitive]() { return touch('toPrimitive') },
      get [Symbol.toStringTag]() { return touch('toStringTag') },
      [Symbol.for('nodejs.util.inspect.custom')]() { return touch('inspect') },
      get then() { return touch('then') },
      get length() { return touch('length') },
      get name() { return touch('name') },
    };
    const traps = Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, (...args: unknown[]) => {
      touch('trap ' + trap);
      return (Reflect as any)[trap](...args);
    }]));
    const proxy: any = new Proxy({ target: { inner: 1 } }, traps);
    const callable: any = new Proxy(function called(a: number) {}, traps);
    const heir = Object.create(proxy, { own: { value: 1 } });
    class Hostile extends Error {
      static get name() { return touch('static name') }
      static [Symbol.hasInstance]() { touch('hasInstance'); return true }
      get name() { return touch('error name') }
      get message() { return touch('error message') }
      get stack() { return touch('error stack') }
    }
    Object.defineProperty(Hostile.prototype, 'constructor', { get() { touch('constructor'); return Error } });
    const error: any = new Hostile();
    const holder: any = { error, list: [error], map: new Map([[error, error]]) };
    class Fields extends Map { get size() { touch('size'); return 1 } [Symbol.iterator]() { touch('iterator'); return super[Symbol.iterator]() } }
    const fields: any = new Fields([[1, 2]]);
    fields.error = error;
    const thrower = () => { throw error };
    Object.assign(thrower, { error });
    Object.defineProperty(globalThis, 'lurking', { configurable: true, get() { touch('global getter'); return { found: 1 } } });
    Error.prepareStackTrace = () => touch('prepareStackTrace');
  `),
);
beforeEach(() => run('touched.length = 0'));

async function untouched(): Promise<void> {
  assert.deepEqual(await run('[...touched]'), []);
}

const EXPRESSIONS = [
  'hostile',
  'hostile.getter',
  'hostile.setter',
  'hostile.plain',
  'hostile.then',
  'hostile.length',
  "hostile['getter']",
  'hostile[hostile]',
  '(+hostile)',
  '(hostile + "")',
  'String(hostile)',
  'JSON.stringify(hostile)',
  'proxy',
  'proxy.target',
  'proxy.target.inner',
  'proxy.nothing',
  'callable',
  'callable(1)',
  'new callable()',
  'heir',
  'heir.own',
  'heir.target',
  'Hostile',
  'Hostile.name',
  'error',
  'error.message',
  'error.stack',
  'holder',
  'holder.error',
  'holder.list[0]',
  '[error]',
  'fields',
  'fields.size',
  '[...fields]',
  'thrower',
  'thrower()',
  'touch("called")',
  'touched.push("pushed")',
  '(touched.length = 7)',
  'lurking',
  'lurking.found',
  'globalThis.lurking',
  'delete hostile.plain',
  'import("node:nothing")',
];

test('the probes of these tests notice what is run', async () => {
  await run('hostile.getter; String(hostile); proxy.target; heir.target; error.message; lurking; new Error().stack');
  const touched = (await run('[...touched]')) as string[];
  for (const what of ['getter', 'toPrimitive', 'trap get', 'error message', 'global getter', 'prepareStackTrace']) {
    assert.ok(touched.includes(what), what);
  }
});

describe('is left untouched by', () => {
  for (const expression of EXPRESSIONS) {
    test(`completion, inspection and object information of ${expression}`, async () => {
      await complete(`${expression}.`);
      await complete(`${expression}['`);
      await complete(expression);
      for (const detailLevel of [0, 1] as const) {
        await inspect(expression, detailLevel);
        await inspect(`${expression}(`, detailLevel);
        await objectInfo(expression, detailLevel);
      }
      await untouched();
    });
  }

  test('a completion of all names', async () => {
    await complete('');
    await complete('globalThis.');
    await untouched();
  });
});

describe('is known all the same:', () => {
  test('what stands behind a getter is not, and is said to be a getter', async () => {
    assert.deepEqual(await matches('hostile.getter.'), []);
    assert.match(await help('hostile.getter'), /^hostile\.getter: getter\n\nIt was not run/);
    assert.deepEqual(await matches('hostile.plain.inn'), ['inner']);
  });

  test("a proxy's target", async () => {
    assert.deepEqual((await matches('proxy.'))[0], 'target');
    assert.deepEqual(await matches('proxy.target.inn'), ['inner']);
    assert.match(await help('proxy'), /behind a proxy/);
  });

  test('what is before a proxy in the chain of prototypes', async () => {
    assert.deepEqual(await matches('heir.'), ['own']);
  });

  test('an error, without its text', async () => {
    assert.match(await help('holder'), /list: \[/);
  });

  test('a getter that changes nothing', async () => {
    await run('const pure = { get value() { return { inside: 1 } } }');
    assert.deepEqual(await matches('pure.value.insi'), ['inside']);
    assert.match(await help('pure.value'), /Read by a getter/);
  });
});

test('what never ends is given up, and the cells go on', async () => {
  await run('const endless = { get loop(): any { for (;;); } }');
  assert.deepEqual(await matches('endless.loop.'), []);
  assert.match(await help('endless.loop'), /getter/);
  assert.equal(await run('1 + 1'), 2);
});
