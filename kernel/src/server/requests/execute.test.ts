import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { names, startTestKernel, type TestClient, type TestKernel } from '../testing/harness.ts';

let kernel: TestKernel;
let client: TestClient;

before(async () => {
  kernel = await startTestKernel();
  client = await kernel.client();
});

after(() => kernel.close());

test('execute_request is answered by busy, execute_input, outputs, reply, idle', async () => {
  const { reply, published, id } = await client.execute('print hello\nresult 2');
  assert.deepEqual(names(published), ['busy', 'execute_input', 'stream', 'execute_result', 'idle']);
  assert.equal(reply.header.msg_type, 'execute_reply');
  assert.equal(reply.content.status, 'ok');
  assert.deepEqual(reply.content.user_expressions, {});
  assert.deepEqual(reply.content.payload, []);
  const [, input, stream, result] = published;
  assert.deepEqual(input?.content, { code: 'print hello\nresult 2', execution_count: reply.content.execution_count });
  assert.deepEqual(stream?.content, { name: 'stdout', text: 'hello\n' });
  assert.equal(result?.content.execution_count, reply.content.execution_count);
  for (const message of [reply, ...published]) assert.equal(message.parentHeader.msg_id, id);
});

test('execution_count grows by one with every cell that is stored', async () => {
  const first = await client.execute('print 1');
  const second = await client.execute('print 2');
  assert.equal(second.reply.content.execution_count, Number(first.reply.content.execution_count) + 1);
});

test('execute_reply carries execution_count when silent, and silent hides execute_input and counting', async () => {
  const counted = await client.execute('print 1');
  const silent = await client.execute('result 3', { silent: true });
  assert.deepEqual(names(silent.published), ['busy', 'idle']);
  assert.equal(silent.reply.content.execution_count, counted.reply.content.execution_count);
  assert.equal(kernel.worker.executed.at(-1)?.storeHistory, false);
  const next = await client.execute('print 1');
  assert.equal(next.reply.content.execution_count, Number(counted.reply.content.execution_count) + 1);
});

test('store_history false is not counted and not stored, but shown', async () => {
  const counted = await client.execute('print 1');
  const { reply, published } = await client.execute('print unstored', { store_history: false });
  assert.deepEqual(names(published), ['busy', 'execute_input', 'stream', 'idle']);
  assert.equal(reply.content.execution_count, counted.reply.content.execution_count);
  const history = await client.ask('history_request', { hist_access_type: 'search', pattern: '*unstored*' });
  assert.deepEqual(history.reply.content.history, []);
});

test('the error in the reply is the error on iopub', async () => {
  const { reply, published } = await client.execute('throw no such luck');
  assert.deepEqual(names(published), ['busy', 'execute_input', 'error', 'idle']);
  const { ename, evalue, traceback } = reply.content;
  assert.equal(reply.content.status, 'error');
  assert.equal(typeof reply.content.execution_count, 'number');
  assert.deepEqual(published[2]?.content, { ename, evalue, traceback });
  assert.equal(evalue, 'no such luck');
});

test('user_expressions have their results, each with a status', async () => {
  const { reply } = await client.execute('print 1', { user_expressions: { one: '1', none: 'nosuchname' } });
  assert.deepEqual(reply.content.user_expressions, {
    one: { status: 'ok', data: { 'text/plain': '1' }, metadata: {} },
    none: { status: 'error', ename: 'ReferenceError', evalue: 'nosuchname is not defined', traceback: [] },
  });
});

test('payload of the cell is in the reply', async () => {
  const { reply } = await client.execute('payload {"source":"set_next_input","text":"1"}');
  assert.deepEqual(reply.content.payload, [{ source: 'set_next_input', text: '1' }]);
});

test('cellId in the metadata of the request is kept in the reply', async () => {
  const { reply } = await client.execute('print 1', {}, { cellId: 'a1b2' });
  assert.equal(reply.metadata.cellId, 'a1b2');
  assert.equal(reply.metadata.status, 'ok');
  assert.match(String(reply.metadata.started), /^\d{4}-\d\d-\d\dT.*Z$/);
});

test('parent_header of what a request causes is its header, byte for byte', async () => {
  const header = { ...client.header('execute_request'), date: '2026-01-31T10:00:00.123456+0200', extra: [1, 'ü'] };
  const raw = Buffer.from(JSON.stringify(header, null, 1));
  await client.sockets.shell.send(client.session.serialize({ header: raw, content: { code: 'print 1' } }));
  const frames = await client.sockets.shell.receive();
  const delimiter = frames.findIndex((frame) => frame.equals(Buffer.from('<IDS|MSG>')));
  assert.equal(frames[delimiter + 3]?.equals(raw), true);
  for (const { parentHeader } of await client.until(header.msg_id)) {
    assert.deepEqual(parentHeader, JSON.parse(raw.toString()));
  }
});

test('an error aborts the executes that its client has queued, and nothing else', async () => {
  const other = await kernel.client({ iopub: false });
  const failing = await client.send('shell', 'execute_request', { code: 'wait' });
  const aborted = await client.send('shell', 'execute_request', { code: 'print never' });
  await other.send('shell', 'execute_request', { code: 'print other' });
  await client.send('shell', 'kernel_info_request');
  assert.equal((await client.receive('shell')).header.msg_type, 'kernel_info_reply');
  await client.send('control', 'interrupt_request');

  const failure = await client.receive('shell');
  assert.equal(failure.parentHeader.msg_id, failing);
  assert.equal(failure.content.status, 'error');
  const abortion = await client.receive('shell');
  assert.equal(abortion.parentHeader.msg_id, aborted);
  assert.equal(abortion.content.status, 'aborted');
  assert.equal(typeof abortion.content.execution_count, 'number');
  assert.deepEqual(names(await client.until(aborted)), ['busy', 'idle']);
  assert.equal((await other.receive('shell')).content.status, 'ok');
  assert.equal(
    kernel.worker.executed.some(({ code }) => code === 'print never'),
    false,
  );
  await client.receive('control');
});

test('stop_on_error false keeps the queue', async () => {
  await client.send('shell', 'execute_request', { code: 'throw no', stop_on_error: false });
  const kept = await client.send('shell', 'execute_request', { code: 'print kept' });
  assert.equal((await client.receive('shell')).content.status, 'error');
  assert.equal((await client.receive('shell')).content.status, 'ok');
  assert.deepEqual(names(await client.until(kept)), ['busy', 'execute_input', 'stream', 'idle']);
});

test('a cell after an aborted queue runs', async () => {
  await client.execute('throw again');
  const { reply } = await client.execute('print on');
  assert.equal(reply.content.status, 'ok');
});

test('300 executes sent at once are answered in their order', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 300; index++) {
    ids.push(await client.send('shell', 'execute_request', { code: `print ${index}` }));
  }
  for (const id of ids) {
    const reply = await client.receive('shell');
    assert.equal(reply.parentHeader.msg_id, id);
    assert.equal(reply.content.status, 'ok');
  }
  for (const id of ids) assert.deepEqual(names(await client.until(id)), ['busy', 'execute_input', 'stream', 'idle']);
});

test('metadata and buffers of what the cell publishes pass through', async () => {
  const running = client.send('shell', 'execute_request', { code: 'wait' });
  const id = await running;
  while ((await client.next()).header.msg_type !== 'execute_input');
  const parent = kernel.worker.executed.at(-1)?.parent ?? null;
  kernel.worker.say(
    'display_data',
    parent,
    { data: {}, metadata: {} },
    {
      metadata: Buffer.from('{"a":1}'),
      buffers: [Buffer.from([1, 2, 3])],
    },
  );
  const display = await client.next();
  assert.deepEqual(display.metadata, { a: 1 });
  assert.deepEqual([...(display.buffers[0] ?? [])], [1, 2, 3]);
  assert.equal(display.parentHeader.msg_id, id);
  await client.send('control', 'interrupt_request');
  await client.receive('control');
  await client.receive('shell');
});
