/** Variables of a real kernel of ours, as a window has it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { once, run, source } from '../../kernels/testing/cells.ts';
import { TestMachine } from '../../kernels/testing/test-window.ts';
import { until } from '../testing.ts';
import { ElaraVariables } from './elara-source.ts';
import type { Variable } from './source.ts';

const machine = new TestMachine();
after(() => machine[Symbol.asyncDispose]());
const kernel = await source(machine.window(), 'own:typescript').open(machine.options());

function lines(variables: readonly Variable[]): string[] {
  return variables.map(({ name, type, value }) => `${name} ${type} ${value}`);
}

test('variables are told at once, after each cell, and looked into', async () => {
  await run(kernel, 'const points = [[1, 2], [3, 4]]; const label = "x";');
  const variables = new ElaraVariables(kernel.connection);
  await once(variables.onDidChange);
  const { variables: listed, total } = await variables.list();
  assert.deepEqual(lines(listed), ["label string 'x'", 'points Array [ [ 1, 2 ], [ 3, 4 ] ]']);
  assert.equal(total, 2);
  const points = listed[1] ?? assert.fail();
  assert.deepEqual([points.length, points.shape, points.table, points.path], [2, [2, 2], 'points', 'points']);
  const { variables: rows } = await variables.children(points.inside ?? assert.fail());
  assert.deepEqual(lines(rows), ['0 Array [ 1, 2 ]', '1 Array [ 3, 4 ]']);

  const changed = once(variables.onDidChange);
  await run(kernel, 'const added = new Map([["k", 1]]); delete globalThis.none;');
  await changed;
  assert.deepEqual(lines((await variables.list()).variables)[0], "added Map Map(1) { 'k' => 1 }");
  variables.dispose();
});

test('variables are listed while a cell awaits, before the comm is answered', async () => {
  const waiting = run(kernel, 'globalThis.begun = 1; await new Promise((resolve) => { globalThis.go = resolve });');
  const variables = new ElaraVariables(kernel.connection);
  // The list is asked of the debugger, which answers beside the cells.
  const names = async (): Promise<string[]> => (await variables.list()).variables.map(({ name }) => name);
  await until('the variable', async () => (await names()).includes('go'));
  await kernel.interrupt();
  await waiting;
  variables.dispose();
});

test('rows of a table come by pages, sorted and filtered', async () => {
  await run(kernel, 'const rows = [{ a: 3, b: "x" }, { a: 1, b: "y" }, { a: 2, b: null }];');
  const variables = new ElaraVariables(kernel.connection);
  const query = { start: 0, count: 2, sort: { column: 0, descending: false }, filters: [], fresh: true };
  const page = await variables.table('rows', query);
  assert.deepEqual(page.rows, [
    { index: 1, cells: ['1', 'y'] },
    { index: 2, cells: ['2', { none: 'null' }] },
  ]);
  await assert.rejects(variables.table('nothing', query), /no value of nothing/);
  variables.dispose();
});

test('of very many variables each can be searched', async () => {
  await run(kernel, 'for (let i = 0; i < 2500; i++) globalThis["many" + i] = i;');
  const variables = new ElaraVariables(kernel.connection);
  await once(variables.onDidChange);
  const grouped = await variables.list();
  assert.ok(grouped.total > 2500 && grouped.variables.length < 10);
  assert.equal(grouped.variables[0]?.kind, 'group');
  const { variables: all, total } = await variables.list(true);
  assert.equal(all.length, total);
  assert.ok(all.some(({ name }) => name === 'many2499'));
  variables.dispose();
});
