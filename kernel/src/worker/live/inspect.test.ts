import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openNotebook } from './notebook.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'inspect-'));
const { run, inspect, help } = openNotebook(folder);

before(async () => {
  writeFileSync(
    join(folder, 'shapes.ts'),
    `import { sep } from 'node:path';\n\n/** The area of a square. */\nexport function area(side: number): number {\n  return side ** 2;\n}\nexport const separator = sep;\n`,
  );
  await run(`
/**
 * The sum of two numbers.
 * @param a the first
 */
function add<T extends number>(a: T, b: number = 2, ...rest: number[]): number {
  return a + b;
}

/** A point in the plane. */
class Point {
  x = 1;
  /** Makes one. */
  constructor(readonly y: number, options: { tail: boolean } = { tail: true }) {}
  /** Moves it. */
  move(dx: number): this { return this; }
  get length(): number { return Math.hypot(this.x, this.y); }
}
class Sub extends Point {}
/** Twice of it. */
const twice = async (n: number): Promise<number> => n * 2, other = (s: string) => s;
/** The answer. */
const answer: number = 42, unanswered = [1, 2];
`);
  await run(`const point = new Sub(3); let text = 'some text', map = new Map([['k', { v: 1 }]]), nothing = undefined;
import { area, separator } from './shapes.ts';
enum Color { Red, Green }
const table = { name: 'x', nested: { deep: { deeper: { deepest: 1 } } }, call() { return 1; } };
const process = { mine: true };`);
});
after(() => rmSync(folder, { recursive: true }));

describe('a function of a cell', () => {
  test('is shown with its types, its comment and its place', async () => {
    assert.equal(
      await help('add'),
      [
        'add: function',
        'add<T extends number>(a: T, b: number = 2, ...rest: number[]): number',
        'The sum of two numbers.\n@param a the first',
        'Defined in In[1]:6:1',
      ].join('\n\n'),
    );
  });

  test('is found from its call, and wherever the cursor is on its name', async () => {
    for (const code of ['add(', 'add(1, ', 'a|dd(1)', '|add', 'const x = add(1)|']) {
      assert.match(await help(code), /^add: function/, code);
    }
  });

  test('has its source as it was written at detail level 1', async () => {
    const source =
      'function add<T extends number>(a: T, b: number = 2, ...rest: number[]): number {\n  return a + b;\n}';
    assert.ok((await help('add', 1)).endsWith(`Source:\n\n${source}`));
  });

  test('as arrow function: with its declaration, and with a comment of its own only', async () => {
    assert.match(await help('twice'), /^twice: async function\n\ntwice\(n: number\): Promise<number>\n\nTwice of it\./);
    assert.match(await help('twice', 1), /Source:\n\ntwice = async \(n: number\)/);
    assert.doesNotMatch(await help('other'), /Twice/);
  });

  test('as method: of an instance and of the prototype', async () => {
    for (const code of ['point.move', 'Point.prototype.move', "point['move']"]) {
      assert.match(await help(code), /: function\n\nmove\(dx: number\): this\n\nMoves it\.\n\nDefined in In\[1\]:16:3/);
    }
    assert.match(await help('table.call', 1), /Source:\n\ncall\(\) \{ return 1; \}/);
  });

  test('that was declared again is the latest', async () => {
    await run('/** Later. */ function again(x: string) {}');
    await run('\n\n/** Latest. */ function again(y: string) {}');
    assert.match(await help('again'), /again\(y: string\)\n\nLatest\.\n\nDefined in In\[4\]:3:16/);
  });
});

describe('a class', () => {
  test('is shown with its constructor', async () => {
    assert.equal(
      await help('Point'),
      [
        'Point: class',
        'class Point\nnew Point(readonly y: number, options: { tail: boolean } = { tail: true })',
        'A point in the plane.',
        'Makes one.',
        'Defined in In[1]:11:1',
      ].join('\n\n'),
    );
  });

  test('that has no constructor of its own is constructed as its parent', async () => {
    assert.match(await help('Sub'), /class Sub extends Point\nnew Sub\(y, options = \{ tail: true \}\)/);
  });

  test('of the runtime is one', async () => {
    assert.equal(await help('Map'), 'Map: class\n\nnew Map(…)');
  });
});

describe('a value', () => {
  test('is shown with its class, its length, its comment and its place', async () => {
    assert.equal(await help('answer'), 'answer: number\n\nThe answer.\n\nDefined in In[1]:23:7\n\n42');
    assert.match(
      await help('point'),
      /^point: Sub\n\nClass: Sub < Point < Object\nDefined in In\[2\]:1:7\n\nSub \{ y: 3, x: 1 \}$/,
    );
    assert.match(await help('text'), /^text: string\n\nLength: 9\nDefined in In\[2\]:1:31\n\n'some text'$/);
    assert.match(
      await help('map'),
      /^map: Map\n\nClass: Map < Object\nLength: 1\n.*\n\nMap\(1\) \{ 'k' => \{ v: 1 \} \}$/,
    );
    assert.doesNotMatch(await help('unanswered'), /The answer/);
  });

  test('is shown deeper at detail level 1', async () => {
    assert.match(await help('table'), /nested: \{ deep: \[Object\] \}/);
    assert.match(await help('table', 1), /deepest: 1/);
  });

  test('may be undefined or null', async () => {
    assert.match(await help('nothing'), /^nothing: undefined/);
    assert.match(await help('undefined'), /^undefined: undefined/);
    assert.match(await help('null'), /^null: null/);
  });

  test('may be a literal, an element, a property of a string', async () => {
    assert.match(await help('"abc".length'), /: number\n\n3$/);
    assert.match(await help('unanswered[1]'), /: number\n\n2$/);
    assert.match(await help('"abc".toUpperCase'), /: function\n\ntoUpperCase\(…\)/);
  });

  test('of an enum', async () => {
    assert.match(await help('Color'), /^Color: Object/);
    assert.match(await help('Color', 1), /Source:\n\nenum Color \{ Red, Green \}/);
  });

  test("that hides one of the runtime's is the cell's", async () => {
    assert.match(await help('process'), /mine: true/);
    assert.match(await help('globalThis.process'), /globalThis\.process: process/);
  });
});

describe('what is imported', () => {
  test('from a file of the notebook is shown with its place there', async () => {
    const text = await help('area', 1);
    assert.match(text, /^area: function\n\narea\(side: number\): number\n\nThe area of a square\.\n\n/);
    assert.ok(text.includes(`Defined in ${join(folder, 'shapes.ts')}:4:8`));
    assert.match(text, /Source:\n\nexport function area\(side: number\): number \{\n {2}return side/);
  });

  test('and is no function is shown with its import', async () => {
    assert.match(await help('separator'), /^separator: string\n\nLength: 1\nDefined in In\[2\]:2:16\n\n'\/'/);
  });
});

describe('what is not there', () => {
  test('is not found', async () => {
    for (const code of [
      'nowhere',
      'table.nothing',
      'nothing.at.all',
      'const',
      '',
      '1 +',
      '// add',
      'table.nothing.deeper',
    ]) {
      assert.deepEqual(await inspect(code), { found: false, data: {}, metadata: {} }, code);
    }
  });

  test('but is declared in this cell is said to be', async () => {
    assert.equal(await help('const coming = 1;\ncom|ing'), 'coming: declared in this cell, not run yet');
  });

  test('but was declared by a cell that failed is said to be', async () => {
    await assert.rejects(run('throw new Error("early");\nconst unreached = 1;'));
    assert.match(
      await help('unreached'),
      /^unreached: declared, without a value: its cell did not get so far\n\nDefined in/,
    );
  });
});

describe('the answer', () => {
  test('has Markdown beside the plain text', async () => {
    const { data } = await inspect('add');
    assert.deepEqual(Object.keys(data), ['text/plain', 'text/markdown']);
    assert.equal(
      data['text/markdown'],
      [
        '`add`: function',
        '```ts\nadd<T extends number>(a: T, b: number = 2, ...rest: number[]): number\n```',
        'The sum of two numbers.  \n@param a the first',
        'Defined in In[1]:6:1',
      ].join('\n\n'),
    );
  });

  test('has a fence that the code cannot end', async () => {
    await run('const fenced = () => "````";');
    const { data } = await inspect('fenced', 1);
    assert.match(String(data['text/markdown']), /`````ts\nconst fenced/);
  });

  test('is bounded for large values', async () => {
    await run(
      'const large = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => ["key" + i, "x".repeat(1000)]))',
    );
    const text = await help('large');
    assert.ok(text.length < 5_000, String(text.length));
    assert.match(text, /… 999\d\d more/);
    await run('const endless = { list: Array.from({ length: 1e6 }, () => "y".repeat(100)) }');
    assert.ok((await help('endless', 1)).length < 50_000);
  });
});
