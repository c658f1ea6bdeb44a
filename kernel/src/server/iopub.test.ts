import assert from 'node:assert/strict';
import { test } from 'node:test';
import { endpoint } from '@elara/protocol/connection';
import type { ReceivedMessage } from '@elara/protocol/message';
import { Session } from '@elara/protocol/session';
import { Subscriber } from 'zeromq';
import { names, startTestKernel, type TestClient } from './testing/harness.ts';

test('each subscriber is welcomed with its subscription; the first one hears starting, once', async () => {
  const kernel = await startTestKernel();
  const { connection } = kernel.server;
  // Each has a session of its own: both get the same bytes, which one session would take for a replay.
  const newSession = (): Session => new Session({ key: connection.key, signatureScheme: connection.signature_scheme });
  const heard: string[][] = [];
  const sockets: Subscriber[] = [];
  const first = newSession();
  try {
    for (let count = 0; count < 2; count++) {
      const socket = new Subscriber({ linger: 0, receiveTimeout: 5000 });
      sockets.push(socket);
      socket.connect(endpoint(connection, 'iopub'));
      socket.subscribe('');
      const welcome = (count === 0 ? first : newSession()).deserialize(await socket.receive());
      assert.equal(welcome.header.msg_type, 'iopub_welcome');
      assert.deepEqual(welcome.content, { subscription: '' });
      assert.deepEqual(welcome.parentHeader, {});
      assert.deepEqual(welcome.identities.map(String), ['']);
    }
    const client = await kernel.client();
    await client.execute('print 1');
    while (heard.at(-1)?.[1] !== 'idle') {
      const { header, content } = first.deserialize((await sockets[0]?.receive()) ?? []);
      heard.push([header.msg_type, String(content.execution_state)]);
    }
    assert.equal(heard.filter(([, state]) => state === 'starting').length, 1);
    assert.deepEqual(
      heard.find(([msgType]) => msgType === 'status'),
      ['status', 'starting'],
    );
  } finally {
    for (const socket of sockets) socket.close();
    await kernel.close();
  }
});

test('a subscription to a topic is welcomed under it, and gets what begins with it', async () => {
  const kernel = await startTestKernel();
  const { connection } = kernel.server;
  const session = new Session({ key: connection.key, signatureScheme: connection.signature_scheme });
  const socket = new Subscriber({ linger: 0, receiveTimeout: 5000 });
  try {
    socket.connect(endpoint(connection, 'iopub'));
    socket.subscribe('kernel.');
    const welcome = session.deserialize(await socket.receive());
    assert.deepEqual(welcome.content, { subscription: 'kernel.' });
    assert.deepEqual(welcome.identities.map(String), ['kernel.']);
    const client = await kernel.client();
    await client.execute('print 1');
    const { identities, header } = session.deserialize(await socket.receive());
    assert.match(String(identities[0]), new RegExp(`^kernel\\..*\\.${header.msg_type}$`));
  } finally {
    socket.close();
    await kernel.close();
  }
});

test('a slow reader loses nothing: the worker is held back, and idle comes last', async () => {
  const kernel = await startTestKernel();
  try {
    // 2,000 messages of 64 KiB: more than sockets and queues hold.
    const client = await kernel.client({ receiveHighWaterMark: 1 });
    const id = await client.send('shell', 'execute_request', { code: 'many 2000 65536' });
    while (!kernel.worker.calls.includes('pause')) await new Promise((resolve) => setTimeout(resolve, 5));
    const memory = process.memoryUsage().rss;
    const published = await client.until(id);
    assert.deepEqual(names(published), ['busy', 'execute_input', ...Array(2000).fill('stream'), 'idle']);
    assert.equal(kernel.worker.calls.includes('resume'), true);
    assert.equal((await client.receive('shell')).content.status, 'ok');
    assert.ok(process.memoryUsage().rss - memory < 500e6);
  } finally {
    await kernel.close();
  }
});

test('a reader that reads nothing is left behind, the others lose nothing, and the cell says so', async () => {
  const kernel = await startTestKernel({ stallMs: 300 });
  try {
    const [stuck, reader] = [await kernel.client({ receiveHighWaterMark: 1 }), await kernel.client()];
    const { reply, published } = await reader.execute('many 2000 65536');
    assert.equal(reply.content.status, 'ok');
    assert.deepEqual(names(published), ['busy', 'execute_input', ...Array(2001).fill('stream'), 'idle']);
    assert.match(String(published.at(-2)?.content.text), /a frontend read nothing for 0.3 s/);
    assert.equal(
      kernel.log.some((line) => line.startsWith('W') && line.includes('has read nothing from iopub')),
      true,
    );

    // It reads again: first what was on its way, then, after the gap, the notice and the end of the cell, then what is new.
    const old = await drain(stuck);
    assert.ok(old.length < 2000);
    await reader.execute('print next');
    const fresh = await drain(stuck);
    assert.match(String(fresh[0]?.content.text), /a frontend read nothing for 0.3 s/);
    assert.deepEqual(names(fresh.slice(1)), ['idle', 'busy', 'execute_input', 'stream', 'idle']);
    assert.equal(fresh[1]?.parentHeader.msg_id, published[0]?.parentHeader.msg_id);
  } finally {
    await kernel.close();
  }
});

/** What a client has not read yet, up to a pause. */
async function drain(client: TestClient): Promise<ReceivedMessage[]> {
  const messages: ReceivedMessage[] = [];
  client.iopub.receiveTimeout = 1000;
  for (;;) {
    const message = await client.next().catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return undefined;
      throw error;
    });
    if (message === undefined) return messages;
    messages.push(message);
  }
}

test('without any subscriber nothing waits', async () => {
  const kernel = await startTestKernel();
  try {
    const deaf = await kernel.client({ iopub: false });
    await deaf.send('shell', 'execute_request', { code: 'many 1000 65536' });
    assert.equal((await deaf.receive('shell')).content.status, 'ok');
    assert.equal(kernel.worker.calls.includes('pause'), false);
  } finally {
    await kernel.close();
  }
});
