/** Variables of Jupyter's own Python kernel, as the extension's view lists them. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { once, run, source } from '../../../extension/src/kernels/testing/cells.ts';
import { TestMachine } from '../../../extension/src/kernels/testing/test-window.ts';
import { askCellsRun, askUsage } from '../../../extension/src/views/requests.ts';
import { DebuggerVariables } from '../../../extension/src/views/variables/debugger-source.ts';
import { PythonVariables } from '../../../extension/src/views/variables/python-source.ts';
import type { Variable } from '../../../extension/src/views/variables/source.ts';
import { python } from '../../peers/paths.ts';

const machine = new TestMachine();
after(() => machine[Symbol.asyncDispose]());
machine.install('py', { argv: [python, '-m', 'ipykernel_launcher', '-f', '{connection_file}'], language: 'python' });
const kernels = machine.window();
await kernels.refresh();
const kernel = await source(kernels, 'spec:py').open(machine.options());
const variables = new PythonVariables(kernel.connection);

async function variable(name: string): Promise<Variable> {
  const { variables: listed } = await variables.list();
  return listed.find((one) => one.name === name) ?? assert.fail(`no variable ${name}`);
}

async function inside(name: string): Promise<string[]> {
  const { variables: found } = await variables.children((await variable(name)).inside ?? assert.fail());
  return found.map((one) => `${one.name}: ${one.type} ${one.value} @${one.path ?? ''}`);
}

test('names of the cells are listed, not those of IPython, and none of the questions leaves a trace', async () => {
  await run(
    kernel,
    `import os, math
b, a = {'k': [1, 2.5, None], 'ü🚀': (True,)}, 'text "quoted" ü🚀'
def f(x, y): pass
class C:
    def __init__(self): self.x, self.inner = 1, [1]
c, big, numbers = C(), list(range(1000)), {3, 4}`,
  );
  const { variables: listed } = await variables.list();
  assert.deepEqual(
    listed.map(({ name, type, value, kind, length }) => [name, type, value, kind, length]),
    [
      ['a', 'str', `'text "quoted" ü🚀'`, 'data', 16],
      ['b', 'dict', `{'k': [1, 2.5, None], 'ü🚀': (True)}`, 'data', 2],
      ['big', 'list', '[0, 1, 2, 3, 4, 5, 6, 7, …]', 'data', 1000],
      ['C', 'type', '<class C>', 'class', undefined],
      ['c', 'C', 'C(x=1, inner=[1])', 'data', undefined],
      ['f', 'function', 'f(x, y)', 'function', undefined],
      ['numbers', 'set', '{3, 4}', 'data', 2],
    ],
  );
  assert.equal(await askCellsRun(kernel.connection), 1);
  assert.ok((await askUsage(kernel.connection)).memory > 20e6);
  assert.deepEqual(await run(kernel, 'print(_, __, In[-1][:5])'), ['stream:   print\n']);
});

test('what is inside is told by pages, with expressions for it', async () => {
  assert.deepEqual(await inside('b'), ["'k': list [1, 2.5, None] @b['k']", "'ü🚀': tuple (True) @b['ü🚀']"]);
  assert.deepEqual(await inside('c'), ['x: int 1 @c.x', 'inner: list [1] @c.inner']);
  const big = await variable('big');
  const page = await variables.children(big.inside ?? assert.fail(), 950);
  assert.deepEqual([page.total, page.variables.length, page.variables[49]?.path], [1000, 50, 'big[999]']);
});

test('nothing of the user’s is run', async () => {
  await run(
    kernel,
    `touched = []
def touch(name): touched.append(name)
class Meta(type):
    __name__ = property(lambda self: touch('name'))
    __module__ = property(lambda self: touch('module'))
    def __instancecheck__(self, other): touch('instancecheck')
class Hostile(metaclass=Meta):
    __class__ = property(lambda self: touch('class'))
    __dict__ = property(lambda self: touch('dict'))
    shape = property(lambda self: touch('shape'))
    def __repr__(self): touch('repr'); return ''
    def __str__(self): touch('str'); return ''
    def __len__(self): touch('len'); return 1
    def __iter__(self): touch('iter'); return iter(())
    def __eq__(self, other): touch('eq')
    def __hash__(self): touch('hash'); return 1
    def __getattr__(self, name): touch('getattr ' + name)
    def __getattribute__(self, name): touch('getattribute ' + name)
class Listed(list):
    def __iter__(self): touch('list iter'); return iter(())
    def __len__(self): touch('list len'); return 1
    def __getitem__(self, at): touch('list getitem')
class Mapped(dict):
    def items(self): touch('items')
    def __iter__(self): touch('dict iter')
    def __getitem__(self, at): touch('dict getitem')
class Text(str):
    def __repr__(self): touch('text repr'); return ''
    def __str__(self): touch('text str'); return ''
hostile, listed, mapped, worded = Hostile(), Listed([Hostile()]), Mapped(k=Hostile()), Text('t')
records = [{'a': Hostile(), 'b': Text('x')}]
touched.clear()`,
  );
  for (const name of ['listed', 'mapped', 'records']) {
    const one = await variable(name);
    const { variables: found } = await variables.children(one.inside ?? assert.fail());
    for (const { inside: deeper } of found) if (deeper !== undefined) await variables.children(deeper);
    const filters = [{ operator: 'contains', value: 'z' }] as const;
    const sort = { column: 0, descending: true };
    await variables.table(one.table ?? assert.fail(), { start: 0, count: 9, filters: [], fresh: true });
    await variables.table(one.table ?? assert.fail(), { start: 0, count: 9, filters, sort, fresh: true });
  }
  assert.equal((await variable('touched')).value, '[]');
});

test('lists of records, lists of columns and mappings are tables', async () => {
  await run(
    kernel,
    `from datetime import date
rows = [{'n': i, 'name': f'n{i % 7}', 'day': date(2026, 1, 1 + i % 28), 'gap': None if i % 2 else i / 2} for i in range(5000)]
columns, pairs = {'x': [3, 1, 2], 'y': ['c', 'a', 'b']}, {'one': 1, 'two': 2}`,
  );
  const table = async (name: string, query: object = {}) => {
    const of = (await variable(name)).table ?? assert.fail();
    const page = await variables.table(of, { start: 0, count: 2, filters: [], fresh: true, ...query });
    return [
      page.columns.map((one) => `${one.name}: ${one.type}`).join(', '),
      ...page.rows.map(({ cells }) => cells),
      page.matched,
    ];
  };
  assert.deepEqual(await table('rows', { sort: { column: 3, descending: true } }), [
    'n: int, name: str, day: date, gap: float?',
    ['4998', 'n0', '2026-01-15', '2499.0'],
    ['4996', 'n5', '2026-01-13', '2498.0'],
    5000,
  ]);
  const filters = [
    { column: 1, operator: '=', value: 'n3' },
    { column: 0, operator: '>=', value: '4990' },
  ];
  assert.deepEqual((await table('rows', { filters, count: 1 })).at(-1), 1);
  assert.deepEqual((await table('rows', { start: 4999 }))[1], ['4999', 'n1', '2026-01-16', { none: 'None' }]);
  assert.deepEqual(await table('columns', { sort: { column: 1 } }), ['x: int, y: str', ['1', 'a'], ['2', 'b'], 3]);
  assert.deepEqual(await table('pairs'), ['key: str, value: int', ['one', '1'], ['two', '2'], 2]);
});

test('the end of a cell is told, that of a question is not', async () => {
  let changes = 0;
  const listening = variables.onDidChange(() => void changes++);
  const changed = once(variables.onDidChange);
  await run(kernel, 'y = 1');
  await changed;
  await variables.list();
  await variables.list();
  assert.equal(changes, 1);
  listening.dispose();
});

test('a kernel that has only a debugger is asked by it', async () => {
  await run(kernel, 'told = {"k": [1, 2]}');
  const debugged = new DebuggerVariables(kernel.connection);
  const { variables: listed } = await debugged.list();
  const told = listed.find(({ name }) => name === 'told') ?? assert.fail(JSON.stringify(listed));
  assert.deepEqual([told.type, told.value], ['dict', "{'k': [1, 2]}"]);
  await assert.rejects(debugged.children(told.inside ?? assert.fail()), /only while a cell is debugged/);
  debugged.dispose();
});
