/** Sections "Completion" and "Introspection": from live objects, without side effects. What is completed and how is tested beside the code. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { recordOf, shape } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();
await client.execute(`
  const testVariableForCompletion = 42;
  /** Adds two numbers. */
  function sum(a: number, b: number = 1): number { return a + b; }
  let touched = 0;
  const trap = { get expensive() { touched++; return { inner: 1 }; }, plain: { inner: 2 } };`);

async function complete(code: string, cursor = code.length): Promise<Record<string, unknown>> {
  return (await client.ask('complete_request', { code, cursor_pos: cursor })).reply.content;
}

async function inspect(code: string, cursor = code.length, detail = 0): Promise<Record<string, unknown>> {
  return (await client.ask('inspect_request', { code, cursor_pos: cursor, detail_level: detail })).reply.content;
}

test('complete_reply has status, matches, cursor_start, cursor_end and metadata', async () => {
  const { matches, metadata, ...rest } = await complete('testVariableFor');
  assert.deepEqual(matches, ['testVariableForCompletion']);
  assert.deepEqual(rest, { status: 'ok', cursor_start: 0, cursor_end: 15 });
  recordOf(metadata);
});

test('matches of a member replace the member only', async () => {
  assert.deepEqual(
    await complete('Math.sq').then(({ matches, cursor_start: start, cursor_end: end }) => [matches, start, end]),
    [['sqrt'], 5, 7],
  );
});

test('a cursor in the middle completes what is before it', async () => {
  const { matches, cursor_start: start } = await complete('Math.sq(testVariableFor)', 23);
  assert.deepEqual([matches, start], [['testVariableForCompletion'], 8]);
});

test('where nothing fits, matches is empty', async () => {
  for (const code of ['globalThis.noSuchThing', 'no_such_name_at_all', "'in a string te", '']) {
    const { status, matches } = await complete(code);
    assert.equal(status, 'ok');
    if (code !== '') assert.deepEqual(matches, [], code);
  }
});

test('a name that an error left undeclared, or code that does not parse, is no error of the request', async () => {
  for (const code of ['const x = {{{ testVariableFor', ')))', 'function ('])
    assert.equal((await complete(code)).status, 'ok', code);
});

test('inspect_reply of a name that is there: found, and text/plain says what it is', async () => {
  const { status, found, data } = await inspect('testVariableForCompletion');
  assert.deepEqual([status, found], ['ok', true]);
  assert.match(String(recordOf(data)['text/plain']), /42/);
});

test('inspect_reply of a function has its signature and its documentation, at detail_level 1 its source', async () => {
  const text = String(recordOf((await inspect('sum(', 4)).data)['text/plain']);
  assert.match(text, /sum\(a.*b/);
  assert.match(text, /Adds two numbers/);
  assert.match(String(recordOf((await inspect('sum', 3, 1)).data)['text/plain']), /return a \+ b/);
});

test('inspect_reply of a name that is not there: found false, no data', async () => {
  const { status, found, data, metadata } = await inspect('no_such_name');
  assert.deepEqual([status, found, data, metadata], ['ok', false, {}, {}]);
});

test('no getter runs, no code has an effect', async () => {
  await complete('trap.expensive.in');
  await inspect('trap.expensive', 10);
  await complete('touched++; touch');
  await complete('sum(touched = 9).to');
  const { reply } = await client.execute('', { user_expressions: { touched: 'touched' } });
  assert.match(JSON.stringify(reply.content.user_expressions), /"text\/plain":"0"/);
});

test('completions and inspections print nothing, and count nothing', async () => {
  const before = (await client.execute('1')).reply.content.execution_count;
  for (const msgType of ['complete_request', 'inspect_request']) {
    const { published } = await client.ask(msgType, {
      code: 'trap.pl',
      cursor_pos: 7,
      ...(msgType === 'inspect_request' ? { detail_level: 0 } : {}),
    });
    assert.deepEqual(shape(published), ['busy', 'idle']);
  }
  assert.equal((await client.execute('1')).reply.content.execution_count, Number(before) + 1);
});

test('what only the cells see is completed by its name, once', async () => {
  assert.deepEqual((await complete('Deno')).matches, ['Deno']);
  assert.deepEqual((await complete('globalThis.Deno')).matches, []);
  assert.deepEqual((await complete('Deno.jup')).matches, ['jupyter']);
});
