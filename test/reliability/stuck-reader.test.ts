/** "a documented limit with a visible notice is right where a client never reads" */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BareKernel } from '../real-kernel/bare-kernel.ts';
import { textOf } from '../real-kernel/outputs.ts';
import { memoryOf } from '../real-kernel/processes.ts';

const MEGABYTES = 100;
/** See flood.test.ts. */
const MOST_MEMORY = 400;

test('a client that never reads does not hang the kernel: it is left behind, the others lose nothing, and the cell says so', async () => {
  await using kernel = await BareKernel.start();
  const worker = await kernel.workerPid();
  // It takes its welcome, and then nothing any more.
  await kernel.connect({ receiveHighWaterMark: 1 });
  const reader = await kernel.connect({ patienceMs: 60_000 });
  const code = `for (let i = 0; i < ${MEGABYTES * 1000}; i++) console.log('.'.repeat(999));`;
  const { reply, published } = await reader.execute(code);
  assert.equal(reply.content.status, 'ok');
  assert.equal(textOf(published), `${'.'.repeat(999)}\n`.repeat(1000 * MEGABYTES));
  assert.match(
    textOf(published, 'stderr'),
    /^\n\[elara: a frontend read nothing for 10 s; it was left behind, and misses output of this cell\]\n$/,
  );
  assert.match(kernel.log, /a frontend has read nothing from iopub for 10000 ms/);
  const next = await reader.execute('console.log("on")');
  assert.equal(textOf(next.published), 'on\n');
  for (const pid of [kernel.pid, worker]) assert.ok(memoryOf(pid).peak < MOST_MEMORY, `${memoryOf(pid).peak} MiB`);
  await kernel.stop(worker);
});

test('while a client reads nothing, control and heartbeat answer, and the cell can be interrupted', async () => {
  await using kernel = await BareKernel.start();
  const worker = await kernel.workerPid();
  await kernel.connect({ receiveHighWaterMark: 1 });
  const client = await kernel.connect({ iopub: false, patienceMs: 30_000 });
  await client.send('shell', 'execute_request', { code: `for (;;) console.log('x'.repeat(10_000))` });
  for (let count = 0; count < 5; count++) {
    await client.send('control', 'kernel_info_request');
    assert.equal((await client.receive('control')).content.status, 'ok');
    await client.send('shell', 'is_complete_request', { code: '1 +' });
    assert.equal((await client.receive('shell')).content.status, 'incomplete');
  }
  await client.send('control', 'interrupt_request');
  assert.equal((await client.receive('control')).content.status, 'ok');
  const reply = await client.receive('shell');
  assert.equal(reply.content.ename, 'InterruptError');
  await kernel.stop(worker);
});
