/** Section "Wire": how the kernel speaks and what it forgives. What it drops is tested with many more messages in test/reliability. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, test } from 'node:test';
import { endpoint } from '@elara/protocol/connection';
import { PROTOCOL_VERSION } from '@elara/protocol/message';
import { Dealer } from 'zeromq';
import { resultOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();

test('every message has a header with msg_id, session, username, date with zone, msg_type and version', async () => {
  const { reply, published } = await client.execute('console.log(1); display(2); 3');
  const ids = new Set<string>();
  for (const { header } of [reply, ...published]) {
    for (const field of ['msg_id', 'session', 'username', 'msg_type'] as const)
      assert.ok(header[field].length > 0, field);
    assert.match(header.date, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+(Z|[+-]\d\d:?\d\d)$/);
    assert.equal(header.version, PROTOCOL_VERSION);
    ids.add(header.msg_id);
  }
  assert.equal(ids.size, published.length + 1);
  assert.equal(new Set([reply, ...published].map(({ header }) => header.session)).size, 1);
});

test('the signature is lower-case hex; identities come back as they were sent', async () => {
  const frames = client.session.serialize({ header: client.header('kernel_info_request'), content: {} });
  const socket = new Dealer({ linger: 0, receiveTimeout: 10_000, routingId: 'a peer of any name' });
  socket.connect(endpoint(kernel.running.client.info, 'shell'));
  try {
    await socket.send([Buffer.from('one'), Buffer.from([0, 255]), ...frames]);
    const [one, two, delimiter, signature] = await socket.receive();
    assert.deepEqual([one, two, delimiter], [Buffer.from('one'), Buffer.from([0, 255]), Buffer.from('<IDS|MSG>')]);
    assert.match(String(signature), /^[0-9a-f]{64}$/);
  } finally {
    socket.close();
  }
});

test('the parent header is the header of the request, byte for byte, unknown fields included', async () => {
  const sender = await kernel.connect();
  const header = {
    ...sender.header('execute_request'),
    date: '2026-01-31T10:00:00.123456789Z',
    extra: [1, 'ü'],
    msg_id: randomUUID(),
  };
  const raw = Buffer.from(JSON.stringify(header, null, 1));
  await sender.sockets.shell.send(
    sender.session.serialize({ header: raw, content: { code: 'display(1); 2', unknown: { field: null } } }),
  );
  const frames = await sender.sockets.shell.receive();
  assert.deepEqual(frames[frames.findIndex((frame) => frame.equals(Buffer.from('<IDS|MSG>'))) + 3], raw);
  for (let states = 0; states < 2; ) {
    const published = await sender.iopub.receive();
    assert.deepEqual(published[published.findIndex((frame) => frame.equals(Buffer.from('<IDS|MSG>'))) + 3], raw);
    if (String(published.at(-1)).includes('execution_state')) states += 1;
  }
});

test('an unknown message type is dropped, and the kernel goes on', async () => {
  await client.send('shell', 'no_such_request', { a: 1 });
  await client.send('control', 'no_such_message');
  assert.equal((await client.ask('kernel_info_request')).reply.header.msg_type, 'kernel_info_reply');
  assert.equal(
    (await client.ask('kernel_info_request', {}, { channel: 'control' })).reply.header.msg_type,
    'kernel_info_reply',
  );
});

test('older clients are served: version 5.0 and 5.3, dates without fractions, requests with less content', async () => {
  for (const version of ['5.0', '5.3', '5.5']) {
    await client.send(
      'shell',
      'execute_request',
      { code: '1' },
      { header: { version, date: '2014-01-01T00:00:00+00:00' } },
    );
    assert.equal((await client.receive('shell')).content.status, 'ok');
  }
  const { reply } = await client.ask('history_request', { hist_access_type: 'tail' });
  assert.equal(reply.content.status, 'ok');
});

test('metadata and buffers that nobody expects do no harm', async () => {
  const id = await client.send(
    'shell',
    'execute_request',
    { code: '"kept"' },
    { metadata: { a: [1] }, buffers: [Buffer.alloc(100_000)] },
  );
  assert.equal(resultOf(await client.until(id)), "'kept'");
  await client.receive('shell');
});

test('a request whose content does not fit its schema is dropped with a reason, and not executed', async () => {
  for (const content of [{ code: 7 }, {}, { code: '1', silent: 'yes' }])
    await client.send('shell', 'execute_request', content);
  const { published } = await client.execute('In.length');
  assert.ok(Number(resultOf(published)) > 0);
});

test('code of a megabyte is executed', async () => {
  const { published } = await client.execute(`'${'x'.repeat(1_000_000)}'.length`);
  assert.equal(resultOf(published), '1000000');
});
