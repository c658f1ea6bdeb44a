import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { PROTOCOL_VERSION } from '@elara/protocol/message';
import { validate } from '@elara/protocol/validate';
import { names, startTestKernel, type TestClient, type TestKernel } from '../testing/harness.ts';

let kernel: TestKernel;
let client: TestClient;

before(async () => {
  kernel = await startTestKernel();
  client = await kernel.client();
});

after(() => kernel.close());

for (const channel of ['shell', 'control'] as const) {
  test(`busy and idle surround every request on ${channel}`, async () => {
    const requests = {
      kernel_info_request: {},
      comm_info_request: {},
      connect_request: {},
      usage_request: {},
      history_request: { hist_access_type: 'tail', n: 1 },
      is_complete_request: { code: '1' },
      complete_request: { code: 'al', cursor_pos: 2 },
      inspect_request: { code: 'alpha', cursor_pos: 2 },
      interrupt_request: {},
      create_subshell_request: {},
      list_subshell_request: {},
      delete_subshell_request: { subshell_id: '1' },
      debug_request: { type: 'request', command: 'initialize' },
      object_info_request: { name: 'alpha' },
      getattr_request: { name: 'banner' },
      setattr_request: { name: 'log.level', value: 'debug' },
    };
    for (const [msgType, content] of Object.entries(requests)) {
      const { reply, published, id } = await client.ask(msgType, content, { channel });
      assert.equal(reply.header.msg_type, msgType.replace('request', 'reply'));
      assert.equal(reply.parentHeader.msg_id, id);
      assert.deepEqual(names(published), ['busy', 'idle'], msgType);
      validate(reply.header.msg_type, reply.content);
    }
  });
}

test('kernel_info_reply says the version that headers say, and names the language', async () => {
  const { reply } = await client.ask('kernel_info_request');
  assert.equal(reply.content.protocol_version, PROTOCOL_VERSION);
  assert.equal(reply.header.version, PROTOCOL_VERSION);
  assert.equal(reply.content.implementation, 'elara');
  assert.match(String(reply.content.banner), /TypeScript .* Node\.js/);
  assert.ok(Array.isArray(reply.content.supported_features));
  assert.deepEqual(reply.content.language_info, {
    name: 'typescript',
    version: '6.0.3',
    mimetype: 'application/typescript',
    file_extension: '.ts',
    pygments_lexer: 'typescript',
    codemirror_mode: 'typescript',
    nbconvert_exporter: 'script',
  });
});

test('connect_reply has the ports that were bound', async () => {
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = kernel.server.connection;
  const { reply } = await client.ask('connect_request');
  assert.deepEqual(reply.content, { status: 'ok', shell_port, iopub_port, stdin_port, control_port, hb_port });
});

test('is_complete: complete, incomplete with indent, invalid', async () => {
  const ask = async (code: string): Promise<unknown> =>
    (await client.ask('is_complete_request', { code })).reply.content;
  assert.deepEqual(await ask('1 + 1'), { status: 'complete' });
  assert.deepEqual(await ask('function f() {'), { status: 'incomplete', indent: '  ' });
  assert.deepEqual(await ask('let = ;;)'), { status: 'invalid' });
});

test('cursor positions count code points on the wire and UTF-16 inside', async () => {
  kernel.worker.completion = { matches: ['🎈.length'], cursorStart: 3, cursorEnd: 6, metadata: { a: 1 } };
  const { reply } = await client.ask('complete_request', { code: '"🎈".le', cursor_pos: 6 });
  assert.deepEqual(reply.content, {
    status: 'ok',
    matches: ['🎈.length'],
    cursor_start: 2,
    cursor_end: 5,
    metadata: { a: 1 },
  });
  assert.equal(kernel.worker.calls.at(-1), 'complete 7');
  await client.ask('inspect_request', { code: '"🎈".le', cursor_pos: 6 });
  assert.equal(kernel.worker.calls.at(-1), 'inspect 7 0');
});

test('inspect_reply has what the worker found', async () => {
  const { reply } = await client.ask('inspect_request', { code: 'alpha', cursor_pos: 1, detail_level: 1 });
  assert.deepEqual(reply.content, { status: 'ok', found: true, data: { 'text/plain': 'alpha: number' }, metadata: {} });
  assert.equal(kernel.worker.calls.at(-1), 'inspect 1 1');
});

test('usage_reply measures server and worker, and says where they run', async () => {
  const first = (await client.ask('usage_request', {}, { channel: 'control' })).reply.content;
  const { reply } = await client.ask('usage_request', {}, { channel: 'control' });
  assert.equal(first.pid, process.pid);
  assert.ok(Number(reply.content.kernel_memory) > 1e6);
  assert.ok(Number(reply.content.kernel_cpu) >= 0);
  assert.ok(Number(reply.content.cpu_count) >= 1);
});

test('a debugger that the worker does not have is refused in words and not advertised', async () => {
  const debug = (await client.ask('debug_request', { type: 'request', seq: 4, command: 'attach' })).reply.content;
  assert.equal(debug.success, false);
  assert.equal(debug.request_seq, 4);
  assert.match(String(debug.message), /no debugger/);
  const { supported_features: features } = (await client.ask('kernel_info_request')).reply.content;
  assert.ok(Array.isArray(features) && !features.includes('debugger'));
});

test('interrupt_request on control stops a cell and is answered; the queue of others goes on', async () => {
  const id = await client.send('shell', 'execute_request', { code: 'wait' });
  while ((await client.next()).header.msg_type !== 'execute_input');
  await client.send('control', 'interrupt_request');
  assert.deepEqual((await client.receive('control')).content, { status: 'ok' });
  const reply = await client.receive('shell');
  assert.equal(reply.parentHeader.msg_id, id);
  assert.equal(reply.content.evalue, 'interrupted');
  await client.until(id);
});

test('interrupt_request when nothing runs is answered', async () => {
  assert.deepEqual((await client.ask('interrupt_request', {}, { channel: 'control' })).reply.content, { status: 'ok' });
});

test('requests that need no user code are answered while a cell runs', async () => {
  await client.execute('declare measured measureAll');
  const id = await client.send('shell', 'execute_request', { code: 'loop' });
  while ((await client.next()).header.msg_type !== 'execute_input');
  const reply = async (msgType: string, content: Parameters<TestClient['send']>[2] = {}) => {
    const sent = await client.send('shell', msgType, content);
    const received = await client.receive('shell');
    assert.equal(received.parentHeader.msg_id, sent);
    return received.content;
  };
  assert.equal((await reply('kernel_info_request')).status, 'ok');
  assert.equal((await reply('comm_info_request')).status, 'ok');
  assert.equal((await reply('is_complete_request', { code: '1' })).status, 'complete');
  assert.equal((await reply('connect_request')).status, 'ok');
  assert.equal((await reply('history_request', { hist_access_type: 'tail' })).status, 'ok');
  assert.deepEqual(await reply('complete_request', { code: '"🎈" + meas', cursor_pos: 10 }), {
    status: 'ok',
    matches: ['measureAll', 'measured'],
    cursor_start: 6,
    cursor_end: 10,
    metadata: {},
  });
  const members = await reply('complete_request', { code: 'Math.sq', cursor_pos: 7 });
  assert.deepEqual(members.matches, ['sqrt']);
  const inspected = await reply('inspect_request', { code: 'measured', cursor_pos: 3 });
  assert.equal(inspected.found, true);
  assert.match(JSON.stringify(inspected.data), /measured: declared in In\[\d+\]/);
  assert.equal((await reply('inspect_request', { code: 'unknown1', cursor_pos: 3 })).found, false);
  assert.equal((await reply('object_info_request', { name: 'measured' })).namespace, 'interactive');
  await client.send('control', 'interrupt_request');
  assert.equal((await client.receive('shell')).parentHeader.msg_id, id);
  await client.receive('control');
});

test('history_request: tail, range and search over the cells of this session', async () => {
  await client.execute('result 41');
  await client.execute('print 42');
  const tail = (await client.ask('history_request', { hist_access_type: 'tail', n: 2, output: true })).reply.content;
  assert.deepEqual(
    (Array.isArray(tail.history) ? tail.history : []).map((entry) => (Array.isArray(entry) ? entry[2] : undefined)),
    [
      ['result 41', '41'],
      ['print 42', null],
    ],
  );
  const found = (await client.ask('history_request', { hist_access_type: 'search', pattern: 'print 4?' })).reply;
  assert.equal(JSON.stringify(found.content.history).includes('print 42'), true);
});
