/** "ten clients at once, each with its own replies and one shared iopub" */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestClient } from '@elara/kernel/server/testing/test-client';
import { BareKernel } from '../real-kernel/bare-kernel.ts';
import { resultOf, shape, textOf } from '../real-kernel/outputs.ts';

const CLIENTS = 10;
const CELLS = 30;

type Message = Awaited<ReturnType<TestClient['next']>>;

test(`${CLIENTS} clients execute ${CELLS} cells each at once: each has its own replies, in its order, and all share one iopub`, async () => {
  await using kernel = await BareKernel.start();
  const worker = await kernel.workerPid();
  const clients: TestClient[] = [];
  for (let count = 0; count < CLIENTS; count++) {
    clients.push(await kernel.connect({ validated: true, patienceMs: 30_000 }));
  }
  const ids = await Promise.all(
    clients.map(async (client, index) => {
      const own: string[] = [];
      for (let cell = 0; cell < CELLS; cell++) {
        const code = `console.log('client ${index}'); await null; ${index} * 1000 + ${cell}`;
        own.push(await client.send('shell', 'execute_request', { code }));
        // Also what is answered at once, in between.
        await client.send('control', 'kernel_info_request');
      }
      return own;
    }),
  );
  await Promise.all(
    clients.map(async (client, index) => {
      for (const id of ids[index] ?? []) {
        const { parentHeader, content } = await client.receive('shell');
        assert.equal(parentHeader.msg_id, id);
        assert.equal(content.status, 'ok');
        const info = await client.receive('control');
        assert.equal(info.parentHeader.session, client.session.id);
      }
    }),
  );
  const heard = await Promise.all(clients.map((client) => everything(client, new Set(ids.flat()))));
  const [first] = heard;
  assert.ok(first !== undefined);
  for (const one of heard) {
    assert.deepEqual(
      one.map(({ header }) => header.msg_id),
      first.map(({ header }) => header.msg_id),
    );
  }
  for (const [index, own] of ids.entries()) {
    for (const [cell, id] of own.entries()) {
      const published: Message[] = first.filter(({ parentHeader }) => parentHeader.msg_id === id);
      assert.deepEqual(shape(published), ['busy', 'execute_input', 'stdout', 'execute_result', 'idle']);
      assert.equal(textOf(published), `client ${index}\n`);
      assert.equal(resultOf(published), String(index * 1000 + cell));
    }
  }
  await kernel.stop(worker);
});

/** What a client hears of some cells, up to the idle of the last of them. */
async function everything(client: TestClient, ids: ReadonlySet<string>): Promise<Message[]> {
  const messages: Message[] = [];
  for (let running = ids.size; running > 0; ) {
    const message = await client.next();
    if (!ids.has(message.parentHeader.msg_id ?? '')) continue;
    messages.push(message);
    if (message.content.execution_state === 'idle') running -= 1;
  }
  return messages;
}
