import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { openNotebook } from './notebook.testing.ts';

const notebook = openNotebook();
const { run, complete, matches } = notebook;

interface Typed {
  readonly text: string;
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly signature?: string;
}

async function types(code: string): Promise<readonly Typed[]> {
  return (await complete(code)).metadata._jupyter_types_experimental as readonly Typed[];
}

before(async () => {
  await run(`
    const point = { x: 1, y: 2, _private: 3, 'a key': 4, "it's": 5, line: { from: { deep: true } } };
    class Animal { legs = 4; static count = 0; static make() {} constructor(name: string, options = { tail: true }) {}
      walk(steps: number) {} get age() { return 1 } }
    class Dog extends Animal { bark() {} }
    let dog = new Dog('Rex'); var many = [1, 2, 3]; enum Color { Red, Green }
    function greet(name: string, times: number = 1, ...others: string[]) {}
    async function later() {}
    import * as path from 'node:path';
    const process = { mine: 1 };
  `);
});

describe('names', () => {
  test('a name of the runtime is completed to exactly that', async () => {
    assert.deepEqual(await matches('consol'), ['console']);
    assert.deepEqual(await matches('parseI'), ['parseInt']);
    assert.deepEqual(await matches('decodeURI'), ['decodeURI', 'decodeURIComponent']);
    assert.deepEqual(await matches('Math.sq'), ['sqrt']);
    assert.deepEqual(await matches('const n: number = Number.isSa'), ['isSafeInteger']);
    assert.deepEqual(await matches('`$' + '{JSON.str'), ['stringify']);
    assert.deepEqual(await matches('globalThis.noSuchThing'), []);
  });

  test('names that the cells declared come first, in any kind of declaration', async () => {
    for (const name of ['point', 'Animal', 'Dog', 'dog', 'many', 'Color', 'greet', 'later', 'path']) {
      assert.equal((await matches(name.slice(0, -1)))[0], name);
    }
    const all = await matches('');
    assert.ok(all.indexOf('point') < all.indexOf('console'), 'declared before global');
    assert.ok(all.includes('Array') && all.includes('while') && all.includes('interface'));
  });

  test('where nothing begins as written, case does not count; otherwise it does', async () => {
    assert.deepEqual(await matches('CONSOL'), ['console']);
    assert.deepEqual(await matches('ANIM'), ['Animal']);
    assert.deepEqual(await matches('Dog'), ['Dog']);
  });

  test('names that the code declares before it runs are completed, not the word under the cursor', async () => {
    assert.deepEqual(await matches('const fresh1 = 1, x = 2;\nfunction fresh2() {}\nfres|'), ['fresh1', 'fresh2']);
    assert.deepEqual(await matches('const unheardOf'), []);
  });

  test('a name whose cell failed before it was set is left out', async () => {
    await assert.rejects(run('throw new Error("early"); const neverSet = 1;'));
    assert.deepEqual(await matches('neverSe'), []);
  });

  test("nothing of the kernel's own is offered", async () => {
    assert.deepEqual(await matches('__el'), []);
    assert.deepEqual(await matches('globalThis.__elaraHel'), []);
  });

  test('an unknown name has no matches', async () => {
    const { matches: none, cursorStart, cursorEnd } = await complete('qqqq');
    assert.deepEqual([none, cursorStart, cursorEnd], [[], 0, 4]);
  });

  test('in a comment and in a string there is nothing to complete', async () => {
    assert.deepEqual(await matches('// consol'), []);
    assert.deepEqual(await matches('"consol'), []);
  });
});

describe('members', () => {
  test("an object's own come first, then what it inherits, then _private ones, then every object's", async () => {
    const all = await matches('point.');
    assert.deepEqual(all.slice(0, 4), ['line', 'x', 'y', '_private']);
    assert.ok(all.indexOf('_private') < all.indexOf('hasOwnProperty'));
    const rex = await matches('dog.');
    assert.deepEqual(rex.slice(0, 5), ['legs', 'bark', 'constructor', 'age', 'walk']);
  });

  test('of nested objects, by any path', async () => {
    assert.deepEqual(await matches('point.line.fr'), ['from']);
    assert.deepEqual(await matches("point['line'].from.de"), ['deep']);
    assert.deepEqual(await matches('point?.line?.fr'), ['from']);
    assert.deepEqual(await matches('point?.["line"].fr'), ['from']);
    assert.deepEqual(await matches('(point as any).li'), ['line']);
    assert.deepEqual(await matches('globalThis.JSON.par'), ['parse']);
    assert.deepEqual(await matches('this.JSON.par'), ['parse']);
  });

  test('of classes: the static ones, before what every function has', async () => {
    const all = await matches('Dog.');
    assert.ok(all.includes('make') && all.includes('count'));
    assert.ok((await matches('Animal.')).indexOf('count') < (await matches('Animal.')).indexOf('name'));
  });

  test('of literals', async () => {
    assert.deepEqual(await matches('"abc".toUpp'), ['toUpperCase']);
    assert.deepEqual(await matches('`abc`.toUpp'), ['toUpperCase']);
    assert.deepEqual(await matches('(5).toFi'), ['toFixed']);
    assert.deepEqual(await matches('5..toFi'), ['toFixed']);
    assert.deepEqual(await matches('[1, 2].flatM'), ['flatMap']);
    assert.deepEqual(await matches('/x/.tes'), ['test']);
    assert.deepEqual(await matches('({ alpha: 1 }).alp'), ['alpha']);
    assert.deepEqual(await matches('"abc".len'), ['length']);
  });

  test('of expressions that change nothing', async () => {
    assert.deepEqual(await matches('new Map().siz'), ['size']);
    assert.deepEqual(await matches('many.map((n) => n + 1).join'), ['join']);
    assert.deepEqual(await matches('many[0].toFi'), ['toFixed']);
  });

  test("of a cell's own name that the runtime has too", async () => {
    assert.deepEqual((await matches('process.'))[0], 'mine');
    assert.deepEqual(await matches('Object.keys(process).joi'), ['join']);
    assert.deepEqual(await matches('globalThis.process.platfo'), ['platform']);
  });

  test('of what Node loads when it is first used', async () => {
    assert.deepEqual(await matches('crypto.randomU'), ['randomUUID']);
    assert.deepEqual(await matches('globalThis.performance.timeOr'), ['timeOrigin']);
  });

  test('of undefined, of null and of what does not exist there are none', async () => {
    for (const code of ['undefined.', 'null.', 'nowhere.', 'point.nothing.', '(.'])
      assert.deepEqual(await matches(code), []);
  });

  test('of modules, with what they export', async () => {
    assert.deepEqual(await matches('path.basen'), ['basename']);
    assert.deepEqual(await matches('import.meta.dirn'), ['dirname']);
  });
});

describe('keys in brackets', () => {
  test('are completed with their quotes escaped', async () => {
    assert.deepEqual(await matches("point['a k"), ['a key']);
    assert.deepEqual(await matches("point['it"), ["it\\'s"]);
    assert.deepEqual(await matches('point["it'), ["it's"]);
    const { cursorStart, cursorEnd } = await complete("point['a k");
    assert.deepEqual([cursorStart, cursorEnd], [7, 10]);
  });

  test('indices are no keys', async () => {
    assert.ok(!(await matches("many['")).includes('0'));
  });
});

describe('the answer', () => {
  test('offsets count UTF-16 units; those of the types count code points', async () => {
    const outcome = await complete('"😀"; consol| // after');
    assert.deepEqual([outcome.matches, outcome.cursorStart, outcome.cursorEnd], [['console'], 6, 12]);
    assert.deepEqual(outcome.metadata, {
      _jupyter_types_experimental: [{ text: 'console', type: 'instance', start: 5, end: 11 }],
    });
  });

  test('types and signatures are said', async () => {
    const typed = async (code: string) => {
      const [{ text, type, signature } = { text: '', type: '' }] = await types(code);
      return [text, type, signature];
    };
    assert.deepEqual(await typed('gree'), ['greet', 'function', '(name, times = 1, ...others)']);
    assert.deepEqual(await typed('Anim'), ['Animal', 'class', '(name, options = { tail: true })']);
    assert.deepEqual(await typed('Do'), ['Dog', 'class', '(name, options = { tail: true })']);
    assert.deepEqual(await typed('dog.wal'), ['walk', 'function', '(steps)']);
    assert.deepEqual(await typed('dog.ag'), ['age', 'property', undefined]);
    assert.deepEqual(await typed('poin'), ['point', 'instance', undefined]);
    assert.deepEqual(await typed('pat'), ['path', 'module', undefined]);
    assert.deepEqual(await typed('whil'), ['while', 'keyword', undefined]);
    assert.deepEqual(await typed('parseIn'), ['parseInt', 'function', undefined]);
    assert.deepEqual(await typed('Pro'), ['Promise', 'class', undefined]);
  });

  test('of 100,000 keys it has 1,000, and says so', async () => {
    await run('const huge = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => ["key" + i, i]))');
    const { matches: some, metadata } = await complete('huge.key');
    assert.equal(some.length, 1_000);
    assert.deepEqual(metadata.elara, { truncated: { shown: 1_000, total: 100_000 } });
    assert.equal((metadata._jupyter_types_experimental as unknown[]).length, 1_000);
    assert.deepEqual(await matches('huge.key99999'), ['key99999']);
  });

  test('long arrays and strings are not listed index by index', async () => {
    await run(
      'const long = new Float64Array(5_000_000), list = new Array(5_000_000).fill(0), text = "x".repeat(5_000_000)',
    );
    assert.deepEqual(await matches('long.fil'), ['fill', 'filter']);
    assert.deepEqual(await matches('list.len'), ['length']);
    assert.deepEqual(await matches('text.len'), ['length']);
  });
});
