import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { endpoint, newConnectionInfo } from '@elara/protocol/connection';
import { withCurveKeys } from '@elara/protocol/curve';
import { Dealer } from 'zeromq';
import { startTestKernel } from './testing/harness.ts';

async function beat(address: string, frames: Uint8Array[]): Promise<string[]> {
  const socket = new Dealer({ linger: 0, receiveTimeout: 5000 });
  try {
    socket.connect(address);
    await socket.send(frames);
    return (await socket.receive()).map((frame) => frame.toString('hex'));
  } finally {
    socket.close();
  }
}

test('ports 0 are chosen, and told', async () => {
  const kernel = await startTestKernel();
  const { shell_port, iopub_port, stdin_port, control_port, hb_port } = kernel.server.connection;
  const ports = [shell_port, iopub_port, stdin_port, control_port, hb_port];
  assert.equal(new Set(ports).size, 5);
  for (const port of ports) assert.ok(port > 0);
  await kernel.close();
});

test('a port in use is an error that names channel and address', async () => {
  const kernel = await startTestKernel();
  const { shell_port } = kernel.server.connection;
  await assert.rejects(startTestKernel({ connection: newConnectionInfo({ shell_port }) }), {
    name: 'ServerError',
    code: 'ERR_PORT_IN_USE',
    message: new RegExp(`shell cannot be bound at tcp://127.0.0.1:${shell_port}`),
  });
  await kernel.close();
});

test('an address of another machine is an error', async () => {
  const connection = newConnectionInfo({ ip: '203.0.113.1' });
  await assert.rejects(startTestKernel({ connection }), { code: 'ERR_BIND', message: /tcp:\/\/203\.0\.113\.1:0/ });
});

test('the heartbeat sends back what came, byte for byte, also while a cell runs', async () => {
  const kernel = await startTestKernel();
  const client = await kernel.client();
  const address = endpoint(kernel.server.connection, 'hb');
  const frames = [Buffer.from([0, 255, 1]), Buffer.from('ping')];
  await client.send('shell', 'execute_request', { code: 'loop' });
  assert.deepEqual(await beat(address, frames), ['00ff01', '70696e67']);
  assert.deepEqual(await beat(address, [Buffer.alloc(0)]), ['']);
  await kernel.close();
});

test('ipc: sockets are files beside each other, and gone at the end', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'elara-ipc-'));
  try {
    const connection = newConnectionInfo({ transport: 'ipc', ip: path.join(folder, 'kernel-ipc') });
    const kernel = await startTestKernel({ connection });
    assert.equal((await readdir(folder)).length, 5);
    const client = await kernel.client();
    assert.equal((await client.execute('print 1')).reply.content.status, 'ok');
    await kernel.close();
    assert.deepEqual(await readdir(folder), []);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('CURVE: with the keys of the connection a client is served, without them it is not', async () => {
  const connection = await withCurveKeys(newConnectionInfo());
  const kernel = await startTestKernel({ connection });
  const client = await kernel.client();
  assert.equal((await client.execute('print 1')).reply.content.status, 'ok');
  const plain = new Dealer({ linger: 0, receiveTimeout: 300 });
  plain.connect(endpoint(kernel.server.connection, 'hb'));
  await plain.send('ping');
  await assert.rejects(plain.receive(), { code: 'EAGAIN' });
  plain.close();
  assert.equal(kernel.log.join('\n').includes(String(connection.curve_secretkey)), false);
  await kernel.close();
});
