import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { UsageError } from '../invocation.ts';
import type { Cell, Notebook } from '../nbformat/notebook.ts';
import { injectParameters, readParameters } from './parameters.ts';

function code(source: string, ...tags: string[]): Cell {
  return { cell_type: 'code', id: source, metadata: { tags }, source, execution_count: null, outputs: [] };
}

function notebookOf(...cells: Cell[]): Notebook {
  return { nbformat: 4, nbformat_minor: 5, metadata: {}, cells };
}

test('name=value takes JSON, and text where it is none; files hold an object; later ones win', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'elara-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'a=b.json');
  await writeFile(file, '{"n": 1, "list": [1, null]}');
  const values = await readParameters([file, 'n=2', 'city=Paris', 'text="3"', 'empty=', 'eq=a=b']);
  assert.deepEqual(Object.fromEntries(values), {
    n: 2,
    list: [1, null],
    city: 'Paris',
    text: '3',
    empty: '',
    eq: 'a=b',
  });
});

test('names that are no variables, and files that hold no object, are refused', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'elara-'));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, 'p.json');
  await assert.rejects(readParameters(['a b=1']), UsageError);
  await assert.rejects(readParameters(['1; evil()=1']), UsageError);
  await assert.rejects(readParameters([file]), { code: 'ERR_NOTEBOOK', message: /no such file/ });
  await writeFile(file, '[1]');
  await assert.rejects(readParameters([file]), /JSON object/);
  await writeFile(file, '{');
  await assert.rejects(readParameters([file]), /not JSON/);
});

test('the values go after the cell that is tagged parameters and replace those of an earlier run', () => {
  const notebook = notebookOf(
    code('a'),
    code('let n = 1;', 'parameters'),
    code('old', 'injected-parameters'),
    code('b'),
  );
  injectParameters(
    notebook,
    new Map<string, unknown>([
      ['n', 2],
      ['s', '"\u2028'],
    ]),
    'typescript',
  );
  assert.deepEqual(
    notebook.cells.map((cell) => cell.source),
    ['a', 'let n = 1;', 'let n = 2;\nlet s = "\\"\u2028";', 'b'],
  );
  assert.deepEqual(notebook.cells[2]?.metadata.tags, ['injected-parameters']);
});

test('without such a cell they come first; without values nothing changes', () => {
  const notebook = notebookOf(code('a'));
  injectParameters(notebook, new Map(), 'typescript');
  assert.equal(notebook.cells.length, 1);
  injectParameters(notebook, new Map([['n', 2]]), 'javascript');
  assert.deepEqual(
    notebook.cells.map((cell) => cell.source),
    ['let n = 2;', 'a'],
  );
});

test('Python gets Python literals, and other languages a refusal', () => {
  const notebook = notebookOf();
  injectParameters(notebook, new Map([['v', { a: [true, false, null, 1.5, 'x'] }]]), 'python');
  assert.equal(notebook.cells[0]?.source, 'v = {"a": [True, False, None, 1.5, "x"]}');
  assert.throws(() => injectParameters(notebook, new Map([['v', 1]]), 'R'), UsageError);
});
