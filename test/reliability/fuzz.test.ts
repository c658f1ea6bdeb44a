/** 10,000 malformed, mis-signed and replayed messages against every channel: nothing executed, nothing leaked, the kernel answers after. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, afterEach, test } from 'node:test';
import type { ChannelName } from '@elara/protocol/channel';
import { endpoint } from '@elara/protocol/connection';
import { Dealer, XSubscriber } from 'zeromq';
import { BareKernel } from '../real-kernel/bare-kernel.ts';
import { resultOf } from '../real-kernel/outputs.ts';
import { randomBytes, randomly, wrongMessages } from './wrong-messages.ts';

const COUNT = 10_000;
/** What none of the messages may achieve. */
const CODE = 'globalThis.executed = (globalThis.executed ?? 0) + 1';

const kernel = await BareKernel.start({ args: ['--debug'] });
const worker = await kernel.workerPid();
after(async () => {
  await kernel.stop(worker);
  await kernel[Symbol.asyncDispose]();
});
const client = await kernel.connect({ validated: true, patienceMs: 30_000 });

/** How often the code of the messages has run. */
async function executed(): Promise<number> {
  const { published, reply } = await client.execute('globalThis.executed ?? 0');
  assert.equal(reply.content.status, 'ok');
  return Number(resultOf(published));
}

afterEach(async () => {
  for (const channel of ['shell', 'control'] as const) {
    assert.equal((await client.ask('kernel_info_request', {}, { channel })).reply.content.status, 'ok');
  }
  const { log, info } = kernel;
  assert.ok(!log.includes(info.key), 'the key is in the log');
  assert.doesNotMatch(log, /[0-9a-f]{64}/, 'a signature is in the log');
  assert.doesNotMatch(log, /^\[elara E/m);
  assert.ok(log.length < 100_000, `a flood of messages makes a flood of warnings: ${log.length} characters`);
});

for (const channel of ['shell', 'control'] as const) {
  test(`${COUNT} wrong messages on ${channel}: nothing runs`, async () => {
    const before = await executed();
    const spoilt = { msgType: 'execute_request', content: { code: CODE } };
    for (const frames of wrongMessages(client, spoilt, randomly(channel.length), COUNT)) {
      await client.sockets[channel].send(frames);
    }
    assert.equal(await executed(), before);
  });
}

test(`${COUNT} wrong messages on stdin: none of them answers the question that a cell asks`, async () => {
  const id = await client.send('shell', 'execute_request', { code: 'prompt("?")', allow_stdin: true });
  const question = await client.receive('stdin');
  const spoilt = { msgType: 'input_reply', content: { value: 'wrong' } };
  for (const frames of wrongMessages(client, spoilt, randomly(3), COUNT)) await client.sockets.stdin.send(frames);
  await client.send('stdin', 'input_reply', { value: 'right' }, { parentHeader: question.header });
  const [, published] = await Promise.all([client.receive('shell'), client.until(id)]);
  assert.equal(resultOf(published), "'right'");
});

test(`one request, replayed ${COUNT} times on shell and on control, runs once`, async () => {
  const before = await executed();
  const frames = client.session.serialize({ header: client.header('execute_request'), content: { code: CODE } });
  await client.sockets.shell.send(frames);
  assert.equal((await client.receive('shell')).content.status, 'ok');
  for (let count = 0; count < COUNT / 2; count++) {
    await client.sockets.shell.send(frames);
    await client.sockets.control.send(frames);
  }
  assert.equal(await executed(), before + 1);
});

test(`${COUNT} random messages on the heartbeat are echoed`, async () => {
  const random = randomly(5);
  const heartbeat = new Dealer({ linger: 0, receiveTimeout: 10_000 });
  heartbeat.connect(endpoint(kernel.info, 'hb'));
  try {
    for (let count = 0; count < COUNT; count++) {
      const bytes = randomBytes(random, random(40));
      await heartbeat.send([bytes]);
      assert.deepEqual((await heartbeat.receive())[0], bytes);
    }
  } finally {
    heartbeat.close();
  }
});

test(`${COUNT} messages and subscriptions on iopub, which takes none: nothing runs, the others go on`, async () => {
  const before = await executed();
  const random = randomly(6);
  const upstream = new XSubscriber({ linger: 0, sendHighWaterMark: 0 });
  upstream.connect(endpoint(kernel.info, 'iopub'));
  try {
    const spoilt = { msgType: 'execute_request', content: { code: CODE } };
    for (const frames of wrongMessages(client, spoilt, random, COUNT / 2)) {
      if (frames.length > 0) await upstream.send(frames);
      // Subscribing, unsubscribing, and neither.
      await upstream.send(Buffer.concat([Buffer.from([random(3)]), randomBytes(random, random(20))]));
    }
    assert.equal(await executed(), before);
  } finally {
    upstream.close();
  }
});

test('bytes that are not ZeroMQ, on every port', async () => {
  const random = randomly(8);
  for (const channel of ['shell', 'iopub', 'stdin', 'control', 'hb'] satisfies ChannelName[]) {
    for (let count = 0; count < 20; count++) {
      const socket = connect(kernel.info[`${channel}_port`], kernel.info.ip);
      await once(socket, 'connect');
      const closed = Promise.withResolvers<void>();
      // The kernel may reset the connection at any byte.
      socket.on('error', () => undefined).on('close', () => closed.resolve());
      socket.end(count % 2 === 0 ? randomBytes(random, random(2000)) : 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
      socket.resume();
      await closed.promise;
    }
  }
  assert.ok((await executed()) >= 0);
});

test('a stranger without the key is not answered', async () => {
  const stranger = await BareKernel.start();
  try {
    const other = await stranger.connect();
    const frames = other.session.serialize({ header: other.header('kernel_info_request'), content: {} });
    const socket = new Dealer({ linger: 0, receiveTimeout: 500 });
    socket.connect(endpoint(kernel.info, 'shell'));
    await socket.send(frames);
    await assert.rejects(socket.receive(), { code: 'EAGAIN' });
    socket.close();
    await stranger.stop();
  } finally {
    await stranger[Symbol.asyncDispose]();
  }
});
