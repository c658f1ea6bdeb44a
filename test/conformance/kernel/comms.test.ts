/** "Comms: targets registered from user code; open, msg and close both ways with buffers; an unknown target is answered by comm_close on iopub." */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JsonObject, ReceivedMessage } from '@elara/protocol/message';
import { contentsOf, resultOf, shape, textOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();

await client.execute(`
  Jupyter.comms.registerTarget('squares', (comm, { data, buffers }) => {
    console.log('opened', data.from, buffers.length);
    comm.onMessage = ({ data, metadata, buffers }) => {
      if (data.go) globalThis.goOn();
      comm.send({ square: data.n ** 2, metadata }, { buffers: buffers.map((bytes) => bytes.toReversed()), metadata: { of: 'the kernel' } });
    };
    comm.onClose = ({ data }) => console.log('closed', data.why);
  });`);

/** Sends a message of a comm; resolves with what comes of it, which is answered by no reply. */
async function say(
  msgType: string,
  content: JsonObject,
  more: { buffers?: Uint8Array[]; metadata?: JsonObject } = {},
): Promise<ReceivedMessage[]> {
  return await client.until(await client.send('shell', msgType, content, more));
}

async function open(): Promise<JsonObject> {
  const { comms } = (await client.ask('comm_info_request', {})).reply.content;
  assert.ok(typeof comms === 'object' && comms !== null && !Array.isArray(comms));
  return comms;
}

test('comm_open, comm_msg and comm_close of a frontend reach the handlers of the target, in busy and idle', async () => {
  assert.deepEqual(shape(await say('comm_open', { comm_id: 'c1', target_name: 'squares', data: { from: 'test' } })), [
    'busy',
    'stdout',
    'idle',
  ]);
  const answered = await say('comm_msg', { comm_id: 'c1', data: { n: 7 } }, { metadata: { deep: [1] } });
  assert.deepEqual(shape(answered), ['busy', 'comm_msg', 'idle']);
  assert.deepEqual(contentsOf(answered, 'comm_msg'), [
    { comm_id: 'c1', data: { square: 49, metadata: { deep: [1] } } },
  ]);
  assert.deepEqual(answered[1]?.metadata, { of: 'the kernel' });
  assert.equal(textOf(await say('comm_close', { comm_id: 'c1', data: { why: 'enough' } })), 'closed enough\n');
});

test('buffers go both ways, byte for byte', async () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251);
  await say('comm_open', { comm_id: 'c2', target_name: 'squares', data: {} }, { buffers: [bytes] });
  const [, message] = await say(
    'comm_msg',
    { comm_id: 'c2', data: { n: 1 } },
    { buffers: [bytes, new Uint8Array(0), Uint8Array.of(1, 2)] },
  );
  assert.deepEqual(
    message?.buffers.map((one) => new Uint8Array(one)),
    [bytes.toReversed(), new Uint8Array(0), Uint8Array.of(2, 1)],
  );
  await say('comm_close', { comm_id: 'c2', data: {} });
});

test('a message of a comm has no reply on shell', async () => {
  for (const [msgType, content] of [
    ['comm_open', { comm_id: 'c3', target_name: 'squares', data: {} }],
    ['comm_msg', { comm_id: 'c3', data: { n: 1 } }],
    ['comm_close', { comm_id: 'c3', data: {} }],
    ['comm_msg', { comm_id: 'gone', data: {} }],
  ] as const) {
    await say(msgType, content);
  }
  // The next message on shell is the answer to the next request.
  assert.equal((await client.ask('kernel_info_request')).reply.header.msg_type, 'kernel_info_reply');
});

test('an unknown target is answered by comm_close on iopub, a child of the comm_open', async () => {
  const published = await say('comm_open', { comm_id: 'c4', target_name: 'jupyter.kernel_testbed.test', data: {} });
  assert.deepEqual(shape(published), ['busy', 'comm_close', 'idle']);
  assert.deepEqual(contentsOf(published, 'comm_close'), [{ comm_id: 'c4', data: {} }]);
  assert.deepEqual(await open(), {});
});

test('comm_info_reply lists the open comms, those of one target if it is named; a target of null is none', async () => {
  await client.execute("Jupyter.comms.registerTarget('other', () => {})");
  await say('comm_open', { comm_id: 'c5', target_name: 'squares', data: {} });
  await say('comm_open', { comm_id: 'c6', target_name: 'other', data: {} });
  const all = { c5: { target_name: 'squares' }, c6: { target_name: 'other' } };
  assert.deepEqual(await open(), all);
  const ask = async (target: string | null) =>
    (await client.ask('comm_info_request', { target_name: target })).reply.content.comms;
  assert.deepEqual(await ask('other'), { c6: { target_name: 'other' } });
  assert.deepEqual(await ask('none'), {});
  assert.deepEqual(await ask(null), all);
  for (const id of ['c5', 'c6']) await say('comm_close', { comm_id: id, data: {} });
  assert.deepEqual(await open(), {});
});

test('the code of a cell opens a comm, sends on it and closes it, in the order of its outputs', async () => {
  const { published } = await client.execute(`
    console.log('a');
    const plot = Jupyter.comms.open('live-plot', { data: { title: 't' }, metadata: { m: 1 }, buffers: [Uint8Array.of(1)] });
    plot.send({ y: 1 }, { buffers: [new Float32Array([1.5]), new ArrayBuffer(3)] });
    console.log('b');
    plot.close({ done: true });
    plot.id`);
  assert.deepEqual(shape(published), [
    'busy',
    'execute_input',
    'stdout',
    'comm_open',
    'comm_msg',
    'stdout',
    'comm_close',
    'execute_result',
    'idle',
  ]);
  const [opened] = contentsOf(published, 'comm_open');
  const id = String(resultOf(published)).replaceAll("'", '');
  assert.deepEqual(opened, { comm_id: id, target_name: 'live-plot', data: { title: 't' } });
  assert.deepEqual(contentsOf(published, 'comm_msg'), [{ comm_id: id, data: { y: 1 } }]);
  assert.deepEqual(contentsOf(published, 'comm_close'), [{ comm_id: id, data: { done: true } }]);
  assert.deepEqual(
    published.find(({ header }) => header.msg_type === 'comm_msg')?.buffers.map((one) => one.byteLength),
    [4, 3],
  );
});

test('a comm that a cell opened is answered by the frontend', async () => {
  const { published } = await client.execute(
    "const asked = Jupyter.comms.open('asked'); asked.onMessage = ({ data }) => console.log('heard', data.x); asked.id",
  );
  const id = String(resultOf(published)).replaceAll("'", '');
  assert.deepEqual(Object.keys(await open()), [id]);
  assert.equal(textOf(await say('comm_msg', { comm_id: id, data: { x: 5 } })), 'heard 5\n');
  await client.execute('asked.close()');
  assert.deepEqual(await open(), {});
});

test('an error in a handler is shown as a child of its message, and the kernel goes on', async () => {
  await client.execute("Jupyter.comms.registerTarget('broken', () => { throw new RangeError('no') })");
  const published = await say('comm_open', { comm_id: 'c7', target_name: 'broken', data: {} });
  assert.equal(contentsOf(published, 'error')[0]?.ename, 'RangeError');
  assert.equal(contentsOf(published, 'comm_close').length, 1);
  assert.equal((await client.execute('1')).reply.content.status, 'ok');
});

test('messages of an open comm reach it while a cell awaits, and are not aborted by its error', async () => {
  await say('comm_open', { comm_id: 'c8', target_name: 'squares', data: {} });
  await client.send('shell', 'execute_request', {
    code: 'await new Promise((resolve) => { globalThis.goOn = resolve; }); throw new Error("no")',
  });
  const answered = await say('comm_msg', { comm_id: 'c8', data: { n: 3 } });
  assert.deepEqual(shape(answered), ['busy', 'comm_msg', 'idle']);
  // Nothing but a message can end the cell.
  await say('comm_msg', { comm_id: 'c8', data: { n: 4, go: true } });
  assert.equal((await client.receive('shell')).content.status, 'error');
  await say('comm_close', { comm_id: 'c8', data: {} });
});
