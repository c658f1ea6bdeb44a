import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { endpoint } from '@elara/protocol/connection';
import { Session } from '@elara/protocol/session';
import { Dealer, XSubscriber } from 'zeromq';
import { startTestKernel, type TestClient, type TestKernel } from './testing/harness.ts';

const COUNT = 10_000;

let kernel: TestKernel;
let client: TestClient;

before(async () => {
  kernel = await startTestKernel();
  client = await kernel.client();
});

after(() => kernel.close());

/** Numbers in [0, below), the same ones in every run (mulberry32). */
function randomly(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Messages that are all wrong in one way or another, made from ones that would run code. */
function* wrong(seed: number): Generator<Uint8Array[]> {
  const random = randomly(seed);
  const stranger = new Session({ key: 'not the key', signatureScheme: 'hmac-sha256' });
  const bytes = (length: number): Buffer => Buffer.from(Array.from({ length }, () => random(256)));
  for (let index = 0; index < COUNT; index++) {
    const message = { header: client.header('execute_request'), content: { code: `print fuzz ${index}` } };
    const frames = client.session.serialize(message).map((part): Buffer => Buffer.from(part));
    const json = 2 + random(4);
    const frame = frames[json] ?? Buffer.alloc(0);
    const at = random(frame.length);
    switch (random(8)) {
      case 0:
        yield stranger.serialize(message);
        break;
      case 1:
        yield frames.slice(0, random(6));
        break;
      case 2:
        yield Array.from({ length: 1 + random(9) }, () => bytes(random(64)));
        break;
      case 3:
        frame.writeUInt8(frame.readUInt8(at) ^ (1 << random(8)), at);
        yield frames;
        break;
      case 4:
        frames[1] = Buffer.alloc(0);
        yield frames;
        break;
      case 5:
        frames[1] = bytes(64);
        yield frames;
        break;
      case 6:
        // Signed, but no JSON.
        yield client.session.serialize({ ...message, content: bytes(1 + random(30)) });
        break;
      default:
        // Signed JSON of another shape.
        yield client.session.serialize({ ...message, content: [[index], { code: [] }, 'code', null][random(4)] });
    }
  }
}

for (const channel of ['shell', 'control', 'stdin'] as const) {
  test(`${COUNT} wrong messages on ${channel}: nothing runs, nothing leaks, the kernel answers after`, async () => {
    const executed = kernel.worker.executed.length;
    kernel.log.length = 0;
    for (const frames of wrong(channel.length)) await client.sockets[channel].send(frames);
    await client.send('stdin', 'input_reply', { value: 'last' });
    assert.equal((await client.execute(`print ${channel}`)).reply.content.status, 'ok');
    assert.equal((await client.ask('kernel_info_request', {}, { channel: 'control' })).reply.content.status, 'ok');
    assert.equal(kernel.worker.executed.length, executed + 1);
    const { key } = kernel.server.connection;
    assert.ok(kernel.log.length > 0 && kernel.log.length < 200);
    for (const line of kernel.log) {
      assert.equal(line.startsWith('E'), false, line);
      assert.equal(line.includes(key), false);
    }
  });
}

test(`one message, replayed ${COUNT} times on shell and control, runs once`, async () => {
  const executed = kernel.worker.executed.length;
  const frames = client.session.serialize({
    header: client.header('execute_request'),
    content: { code: 'print once' },
  });
  for (let count = 0; count < COUNT; count++) {
    await client.sockets.shell.send(frames);
    await client.sockets.control.send(frames);
  }
  assert.equal((await client.ask('kernel_info_request', {}, { channel: 'control' })).reply.content.status, 'ok');
  const sockets = [client.sockets.shell, client.sockets.control];
  // Its one reply is on the channel that was read first.
  const replied = await Promise.race(sockets.map((socket) => socket.receive()));
  assert.ok(replied.length > 0);
  assert.equal(kernel.worker.executed.length, executed + 1);
});

test(`${COUNT} random messages on the heartbeat and on iopub`, async () => {
  const random = randomly(7);
  const { connection } = kernel.server;
  const heartbeat = new Dealer({ linger: 0, receiveTimeout: 10_000 });
  const upstream = new XSubscriber({ linger: 0 });
  heartbeat.connect(endpoint(connection, 'hb'));
  upstream.connect(endpoint(connection, 'iopub'));
  for (let count = 0; count < COUNT; count++) {
    const bytes = Buffer.from(Array.from({ length: random(40) }, () => random(256)));
    await heartbeat.send([bytes]);
    assert.equal((await heartbeat.receive())[0]?.equals(bytes), true);
    // Subscriptions are left to clients: a first byte of 0 or 1 is one.
    await upstream.send([Buffer.from([2 + random(254)]), bytes]);
  }
  const fresh = await kernel.client();
  assert.equal((await fresh.execute('print 1')).reply.content.status, 'ok');
  heartbeat.close();
  upstream.close();
});
