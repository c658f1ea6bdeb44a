/** Subshells (JEP 91) when the worker dies, and when the kernel ends or is restarted. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Execution, isMessage } from '@elara/protocol/client/index';
import { contentsOf, resultOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

async function create({ running }: RealKernel): Promise<string> {
  const reply = await running.client.createSubshell();
  assert.ok(reply.status === 'ok');
  return reply.subshell_id;
}

async function list({ running }: RealKernel): Promise<string[]> {
  const reply = await running.client.listSubshells();
  assert.ok(reply.status === 'ok');
  return reply.subshell_id;
}

/** A cell that runs for ever, once it has begun. */
async function begun({ running }: RealKernel, subshellId?: string): Promise<Execution> {
  const options = subshellId === undefined ? {} : { subshellId };
  const cell = running.client.execute('console.log("on"); await new Promise(() => {})', options);
  for await (const message of cell) if (isMessage(message, 'stream')) break;
  return cell;
}

test('when the worker dies, every cell that runs says so, what waits of its client is aborted, and subshells go on', async () => {
  await using kernel = await RealKernel.start();
  const { client } = kernel.running;
  const ids = [await create(kernel), await create(kernel)];
  const cells = [await begun(kernel), await begun(kernel, ids[0])];
  const waiting = client.execute('1');
  const dying = client.execute('process.kill(process.pid, "SIGKILL"); for (;;);', { subshellId: ids[1] ?? '' });
  for (const cell of [...cells, dying]) {
    const reply = await cell.done;
    assert.ok(reply.status === 'error' && reply.ename === 'WorkerDied');
    const published = [];
    for await (const message of cell) published.push(message);
    const [error] = contentsOf(published, 'error');
    assert.deepEqual([error?.ename, error?.evalue], [reply.ename, reply.evalue]);
    assert.match(reply.evalue, /SIGKILL/);
  }
  assert.equal((await waiting.done).status, 'aborted');
  assert.deepEqual(await list(kernel), ids);
  const blocked = await begun(kernel);
  const after = client.execute('"a fresh worker"', { subshellId: ids[0] ?? '' });
  const published = [];
  for await (const message of after) published.push(message);
  assert.equal(resultOf(published), "'a fresh worker'");
  await client.interrupt();
  assert.equal((await blocked.done).status, 'error');
});

test('a kernel that is shut down while subshells are busy answers their cells and ends', async () => {
  const kernel = await RealKernel.start();
  const client = await kernel.connect();
  const id = await create(kernel);
  const cells = [
    await client.send('shell', 'execute_request', { code: 'await new Promise(() => {})' }),
    await client.send('shell', 'execute_request', { code: 'for (;;);' }, { header: { subshell_id: id } }),
  ];
  const running = new Set<unknown>();
  while (running.size < 2) {
    const { header, parentHeader } = await client.next();
    if (header.msg_type === 'execute_input') running.add(parentHeader.msg_id);
  }
  const waiting = await client.send('shell', 'execute_request', { code: '1' }, { header: { subshell_id: id } });
  // Both are read side by side: what was sent on shell is there when an answer on shell is.
  await client.send('shell', 'kernel_info_request');
  assert.equal((await client.receive('shell')).header.msg_type, 'kernel_info_reply');
  await client.send('control', 'shutdown_request', { restart: false });
  const statuses = new Map<unknown, unknown>();
  while (statuses.size < 3) {
    const { parentHeader, content } = await client.receive('shell');
    statuses.set(parentHeader.msg_id, content.status);
  }
  assert.deepEqual(
    [...cells, waiting].map((cell) => statuses.get(cell)),
    ['error', 'error', 'aborted'],
  );
  await kernel.stop();
});

test('after a restart there are none', async () => {
  await using kernel = await RealKernel.start();
  await create(kernel);
  await begun(kernel, await create(kernel));
  await kernel.running.restart();
  assert.deepEqual(await list(kernel), []);
  const id = await create(kernel);
  assert.equal((await kernel.running.client.execute('1', { subshellId: id }).done).status, 'ok');
});
