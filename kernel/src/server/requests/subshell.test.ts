import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { JsonObject } from '@elara/protocol/message';
import { names, startTestKernel, type TestClient, type TestKernel } from '../testing/harness.ts';

let kernel: TestKernel;
let client: TestClient;

before(async () => {
  kernel = await startTestKernel();
  client = await kernel.client({ validated: true });
});

after(() => kernel.close());

async function control(msgType: string, content: JsonObject = {}): Promise<JsonObject> {
  return (await client.ask(msgType, content, { channel: 'control' })).reply.content;
}

async function create(): Promise<string> {
  return String((await control('create_subshell_request')).subshell_id);
}

const REQUESTS = {
  kernel_info_request: {},
  connect_request: {},
  comm_info_request: {},
  history_request: { hist_access_type: 'tail', n: 1, output: false, raw: true },
  is_complete_request: { code: '1' },
  complete_request: { code: 'al', cursor_pos: 2 },
  inspect_request: { code: 'alpha', cursor_pos: 2, detail_level: 0 },
  execute_request: { code: 'print 1' },
};

test('every request for a subshell that is not there is refused, in busy and idle', async () => {
  const header = { subshell_id: 'nowhere' };
  const { executionCount } = { executionCount: (await client.execute('print 1')).reply.content.execution_count };
  for (const [msgType, content] of Object.entries(REQUESTS)) {
    const { reply, published } = await client.ask(msgType, content, { header });
    assert.equal(reply.header.msg_type, msgType.replace('request', 'reply'));
    assert.equal(reply.content.status, 'error');
    assert.match(String(reply.content.evalue), /no subshell "nowhere"/);
    const shown = msgType === 'execute_request' ? ['error'] : [];
    assert.deepEqual(names(published), ['busy', ...shown, 'idle']);
  }
  assert.equal((await client.execute('print 1')).reply.content.execution_count, Number(executionCount) + 1);
});

test('every request for a subshell that is there is answered', async () => {
  const header = { subshell_id: await create() };
  for (const [msgType, content] of Object.entries(REQUESTS)) {
    const { reply } = await client.ask(msgType, content, { header });
    assert.notEqual(reply.content.status, 'error', msgType);
    assert.equal(reply.parentHeader.subshell_id, header.subshell_id);
  }
});

test('null names the main shell; on control nothing names one; interrupts are for all', async () => {
  assert.equal(
    (await client.ask('execute_request', { code: 'print 1' }, { header: { subshell_id: null } })).reply.content.status,
    'ok',
  );
  const header = { subshell_id: 'nowhere' };
  const asked = await client.ask('kernel_info_request', {}, { channel: 'control', header });
  assert.equal(asked.reply.content.status, 'ok');
  assert.equal((await client.ask('interrupt_request', {}, { header })).reply.content.status, 'ok');
});

test('a message of a comm for a subshell that is not there is not lost', async () => {
  const header = { subshell_id: 'nowhere' };
  kernel.worker.targets.add('t');
  const content = { comm_id: 'c', target_name: 't', data: {} };
  await client.until(await client.send('shell', 'comm_open', content, { header }));
  assert.deepEqual(kernel.worker.comms.at(-1)?.content, content);
});

test('the death of the worker ends every cell that runs, and only once', async () => {
  const ids = [await create(), await create()];
  const cells = await Promise.all(
    ids.map((id) => client.send('shell', 'execute_request', { code: 'wait' }, { header: { subshell_id: id } })),
  );
  const dying = await client.send('shell', 'execute_request', { code: 'die SIGKILL' });
  const replies = [await client.receive('shell'), await client.receive('shell'), await client.receive('shell')];
  assert.deepEqual(replies.map(({ parentHeader }) => parentHeader.msg_id).sort(), [...cells, dying].sort());
  for (const { content } of replies) assert.deepEqual([content.status, content.ename], ['error', 'WorkerDied']);
  assert.equal((await client.execute('print 1')).reply.content.status, 'ok');
  assert.equal(kernel.worker.calls.filter((call) => call === 'restart').length, 1);
  // The subshells are the server's.
  const { subshell_id: left } = await control('list_subshell_request');
  assert.ok(Array.isArray(left) && ids.every((id) => left.includes(id)));
});

test('a kernel that ends answers what runs and what waits in its subshells', async () => {
  await using other = await startTestKernel();
  const own = await other.client();
  const made = await own.ask('create_subshell_request', {}, { channel: 'control' });
  const header = { subshell_id: String(made.reply.content.subshell_id) };
  const running = await own.send('shell', 'execute_request', { code: 'wait' }, { header });
  const waiting = await own.send('shell', 'execute_request', { code: 'print 1' }, { header });
  while ((await own.next()).header.msg_type !== 'execute_input');
  await own.send('control', 'shutdown_request', { restart: false });
  const replies = [await own.receive('shell'), await own.receive('shell')];
  assert.deepEqual(
    replies.map(({ parentHeader, content }) => [parentHeader.msg_id, content.status]),
    [
      [waiting, 'aborted'],
      [running, 'error'],
    ],
  );
  assert.equal((await other.server.ended).reason, 'shutdown');
});
