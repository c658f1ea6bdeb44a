/** "Reveal in a data view with sort and filter for tables": rows by pages, by the debug_request `inspectTable`. See docs/variables.md. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JsonObject } from '@elara/protocol/message';
import { recordOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

// Where apache-arrow is found.
const kernel = await RealKernel.start({ cwd: new URL('../..', import.meta.url).pathname });
after(() => kernel.stop());
const client = await kernel.connect();

async function ask(command: string, args: JsonObject): Promise<Record<string, unknown>> {
  const request = { type: 'request', seq: 1, command, arguments: args };
  return (await client.ask('debug_request', request, { channel: 'control' })).reply.content;
}

async function table(of: string | number, args: JsonObject = {}) {
  const name = typeof of === 'string' ? { variableName: of } : { variablesReference: of };
  const reply = await ask('inspectTable', { ...name, ...args });
  assert.equal(reply.success, true, String(reply.message));
  const { columns, rows, ...body } = recordOf(reply.body);
  assert.ok(Array.isArray(columns) && Array.isArray(rows));
  return {
    ...body,
    columns: columns.map((column) => `${column.name}: ${column.type}${column.numeric ? ' (numeric)' : ''}`),
    rows: rows.map((row) => [row.index, ...row.cells]),
  };
}

async function refusal(args: JsonObject): Promise<string> {
  const reply = await ask('inspectTable', args);
  assert.equal(reply.success, false);
  return String(reply.message);
}

const cities = `
  const cities = [
    { name: 'Oslo', people: 700_000, founded: new Date('1040-01-01'), tags: ['cold'] },
    { name: 'Rome', people: 2_800_000, coast: false, get heat() { throw new Error('never run') } },
    { name: 'Ely', people: null, founded: new Date('0673-01-01'), coast: undefined },
    { name: 'Bonn', people: 330_000, founded: new Date('0011-01-01'), tags: [] },
  ];`;

test('an array of records has its properties as columns', async () => {
  await client.execute(cities);
  const { columns, rows, ...others } = await table('cities');
  assert.deepEqual(columns, [
    'name: string',
    'people: number? (numeric)',
    'founded: date?',
    'tags: array?',
    'coast: boolean?',
    'heat: null',
  ]);
  const none = (kind: string) => ({ none: kind });
  assert.deepEqual(rows.slice(0, 3), [
    [0, 'Oslo', '700000', '1040-01-01', "[ 'cold' ]", none('absent'), none('absent')],
    [1, 'Rome', '2800000', none('absent'), none('absent'), 'false', none('getter')],
    [2, 'Ely', none('null'), '0673-01-01', none('absent'), none('undefined'), none('absent')],
  ]);
  assert.deepEqual(others, { total: 4, matched: 4, columnTotal: 6, start: 0 });
});

test('rows come in the order of a column, what has no value last in either direction', async () => {
  const names = async (args: JsonObject) => (await table('cities', args)).rows.map(([, name]) => name);
  assert.deepEqual(await names({ sort: { column: 1 } }), ['Bonn', 'Oslo', 'Rome', 'Ely']);
  assert.deepEqual(await names({ sort: { column: 1, descending: true } }), ['Rome', 'Oslo', 'Bonn', 'Ely']);
  assert.deepEqual(await names({ sort: { column: 0 } }), ['Bonn', 'Ely', 'Oslo', 'Rome']);
  assert.deepEqual(await names({ sort: { column: 2 } }), ['Bonn', 'Ely', 'Oslo', 'Rome']);
  assert.deepEqual(await names({ sort: { column: 0 }, start: 1, count: 2 }), ['Ely', 'Oslo']);
});

test('filters keep the rows that pass all of them', async () => {
  const names = async (...filters: JsonObject[]) => {
    const { rows, ...page } = await table('cities', { filters });
    assert.equal('matched' in page && page.matched, rows.length);
    return rows.map(([, name]) => name);
  };
  assert.deepEqual(await names({ column: 0, operator: 'contains', value: 'o' }), ['Oslo', 'Rome', 'Bonn']);
  assert.deepEqual(await names({ operator: 'contains', value: 'COLD' }), ['Oslo']);
  assert.deepEqual(await names({ column: 1, operator: '>=', value: '700000' }), ['Oslo', 'Rome']);
  assert.deepEqual(await names({ column: 1, operator: '!=', value: '330000' }), ['Oslo', 'Rome', 'Ely']);
  assert.deepEqual(await names({ column: 2, operator: '<', value: '0700-01-01' }), ['Ely', 'Bonn']);
  assert.deepEqual(await names({ column: 4, operator: '=', value: 'false' }), ['Rome']);
  assert.deepEqual(
    await names({ column: 0, operator: 'contains', value: 'o' }, { column: 1, operator: '<', value: '800000' }),
    ['Oslo', 'Bonn'],
  );
});

test('maps, sets, typed arrays, matrices, instances and Arrow tables have rows too', async () => {
  await client.execute(`
    import { tableFromArrays } from 'apache-arrow';
    class Probe { #secret = 1; id; constructor(id: number) { this.id = id } }
    const byName = new Map([['a', { x: 1 }], ['b', { x: 2, y: 'z' }]]), counts = new Map<object, number>([[{ k: 1 }, 3]]);
    const seen = new Set(['one', 'two']), samples = Float64Array.of(2.5, Number.NaN, -1), grid = [[1, 2], [3, 4]];
    const probes = [new Probe(7), new Probe(8)], mixed = [1, 'two', , null], bytes = Uint8Array.of(1, 255).buffer;
    const rain = tableFromArrays({ mm: Float64Array.of(1.5, 0, 20), where: ['Oslo', 'Rome', 'Oslo'] });`);
  const shown = async (name: string, args: JsonObject = {}) => {
    const { columns, rows } = await table(name, args);
    return [columns.join(', '), ...rows.map((row) => JSON.stringify(row.slice(1)))];
  };
  assert.deepEqual(await shown('byName'), [
    'key: string, x: number (numeric), y: string?',
    '["a","1",{"none":"absent"}]',
    '["b","2","z"]',
  ]);
  assert.deepEqual(await shown('counts'), ['key: object, value: number (numeric)', '["{ k: 1 }","3"]']);
  assert.deepEqual(await shown('seen'), ['value: string', '["one"]', '["two"]']);
  assert.deepEqual(await shown('samples', { sort: { column: 0 } }), [
    'value: number (numeric)',
    '["-1"]',
    '["2.5"]',
    '["NaN"]',
  ]);
  assert.deepEqual(await shown('grid'), ['0: number (numeric), 1: number (numeric)', '["1","2"]', '["3","4"]']);
  assert.deepEqual(await shown('probes'), ['id: number (numeric)', '["7"]', '["8"]']);
  assert.deepEqual(await shown('mixed'), [
    'value: mixed',
    '["1"]',
    '["two"]',
    '[{"none":"absent"}]',
    '[{"none":"null"}]',
  ]);
  assert.deepEqual(await shown('bytes'), ['value: number (numeric)', '["1"]', '["255"]']);
  assert.deepEqual(await shown('rain', { sort: { column: 0, descending: true }, count: 1 }), [
    'mm: Float64 (numeric), where: Dictionary<Int32, Utf8>',
    '["20","Oslo"]',
  ]);
});

test('a large table is paged, and keeps its order until it is looked at anew', async () => {
  await client.execute('const large = Array.from({ length: 200_000 }, (_, i) => ({ i, half: (i * 7919) % 200_000 }));');
  const sort = { column: 1, descending: true };
  const last = await table('large', { sort, start: 199_999, count: 10 });
  assert.deepEqual(last.rows, [[0, '0', '0']]);
  await client.execute('large[0].half = 1e9');
  const [first] = (await table('large', { sort, count: 1 })).rows;
  assert.notEqual(first?.[0], 0);
  assert.deepEqual((await table('large', { sort, count: 1, fresh: true })).rows, [[0, '0', '1000000000']]);
  assert.equal((await table('large', { count: 100_000 })).rows.length, 1000);
});

test('what has no path is reached by its reference', async () => {
  await client.execute('const nested = new Map([["rows", [{ a: 1 }, { a: 2 }]]]);');
  const listed = async (command: string, args: JsonObject = {}) => {
    const { variables } = recordOf((await ask(command, args)).body);
    assert.ok(Array.isArray(variables));
    return variables.map(recordOf);
  };
  const [nested] = (await listed('inspectVariables')).filter(({ name }) => name === 'nested');
  const [rows] = await listed('variables', { variablesReference: Number(nested?.variablesReference) });
  assert.deepEqual((await table(Number(rows?.variablesReference))).rows, [
    [0, '1'],
    [1, '2'],
  ]);
});

test('what cannot be shown as a table says why', async () => {
  await client.execute('const wide = [Array.from({ length: 600 }, (_, i) => i), new Array(600).fill(0)], lone = 7;');
  const wide = await table('wide');
  assert.deepEqual([wide.columns.length, 'columnTotal' in wide && wide.columnTotal], [500, 600]);
  assert.match(await refusal({ variableName: 'lone' }), /no rows/);
  assert.match(await refusal({ variableName: 'nothing' }), /no value of nothing/);
  assert.match(await refusal({ variablesReference: 2 ** 31 - 5 }), /no value/);
  assert.match(await refusal({ variableName: 'cities', sort: { column: 9 } }), /no column 9/);
  assert.match(await refusal({ variableName: 'cities', filters: [{ operator: 'like', value: '' }] }), /operators/);
  await client.execute('const one = { a: { b: 1, c: [1, 2, 3] } }, huge = new Array(2_000_000).fill(one);');
  assert.match(await refusal({ variableName: 'huge', sort: { column: 0 } }), /2,000,000 rows are too many/);
  assert.equal((await table('huge', { start: 1_999_999 })).rows.length, 1);
});
