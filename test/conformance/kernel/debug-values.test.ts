/** "Evaluate in frame, setVariable, copyToGlobals; variables with names, types, bounded previews, children; getters never run." */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { DebugProtocol } from '@vscode/debugprotocol';
import { DebugClient } from '../../real-kernel/debug-client.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await DebugClient.connect(kernel);

const CODE = `class Acc { #secret = { deep: 1 }; get loud() { console.log('RAN'); return 1 } y = 2 }
class Evil extends Error { get message() { console.log('RAN'); return 'm' } get name() { console.log('RAN'); return 'n' } }
const noisy = { get() { console.log('RAN'); return 1 }, ownKeys() { console.log('RAN'); return [] } };
function look(arg: { a: number }) {
  const big = Array.from({ length: 2500 }, (_, i) => i);
  const map = new Map<unknown, unknown>([['k', { v: 1 }], [{ o: 1 }, 2]]);
  const bytes = new Uint8Array(5);
  const acc = new Acc();
  const evil = new Evil('z');
  const proxy = new Proxy({ a: 1 }, noisy);
  const text = 'x'.repeat(100_000);
  let changed = 1;
  const process = 'mine';
  return [changed, arg.a, process];
}
look({ a: 1 })`;

let shown: Promise<string>;

before(async () => {
  await client.attach();
  await client.breakpoints(CODE, 14);
  shown = client.run(CODE).shown;
  await client.stopped();
});

async function local(name: string): Promise<DebugProtocol.Variable> {
  const variable = (await client.scope('Locals')).get(name);
  assert.ok(variable, `no variable ${name}`);
  return variable;
}

async function children(name: string, page = {}): Promise<Map<string, DebugProtocol.Variable>> {
  return await client.variables((await local(name)).variablesReference, page);
}

const valuesOf = (variables: Map<string, DebugProtocol.Variable>): Record<string, string> =>
  Object.fromEntries(Array.from(variables, ([name, { value }]) => [name, value]));

test('names, types and bounded previews', async () => {
  const { arg, text, bytes } = Object.fromEntries(await client.scope('Locals'));
  assert.deepEqual([arg?.type, arg?.value], ['Object', '{ a: 1 }']);
  assert.equal(bytes?.type, 'Uint8Array(5)');
  assert.equal(text?.type, 'string');
  assert.ok((text?.value.length ?? 0) < 500);
});

test('the parts of arrays in pages', async () => {
  assert.equal((await local('big')).indexedVariables, 2500);
  assert.deepEqual(valuesOf(await children('big', { filter: 'indexed', start: 1234, count: 2 })), {
    1234: '1234',
    1235: '1235',
  });
  const groups = await children('big');
  assert.equal(groups.size, 25);
  const [, second] = [...groups.values()];
  const inside = await client.variables(second?.variablesReference ?? -1);
  assert.deepEqual([inside.size, inside.get('100')?.value], [100, '100']);
});

test('the parts of maps, of typed arrays, and private fields', async () => {
  assert.deepEqual(valuesOf(await children('map')), { "'k'": '{ v: 1 }', 1: '{ o: 1 } => 2' });
  assert.equal((await children('bytes')).get('4')?.value, '0');
  const acc = await children('acc');
  assert.equal(acc.get('#secret')?.value, '{ deep: 1 }');
  assert.equal(acc.get('loud')?.value, '[Getter]');
  assert.deepEqual(acc.get('loud')?.presentationHint?.attributes, ['hasSideEffects']);
});

test('an expression for each part', async () => {
  const acc = await children('acc');
  assert.equal(acc.get('y')?.evaluateName, 'acc.y');
  assert.equal(await client.evaluate('acc.y'), '2');
});

test('TypeScript is evaluated in the frame, with the names that the cell has', async () => {
  assert.equal(await client.evaluate('(arg as { a: number }).a + changed!'), '2');
  assert.equal(await client.evaluate('const twice = (n: number): number => n * 2; twice(arg.a)'), '2');
  const [frame] = await client.frames();
  const refused = await client.refusal('evaluate', { expression: 'nowhere.x', frameId: frame?.id ?? -1 });
  assert.match(refused, /nowhere is not defined/);
  assert.match(await client.refusal('evaluate', { expression: 'let =' }), /SyntaxError/);
});

test('a hover changes nothing', async () => {
  const [frame] = await client.frames();
  const args = { expression: 'changed = 7', frameId: frame?.id ?? -1, context: 'hover' };
  assert.match(await client.refusal('evaluate', args), /side-effect/);
  assert.equal(await client.evaluate('changed'), '1');
});

test('code that does not end is stopped', async () => {
  const [frame] = await client.frames();
  const args = { expression: 'for (;;);', frameId: frame?.id ?? -1, context: 'hover' };
  assert.match(await client.refusal('evaluate', args), /terminated|side-effect/);
});

test('variables and properties are set', async () => {
  const [frame] = await client.frames();
  const { scopes } = await client.ask<DebugProtocol.ScopesResponse['body']>('scopes', { frameId: frame?.id ?? -1 });
  const locals = scopes.find(({ name }) => name === 'Locals')?.variablesReference ?? -1;
  const set = { variablesReference: locals, name: 'changed', value: '(41 as number) + 1' };
  assert.equal((await client.ask('setVariable', set)).value, '42');
  const arg = (await client.variables(locals)).get('arg')?.variablesReference ?? -1;
  assert.equal(
    (await client.ask('setVariable', { variablesReference: arg, name: 'a', value: '"new"' })).value,
    "'new'",
  );
  const globals = scopes.find(({ name }) => name === 'Globals')?.variablesReference ?? -1;
  await client.ask('setVariable', { variablesReference: globals, name: 'noisy', value: '5' });
  assert.equal(await client.evaluate('noisy'), '5');
});

test('inspectVariables and richInspectVariables tell of the frame', async () => {
  const { variables } = await client.ask<DebugProtocol.VariablesResponse['body']>('inspectVariables');
  const names = variables.map(({ name }) => name);
  assert.ok(['arg', 'big', 'look', 'Acc'].every((name) => names.includes(name)));
  const [frame] = await client.frames();
  const args = { variableName: 'map', frameId: frame?.id ?? -1 };
  assert.deepEqual(await client.ask('richInspectVariables', args), {
    data: { 'text/plain': "Map(2) { 'k' => { v: 1 }, { o: 1 } => 2 }" },
    metadata: {},
  });
});

test('copyToGlobals gives the cells a variable', async () => {
  const [frame] = await client.frames();
  const copy = { srcVariableName: 'map', srcFrameId: frame?.id ?? -1 };
  assert.match(String((await client.ask('copyToGlobals', { ...copy, dstVariableName: 'copied' })).type), /^Map/);
  await client.ask('copyToGlobals', { ...copy, dstVariableName: 'noisy' });
  assert.match(await client.refusal('copyToGlobals', { ...copy, dstVariableName: 'Map' }), /runtime/);
  assert.match(await client.refusal('copyToGlobals', { ...copy, dstVariableName: 'a b' }), /no name/);
});

test('nothing of all this has run a getter or a trap, and the code goes on with what was set', async () => {
  await children('evil');
  await children('proxy');
  await client.continue();
  assert.equal(await shown, "[ 42, 'new', 'mine' ]");
  assert.equal(await client.show('[copied.size, noisy === copied]'), '[ 2, true ]');
});

test('what belongs to a frame is gone with it', async () => {
  assert.match(await client.refusal('variables', { variablesReference: 1 }), /gone on|not stopped/);
  assert.match(await client.refusal('scopes', { frameId: 1 }), /not stopped/);
  assert.match(await client.refusal('next', { threadId: 1 }), /not stopped/);
});

test('while nothing stands still, the variables are those of the cells', async () => {
  const { variables } = await client.ask<DebugProtocol.VariablesResponse['body']>('inspectVariables');
  assert.ok(variables.some(({ name }) => name === 'copied'));
});
