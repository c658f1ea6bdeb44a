import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { connectionFrom } from '@elara/protocol/connection';
import { Fields } from '@elara/protocol/fields';
import { names, startTestKernel, TestClient } from './testing/harness.ts';

for (const restart of [false, true]) {
  test(`shutdown_request with restart ${restart}: reply, the same on iopub, idle, then the end`, async () => {
    const kernel = await startTestKernel();
    const client = await kernel.client();
    const { reply, published } = await client.ask('shutdown_request', { restart }, { channel: 'control' });
    assert.deepEqual(reply.content, { status: 'ok', restart });
    assert.deepEqual(names(published), ['busy', 'shutdown_reply', 'idle']);
    assert.deepEqual(await kernel.server.ended, { reason: restart ? 'restart' : 'shutdown' });
    assert.equal(kernel.worker.calls.at(-1), 'stop');
    await kernel.close();
  });
}

test('shutdown_request on shell, as old clients send it', async () => {
  const kernel = await startTestKernel();
  const client = await kernel.client({ old: true });
  assert.deepEqual((await client.ask('shutdown_request')).reply.content, { status: 'ok', restart: false });
  assert.equal((await kernel.server.ended).reason, 'shutdown');
  await kernel.close();
});

test('shutdown while a cell runs: the cell gets its error, its queue is aborted', async () => {
  const kernel = await startTestKernel();
  const client = await kernel.client();
  const running = await client.send('shell', 'execute_request', { code: 'wait' });
  const queued = await client.send('shell', 'execute_request', { code: 'print never' });
  while ((await client.next()).header.msg_type !== 'execute_input');
  await client.ask('kernel_info_request', {}, { channel: 'control' });
  await client.send('control', 'shutdown_request', { restart: false });
  const replies = [await client.receive('shell'), await client.receive('shell')];
  const statusOf = (id: string): unknown => replies.find((one) => one.parentHeader.msg_id === id)?.content.status;
  assert.equal(statusOf(running), 'error');
  assert.equal(statusOf(queued), 'aborted');
  await kernel.server.ended;
  await kernel.close();
});

test('requests that come while the kernel ends do not start anything', async () => {
  const kernel = await startTestKernel();
  const client = await kernel.client();
  await client.send('control', 'shutdown_request');
  await client.send('shell', 'execute_request', { code: 'print late' });
  await kernel.server.ended;
  assert.equal(kernel.worker.executed.length, 0);
  await kernel.close();
});

test('stopping twice ends once', async () => {
  const kernel = await startTestKernel();
  const ends = await Promise.all([kernel.server.stop(), kernel.server.stop('signal')]);
  assert.deepEqual(ends, [{ reason: 'disposed' }, { reason: 'disposed' }]);
});

/** A kernel of its own process; resolves when its sockets are bound. */
async function spawnKernel(parentPid?: number): Promise<{ process: ReturnType<typeof spawn>; client: TestClient }> {
  const script = new URL('./testing/kernel-process.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [script, ...(parentPid === undefined ? [] : [String(parentPid)])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  const info = connectionFrom(new Fields(JSON.parse(String(line)), 'test'));
  return { process: child, client: await TestClient.connect(info) };
}

test('SIGINT interrupts the cell, SIGTERM ends the kernel cleanly', async () => {
  const { process: child, client } = await spawnKernel();
  await client.send('shell', 'execute_request', { code: 'wait' });
  while ((await client.next()).header.msg_type !== 'execute_input');
  child.kill('SIGINT');
  assert.equal((await client.receive('shell')).content.evalue, 'interrupted');
  assert.equal((await client.execute('print on')).reply.content.status, 'ok');
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  assert.deepEqual(await exited, [0, null]);
  client.close();
});

test('a kernel whose parent is gone ends by itself', async () => {
  const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(parent, 'spawn');
  const { process: child, client } = await spawnKernel(parent.pid);
  const exited = once(child, 'exit');
  parent.kill('SIGKILL');
  assert.deepEqual(await exited, [0, null]);
  client.close();
});
