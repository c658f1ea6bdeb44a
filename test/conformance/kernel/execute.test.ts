/** Section "Execute" of the messaging specification: the replies, and the options of execute_request. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { contentsOf, recordOf, resultOf, shape, textOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();

const FAILURE = "console.log('before'); throw new TypeError('as asked')";

test('execute_reply carries status, execution_count, user_expressions and payload', async () => {
  const { reply, published } = await client.execute('const x: number = 1');
  assert.equal(reply.header.msg_type, 'execute_reply');
  const { execution_count: count, ...rest } = reply.content;
  assert.equal(count, 1);
  assert.deepEqual(rest, { status: 'ok', user_expressions: {}, payload: [] });
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'idle']);
});

test('the same declaration may be executed again and again', async () => {
  for (let times = 0; times < 3; times++)
    assert.equal((await client.execute('const x = 1')).reply.content.status, 'ok');
});

test('execute_input carries the code as it was sent, and the execution_count of the reply', async () => {
  const code = 'const sum = (a: number, b: number): number => a + b; // 🎈\r\n';
  const { reply, published } = await client.execute(code);
  assert.deepEqual(contentsOf(published, 'execute_input'), [{ code, execution_count: reply.content.execution_count }]);
});

test('execute_result carries the execution_count of the reply', async () => {
  const { reply, published } = await client.execute('1 + 1');
  assert.deepEqual(contentsOf(published, 'execute_result'), [
    { execution_count: reply.content.execution_count, data: { 'text/plain': '2' }, metadata: {} },
  ]);
});

test('undefined, and a last expression that ends in a semicolon, show nothing', async () => {
  for (const code of ['undefined', '6 * 7;', 'const six = 6', 'if (true) 7', 'await Promise.resolve()']) {
    assert.deepEqual(shape((await client.execute(code)).published), ['busy', 'execute_input', 'idle'], code);
  }
});

test('execution_count grows by one with every cell', async () => {
  const counts: unknown[] = [];
  for (const code of ['1', 'throw 1', 'let', '2'])
    counts.push((await client.execute(code)).reply.content.execution_count);
  const [first] = counts;
  assert.deepEqual(
    counts,
    [0, 1, 2, 3].map((more) => Number(first) + more),
  );
});

test('execution_count is carried by errors, by aborted cells and by silent ones', async () => {
  const ids = [];
  for (const code of ['await sleep(50); throw new Error("no")', 'never()']) {
    ids.push(
      await client.send('shell', 'execute_request', {
        code: `const sleep = (ms) => new Promise((r) => setTimeout(r, ms)); ${code}`,
      }),
    );
  }
  for (const status of ['error', 'aborted']) {
    const { content } = await client.receive('shell');
    assert.equal(content.status, status);
    assert.equal(typeof content.execution_count, 'number');
  }
  await client.until(ids[1] ?? '');
  assert.equal(typeof (await client.execute('1', { silent: true })).reply.content.execution_count, 'number');
});

for (const [what, code, ename] of [
  ['thrown', FAILURE, 'TypeError'],
  ['of the syntax', 'function function', 'SyntaxError'],
  ['of a rejected await', 'await Promise.reject(new RangeError("no"))', 'RangeError'],
] as const) {
  test(`an error reply carries ename, evalue and traceback, and error on iopub the same: ${what}`, async () => {
    const { reply, published } = await client.execute(code);
    const { status, ename: name, evalue, traceback } = reply.content;
    assert.equal(status, 'error');
    assert.equal(name, ename);
    assert.ok(Array.isArray(traceback) && traceback.length > 0);
    assert.deepEqual(contentsOf(published, 'error'), [{ ename: name, evalue, traceback }]);
    assert.equal(shape(published).at(-2), 'error');
  });
}

test('what is thrown need not be an error', async () => {
  for (const [code, evalue] of [
    ['throw "a string"', "'a string'"],
    ['throw undefined', 'undefined'],
    ['throw { a: 1 }', '{ a: 1 }'],
  ] as const) {
    const { reply, published } = await client.execute(code);
    assert.equal(reply.content.status, 'error', code);
    assert.equal(reply.content.evalue, evalue);
    assert.equal(contentsOf(published, 'error').length, 1);
  }
});

test('silent hides execute_input, the result and the counting; what is printed is shown', async () => {
  const before = (await client.execute('"kept"')).reply.content.execution_count;
  const { reply, published } = await client.execute('console.log("loud"); "hidden"', { silent: true });
  assert.deepEqual(shape(published), ['busy', 'stdout', 'idle']);
  assert.equal(reply.content.status, 'ok');
  assert.equal(reply.content.execution_count, before);
  const next = await client.execute('[_, In.at(-1)]');
  assert.equal(next.reply.content.execution_count, Number(before) + 1);
  assert.equal(resultOf(next.published), `[ 'kept', '[_, In.at(-1)]' ]`);
});

test('silent forces store_history to be false', async () => {
  const code = '"silent and stored?"';
  await client.execute(code, { silent: true, store_history: true });
  const { reply } = await client.ask('history_request', { hist_access_type: 'search', pattern: '*silent and stored*' });
  assert.deepEqual(reply.content.history, []);
});

test('a silent cell that fails does not abort the queue', async () => {
  await client.send('shell', 'execute_request', { code: 'await null; throw new Error("quietly")', silent: true });
  await client.send('shell', 'execute_request', { code: '1' });
  assert.deepEqual(
    [(await client.receive('shell')).content.status, (await client.receive('shell')).content.status],
    ['error', 'ok'],
  );
});

test('store_history false is not counted and not stored, but shown', async () => {
  const before = (await client.execute('1')).reply.content.execution_count;
  const { reply, published } = await client.execute('"not to be stored"', { store_history: false });
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'execute_result', 'idle']);
  assert.equal(reply.content.execution_count, before);
  const found = await client.ask('history_request', { hist_access_type: 'search', pattern: '*not to be stored*' });
  assert.deepEqual(found.reply.content.history, []);
  assert.equal((await client.execute('2')).reply.content.execution_count, Number(before) + 1);
});

test('user_expressions are evaluated after the code, each with status ok or error', async () => {
  const { reply } = await client.execute('const base = 20;', {
    user_expressions: {
      sum: 'base + 1',
      typed: 'base as number',
      awaited: 'await base',
      missing: 'nosuchname',
      broken: '1 +',
    },
  });
  const results = recordOf(reply.content.user_expressions);
  assert.deepEqual(results.sum, { status: 'ok', data: { 'text/plain': '21' }, metadata: {} });
  assert.deepEqual(results.typed, { status: 'ok', data: { 'text/plain': '20' }, metadata: {} });
  assert.deepEqual(results.awaited, { status: 'ok', data: { 'text/plain': '20' }, metadata: {} });
  for (const [name, ename] of [
    ['missing', 'ReferenceError'],
    ['broken', 'SyntaxError'],
  ] as const) {
    const failed = recordOf(results[name]);
    assert.equal(failed.status, 'error');
    assert.equal(failed.ename, ename);
    assert.equal(typeof failed.evalue, 'string');
    assert.ok(Array.isArray(failed.traceback));
  }
});

test('user_expressions are rich, and leave nothing on iopub, in _ or in the count', async () => {
  await client.execute('"mine"');
  const rich = '({ [Symbol.for("Jupyter.display")]: () => ({ "text/html": "<b>x</b>", "text/plain": "x" }) })';
  const { reply, published } = await client.execute('', { user_expressions: { rich } });
  assert.deepEqual(recordOf(recordOf(reply.content.user_expressions).rich).data, {
    'text/html': '<b>x</b>',
    'text/plain': 'x',
  });
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'idle']);
  assert.equal(resultOf((await client.execute('_')).published), "'mine'");
});

test('user_expressions of a silent cell are evaluated', async () => {
  const { reply, published } = await client.execute('', { silent: true, user_expressions: { two: '1 + 1' } });
  assert.deepEqual(recordOf(recordOf(reply.content.user_expressions).two).data, { 'text/plain': '2' });
  assert.deepEqual(shape(published), ['busy', 'idle']);
});

test('user_expressions are not evaluated after an error', async () => {
  const { reply } = await client.execute('throw new Error("no")', {
    user_expressions: { touched: 'globalThis.touched = 1' },
  });
  assert.deepEqual(reply.content.user_expressions, {});
  assert.equal(resultOf((await client.execute('typeof touched')).published), "'undefined'");
});

test('stop_on_error aborts what the client had queued, and each of it gets its reply, busy and idle', async () => {
  const ids: string[] = [];
  for (const code of [
    'await new Promise((r) => setTimeout(r, 100)); throw new Error("no")',
    'globalThis.ran = 1',
    'globalThis.ran = 2',
  ]) {
    ids.push(await client.send('shell', 'execute_request', { code, stop_on_error: true }));
  }
  const replies = [await client.receive('shell'), await client.receive('shell'), await client.receive('shell')];
  assert.deepEqual(
    replies.map(({ content }) => content.status),
    ['error', 'aborted', 'aborted'],
  );
  assert.deepEqual(
    replies.map(({ parentHeader }) => parentHeader.msg_id),
    ids,
  );
  assert.deepEqual(shape(await client.until(ids[1] ?? '')), ['busy', 'idle']);
  assert.deepEqual(shape(await client.until(ids[2] ?? '')), ['busy', 'idle']);
  // A cell that is sent once the error is known runs.
  assert.equal(resultOf((await client.execute('typeof globalThis.ran')).published), "'undefined'");
});

test('stop_on_error false keeps the queue', async () => {
  await client.send('shell', 'execute_request', { code: 'await null; throw new Error("no")', stop_on_error: false });
  const id = await client.send('shell', 'execute_request', { code: 'console.log("on")' });
  assert.equal((await client.receive('shell')).content.status, 'error');
  assert.equal((await client.receive('shell')).content.status, 'ok');
  assert.equal(textOf(await client.until(id)), 'on\n');
});

test('requests other than execute that wait behind an error are not aborted', async () => {
  const cell = 'await new Promise((r) => setTimeout(r, 100)); throw new Error("no")';
  await client.send('shell', 'execute_request', { code: cell });
  const requests = {
    kernel_info_request: {},
    comm_info_request: {},
    inspect_request: { code: 'x', cursor_pos: 1 },
    is_complete_request: { code: '1' },
  };
  for (const [msgType, content] of Object.entries(requests)) await client.send('shell', msgType, content);
  const statuses = new Map<string, unknown>();
  for (let count = 0; count < 5; count++) {
    const { header, content } = await client.receive('shell');
    statuses.set(header.msg_type, content.status);
  }
  assert.deepEqual(Object.fromEntries([...statuses].sort()), {
    comm_info_reply: 'ok',
    execute_reply: 'error',
    inspect_reply: 'ok',
    is_complete_reply: 'complete',
    kernel_info_reply: 'ok',
  });
});

test('an error leaves the queues of other clients alone', async () => {
  const other = await kernel.connect();
  const cell = 'console.log("on"); await new Promise((r) => setTimeout(r, 100)); throw new Error("no")';
  const id = await client.send('shell', 'execute_request', { code: cell });
  for (;;) {
    const { header, parentHeader } = await other.next();
    if (parentHeader.msg_id === id && header.msg_type === 'stream') break;
  }
  const { reply, published } = await other.execute('"other"');
  assert.equal(reply.content.status, 'ok');
  assert.equal(resultOf(published), "'other'");
  assert.equal((await client.receive('shell')).content.status, 'error');
});

test('cellId in the metadata is kept', async () => {
  for (const code of ['1', 'throw 1']) {
    assert.equal((await client.execute(code, {}, { cellId: 'a1b2', other: [1] })).reply.metadata.cellId, 'a1b2');
  }
});

test('what a cell declares before it fails is kept', async () => {
  await client.execute('const declared = 7; throw new Error("no"); const undeclared = 8;');
  assert.equal(resultOf((await client.execute('declared')).published), '7');
});

test('an empty cell is executed', async () => {
  for (const code of ['', ' \n', '// nothing but a comment']) {
    const { reply, published } = await client.execute(code);
    assert.equal(reply.content.status, 'ok');
    assert.deepEqual(shape(published), ['busy', 'execute_input', 'idle']);
  }
});

test('a request with the code alone has the defaults of the specification', async () => {
  const { reply, published } = await client.execute(
    'let code; try { prompt("x") } catch (error) { code = error.code } code',
  );
  assert.equal(reply.content.status, 'ok');
  assert.equal(resultOf(published), "'ERR_INPUT_REFUSED'");
});
