import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { names, startTestKernel, type TestClient, type TestKernel } from './testing/harness.ts';

let kernel: TestKernel;
let client: TestClient;

before(async () => {
  kernel = await startTestKernel();
  client = await kernel.client();
});

after(() => kernel.close());

const comms = async (content = {}): Promise<unknown> =>
  (await client.ask('comm_info_request', content)).reply.content.comms;

test('a comm of a known target is open until it is closed, and its messages reach the worker', async () => {
  kernel.worker.targets.add('known');
  const buffers = [Buffer.from([1, 2])];
  const open = { comm_id: 'c1', target_name: 'known', data: { a: 1 } };
  const id = await client.send('shell', 'comm_open', open, { metadata: { m: 1 }, buffers });
  assert.deepEqual(names(await client.until(id)), ['busy', 'idle']);
  const passed = kernel.worker.comms.at(-1);
  assert.equal(passed?.msgType, 'comm_open');
  assert.deepEqual(passed.content, open);
  assert.deepEqual(passed.metadata, { m: 1 });
  assert.deepEqual([...(passed.buffers[0] ?? [])], [1, 2]);
  assert.deepEqual(await comms(), { c1: { target_name: 'known' } });

  await client.until(await client.send('shell', 'comm_msg', { comm_id: 'c1', data: { b: 2 } }));
  assert.deepEqual(kernel.worker.comms.at(-1)?.content, { comm_id: 'c1', data: { b: 2 } });

  await client.until(await client.send('shell', 'comm_close', { comm_id: 'c1', data: {} }));
  assert.deepEqual(await comms(), {});
});

test('an unknown target is answered by comm_close on iopub', async () => {
  const id = await client.send('shell', 'comm_open', { comm_id: 'c2', target_name: 'unknown', data: {} });
  const published = await client.until(id);
  assert.deepEqual(names(published), ['busy', 'comm_close', 'idle']);
  assert.equal(published[1]?.content.comm_id, 'c2');
  assert.deepEqual(await comms(), {});
});

test('comms that the user code opens and closes are known, by target', async () => {
  await client.execute('publish comm_open {"comm_id":"k1","target_name":"one","data":{}}');
  await client.execute('publish comm_open {"comm_id":"k2","target_name":"two","data":{}}');
  assert.deepEqual(await comms(), { k1: { target_name: 'one' }, k2: { target_name: 'two' } });
  assert.deepEqual(await comms({ target_name: 'two' }), { k2: { target_name: 'two' } });
  await client.execute('publish comm_close {"comm_id":"k1","data":{}}');
  assert.deepEqual(await comms({ target_name: null }), { k2: { target_name: 'two' } });
});

test('a comm message waits for its turn and is not aborted by an error', async () => {
  await client.send('shell', 'execute_request', { code: 'wait' });
  const message = await client.send('shell', 'comm_msg', { comm_id: 'k2', data: { after: true } });
  await client.send('control', 'interrupt_request');
  await client.until(message);
  assert.deepEqual(kernel.worker.comms.at(-1)?.content, { comm_id: 'k2', data: { after: true } });
  await client.receive('shell');
});
