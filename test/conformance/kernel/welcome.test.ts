/** iopub_welcome (JEP 65), and subscriptions: "on subscription, no parent; a known client waits only 500 ms for it". */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { endpoint } from '@elara/protocol/connection';
import type { ReceivedMessage } from '@elara/protocol/message';
import { Session } from '@elara/protocol/session';
import { Subscriber } from 'zeromq';
import { shape } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const { info } = kernel.running.client;
// What this client asked while it waited for the kernel is answered, and heard by nobody who subscribes from now on.
await kernel.running.client.execute('').done;

/** A subscriber that is closed at the end of the scope. */
function subscriber(...topics: string[]): { next(): Promise<ReceivedMessage> } & Disposable {
  const socket = new Subscriber({ linger: 0, receiveTimeout: 10_000 });
  const session = new Session({ key: info.key, signatureScheme: info.signature_scheme });
  socket.connect(endpoint(info, 'iopub'));
  for (const topic of topics) socket.subscribe(topic);
  return {
    next: async () => session.deserialize(await socket.receive()),
    [Symbol.dispose]: () => socket.close(),
  };
}

test('the first message to a subscriber is iopub_welcome, with its subscription and no parent', async () => {
  using iopub = subscriber('');
  const { header, content, parentHeader, metadata } = await iopub.next();
  assert.equal(header.msg_type, 'iopub_welcome');
  assert.deepEqual(content, { subscription: '' });
  assert.deepEqual([parentHeader, metadata], [{}, {}]);
});

test('each subscriber has a welcome of its own, when others are there before it', async () => {
  for (let count = 0; count < 3; count++) {
    using iopub = subscriber('');
    assert.equal((await iopub.next()).header.msg_type, 'iopub_welcome');
  }
});

test('a subscriber to a topic has its welcome under that topic, then the messages of that topic only', async () => {
  using iopub = subscriber('kernel.');
  assert.deepEqual((await iopub.next()).content, { subscription: 'kernel.' });
  const client = await kernel.connect();
  const { id, published } = await client.execute('console.log(1)');
  for (const expected of published) {
    const { header, parentHeader, identities } = await iopub.next();
    assert.equal(header.msg_id, expected.header.msg_id);
    assert.equal(parentHeader.msg_id, id);
    assert.match(String(identities[0]), new RegExp(`^kernel\\..*\\.${header.msg_type}$`));
  }
});

test('a client that subscribes while a cell runs is welcomed, and hears the rest of it', async () => {
  const client = await kernel.connect();
  const id = await client.send('shell', 'execute_request', {
    code: 'prompt("go on?"); console.log("the rest")',
    allow_stdin: true,
  });
  const question = await client.receive('stdin');
  const late = await kernel.connect();
  await client.send('stdin', 'input_reply', { value: '' }, { parentHeader: question.header });
  assert.deepEqual(shape(await late.until(id)), ['stdout', 'idle']);
  assert.deepEqual(shape(await client.until(id)), ['busy', 'execute_input', 'stdout', 'idle']);
});

test('a client that goes away in the middle of a cell does not disturb the others', async () => {
  const client = await kernel.connect();
  const going = await kernel.connect();
  const id = await client.send('shell', 'execute_request', {
    code: 'for (let i = 0; i < 200; i++) { console.log(i); await new Promise((r) => setTimeout(r, 1)) }',
  });
  while ((await going.next()).header.msg_type !== 'stream');
  going.close();
  assert.deepEqual(shape(await client.until(id)), ['busy', 'execute_input', 'stdout', 'idle']);
});
