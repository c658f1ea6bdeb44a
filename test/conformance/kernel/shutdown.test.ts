/** "shutdown_request with restart; a worker that does not end in its grace time is killed, its children too." */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { test } from 'node:test';
import { resultOf } from '../../real-kernel/outputs.ts';
import { isRunning, untilGone } from '../../real-kernel/processes.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

for (const channel of ['control', 'shell'] as const) {
  for (const restart of [false, true]) {
    test(`shutdown_request on ${channel} with restart ${restart}: the reply, the same on iopub for every client, then the end`, async () => {
      await using kernel = await RealKernel.start();
      const client = await kernel.connect();
      const witness = await kernel.connect();
      const pids = Number(resultOf((await client.execute('globalThis.process.pid')).published));
      const { running } = kernel;
      const id = await client.send(channel, 'shutdown_request', { restart });
      const reply = await client.receive(channel);
      assert.equal(reply.header.msg_type, 'shutdown_reply');
      assert.equal(reply.parentHeader.msg_id, id);
      assert.deepEqual(reply.content, { status: 'ok', restart });
      for (const one of [client, witness]) {
        let message = await one.next();
        while (message.header.msg_type !== 'shutdown_reply') message = await one.next();
        assert.deepEqual(message.content, { status: 'ok', restart });
        assert.equal(message.parentHeader.msg_id, id);
      }
      assert.deepEqual(await running.process.ended, { code: 0, signal: null });
      await untilGone(pids);
    });
  }
}

test('what runs when the kernel ends is an error, what waits is aborted, and both are said before the end', async () => {
  await using kernel = await RealKernel.start();
  const client = await kernel.connect();
  const id = await client.send('shell', 'execute_request', { code: 'console.log("on"); await new Promise(() => {})' });
  const waiting = await client.send('shell', 'execute_request', { code: '1' });
  while ((await client.next()).header.msg_type !== 'stream');
  await client.send('control', 'shutdown_request', { restart: false });
  const replies = new Map(
    [await client.receive('shell'), await client.receive('shell')].map((reply) => [reply.parentHeader.msg_id, reply]),
  );
  assert.equal(replies.get(waiting)?.content.status, 'aborted');
  assert.equal(replies.get(id)?.content.status, 'error');
  assert.match(String(replies.get(id)?.content.evalue), /shut down while the cell was running/);
  assert.deepEqual(await kernel.running.process.ended, { code: 0, signal: null });
});

test('a worker that does not end in its grace time is killed, and its children too', async () => {
  await using kernel = await RealKernel.start();
  const client = await kernel.connect();
  const code = `
    globalThis.process.on('exit', () => { for (;;); });
    const { pid } = require('node:child_process').spawn('sleep', ['1000'], { stdio: 'ignore' });
    [globalThis.process.pid, pid].join()`;
  const [worker = 0, child = 0] =
    String(resultOf((await client.execute(code)).published))
      .match(/\d+/g)
      ?.map(Number) ?? [];
  assert.ok(isRunning(worker) && isRunning(child));
  await client.send('control', 'shutdown_request', { restart: false });
  assert.equal((await client.receive('control')).content.status, 'ok');
  assert.deepEqual(await kernel.running.process.ended, { code: 0, signal: null });
  await untilGone(worker, child);
});

test('a restart gives a fresh namespace on the same ports, and counts from 1', async () => {
  await using kernel = await RealKernel.start();
  const { client } = kernel.running;
  await client.execute('const kept = 1').done;
  const { info } = client;
  await kernel.running.restart();
  assert.deepEqual(client.info, info);
  const other = await kernel.connect();
  const { reply, published } = await other.execute('typeof kept');
  assert.equal(resultOf(published), "'undefined'");
  assert.equal(reply.content.execution_count, 1);
});

test('the connection file is removed by the launcher that wrote it', async () => {
  const kernel = await RealKernel.start();
  assert.ok(existsSync(kernel.running.connectionFile));
  await kernel.stop();
  assert.ok(!existsSync(kernel.running.connectionFile));
});
