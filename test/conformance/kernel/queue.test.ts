/** Cells that a client sends at once, as "Run all" does: the kernel begins one while it still answers the one before. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ReceivedMessage } from '@elara/protocol/message';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());

/** Sends all of the codes and gives what iopub has until the idle of the last one, with the ids of the requests. */
async function together(codes: readonly string[]): Promise<{ ids: string[]; published: ReceivedMessage[] }> {
  const client = await kernel.connect();
  const ids: string[] = [];
  for (const code of codes) ids.push(await client.send('shell', 'execute_request', { code, allow_stdin: false }));
  const published: ReceivedMessage[] = [];
  let idle = 0;
  while (idle < ids.length) {
    const message = await client.next();
    published.push(message);
    if (message.content.execution_state === 'idle') idle += 1;
  }
  for (const id of ids) assert.equal((await client.receive('shell')).parentHeader.msg_id, id);
  return { ids, published };
}

function textOf(published: readonly ReceivedMessage[], id: string | undefined): string {
  return published
    .filter(({ header, parentHeader }) => header.msg_type === 'stream' && parentHeader.msg_id === id)
    .map(({ content }) => content.text)
    .join('');
}

test('nothing of a cell is published before its busy, and nothing after its idle, which comes before the next busy', async () => {
  const { ids, published } = await together(Array.from({ length: 60 }, (_, n) => `console.log('line ${n}'); ${n}`));
  assert.deepEqual([...new Set(published.map(({ parentHeader }) => parentHeader.msg_id))], ids);
  assert.deepEqual(
    published.map(({ header, content }) => content.execution_state ?? header.msg_type),
    ids.flatMap(() => ['busy', 'execute_input', 'stream', 'execute_result', 'idle']),
  );
  for (const [n, id] of ids.entries()) assert.equal(textOf(published, id), `line ${n}\n`);
});

test('what is written to the descriptors is credited to the cell that runs, also between others', async () => {
  const { ids, published } = await together([
    `import { execSync } from 'node:child_process'`,
    ...Array.from({ length: 12 }, (_, n) =>
      n % 2 === 0 ? `execSync('echo from the shell ${n}', { stdio: 'inherit' })` : `'nothing from ${n}'`,
    ),
  ]);
  for (const [n, id] of ids.slice(1).entries()) {
    assert.equal(textOf(published, id), n % 2 === 0 ? `from the shell ${n}\n` : '');
  }
});

test('cells behind one that ends the worker run in the new one, or are aborted', async () => {
  const client = await kernel.connect();
  const codes = [`'before'`, 'process.exit(3)', `'behind'`];
  for (const code of codes) await client.send('shell', 'execute_request', { code, stop_on_error: false });
  const statuses: unknown[] = [];
  for (const _ of codes) statuses.push((await client.receive('shell')).content.status);
  assert.deepEqual(statuses, ['ok', 'error', 'ok']);
  assert.deepEqual((await client.execute('1 + 1')).reply.content.status, 'ok');
});

test('a message of a comm between two cells has its turn between them', async () => {
  const client = await kernel.connect();
  await client.execute(`globalThis.order = []; Jupyter.comms.registerTarget('order', () => { order.push('comm'); });`);
  await client.send('shell', 'execute_request', { code: `order.push('first')` });
  await client.send('shell', 'comm_open', { comm_id: 'c', target_name: 'order', data: {} });
  const last = await client.send('shell', 'execute_request', { code: `order.push('second'); order.join()` });
  const published: ReceivedMessage[] = [];
  while (published.at(-1)?.parentHeader.msg_id !== last || published.at(-1)?.content.execution_state !== 'idle') {
    published.push(await client.next());
  }
  const result = published.find(
    ({ header, parentHeader }) => header.msg_type === 'execute_result' && parentHeader.msg_id === last,
  );
  assert.deepEqual(result?.content.data, { 'text/plain': `'first,comm,second'` });
});
