import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { validate } from '@elara/protocol/validate';
import { names, startTestKernel, type TestClient, type TestKernel } from './testing/harness.ts';

let kernel: TestKernel;
let old: TestClient;
let current: TestClient;

before(async () => {
  kernel = await startTestKernel();
  old = await kernel.client({ old: true });
  current = await kernel.client();
});

after(() => kernel.close());

test('object_info_request is answered with every field, by name and by oname', async () => {
  for (const field of ['name', 'oname']) {
    const { reply } = await old.ask('object_info_request', { [field]: 'alpha', detail_level: 1 });
    validate('object_info_reply', reply.content, 2011);
    assert.equal(reply.content.name, 'alpha');
    assert.equal(reply.content.found, true);
    assert.equal(Object.keys(reply.content).length, 19);
  }
});

test('execute_request with user_variables has payload, user_variables and transformed_code in its reply', async () => {
  const { reply, published } = await old.execute('print 1', { user_variables: ['a'], user_expressions: { b: '1' } });
  validate('execute_reply', reply.content, 2011);
  assert.deepEqual(reply.content.user_variables, { a: 'a' });
  assert.deepEqual(reply.content.user_expressions, { b: '1' });
  assert.equal(reply.content.transformed_code, '');
  // On iopub everybody hears the same: today's names, unless the kernel is told otherwise.
  assert.deepEqual(names(published), ['busy', 'execute_input', 'stream', 'idle']);
});

test('both dialects are served side by side', async () => {
  const error = (await old.execute('throw x')).reply.content;
  assert.equal(error.ename, 'Error');
  assert.equal(error.exc_name, 'Error');
  assert.equal('exc_name' in (await current.execute('throw x')).reply.content, false);
});

test('complete_request of line and cursor gives matches', async () => {
  kernel.worker.completion = { matches: ['alpha'], cursorStart: 6, cursorEnd: 8, metadata: {} };
  const { reply } = await old.ask('complete_request', { text: 'al', line: 'print al', block: null, cursor_pos: 8 });
  validate('complete_reply', reply.content, 2011);
  assert.deepEqual(reply.content.matches, ['alpha']);
});

test('connect_reply has the names of both ages', async () => {
  const { reply } = await old.ask('connect_request');
  const { shell_port, iopub_port, stdin_port, hb_port } = kernel.server.connection;
  assert.equal(reply.content.xrep_port, shell_port);
  assert.equal(reply.content.pub_port, iopub_port);
  assert.equal(reply.content.req_port, stdin_port);
  assert.equal(reply.content.hb_port, hb_port);
  assert.equal(reply.content.shell_port, shell_port);
});

test('history_request of 2011', async () => {
  await old.execute('print old');
  const { reply } = await old.ask('history_request', { output: false, raw: true, hist_access_type: 'tail', n: 1 });
  validate('history_reply', reply.content, 2011);
  assert.equal(JSON.stringify(reply.content.history).includes('print old'), true);
});

test('getattr_request: ok, AttributeError, AccessError', async () => {
  const get = async (name: string): Promise<unknown> => (await old.ask('getattr_request', { name })).reply.content;
  assert.deepEqual(await get('language'), { status: 'ok', value: 'typescript' });
  assert.deepEqual(await get('connection.transport'), { status: 'ok', value: 'tcp' });
  assert.deepEqual(await get('nothing'), { status: 'AttributeError' });
  assert.deepEqual(await get('connection.key'), { status: 'AccessError' });
  for (const name of ['banner', 'execution_count', 'implementation', 'implementation_version', 'protocol_version']) {
    validate('getattr_reply', await get(name), 2011);
  }
});

test('setattr_request: ok, AttributeError, AccessError', async () => {
  const set = async (name: string, value: string | number): Promise<unknown> =>
    (await old.ask('setattr_request', { name, value })).reply.content;
  assert.deepEqual(await set('log.level', 'warn'), { status: 'ok' });
  assert.deepEqual((await old.ask('getattr_request', { name: 'log.level' })).reply.content.value, 'warn');
  assert.deepEqual(await set('log.level', 'loud'), { status: 'AccessError' });
  assert.deepEqual(await set('language', 'python'), { status: 'AccessError' });
  assert.deepEqual(await set('nothing', 1), { status: 'AttributeError' });
  assert.deepEqual(await set('log.level', 'debug'), { status: 'ok' });
});

test('with the option, iopub has the names of 2011, and crash', async () => {
  const ancient = await startTestKernel({ dialect2011: true });
  try {
    const client = await ancient.client({ old: true });
    const { published, id } = await client.execute('print x\nresult 1');
    assert.deepEqual(names(published), ['busy', 'pyin', 'stream', 'pyout', 'idle']);
    assert.deepEqual(published[2]?.content, { name: 'stdout', data: 'x\n' });
    const failed = await client.execute('throw x');
    assert.equal(names(failed.published)[2], 'pyerr');
    void ancient.worker.end({ code: 9, signal: null, lastWords: '' });
    for (;;) {
      const message = await client.next();
      if (message.header.msg_type !== 'crash') continue;
      validate('crash', message.content, 2011);
      assert.notEqual(message.parentHeader.msg_id, id);
      assert.match(String(message.content.info), /exit code 9/);
      break;
    }
  } finally {
    await ancient.close();
  }
});
