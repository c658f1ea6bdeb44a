/** The worker dies in the middle of a cell: the cell says how, the next one runs, ports and clients are kept. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { TestClient } from '@elara/kernel/server/testing/test-client';
import { BareKernel } from '../real-kernel/bare-kernel.ts';
import { contentsOf, resultOf, shape, textOf } from '../real-kernel/outputs.ts';
import { isRunning, untilGone } from '../real-kernel/processes.ts';

/** The worker of this kernel has a small heap: what runs out of memory does so soon. */
const kernel = await BareKernel.start({ args: ['--worker', 'popen//env:NODE_OPTIONS=--max-old-space-size=64'] });
after(() => kernel[Symbol.asyncDispose]());
const client = await kernel.connect({ validated: true, patienceMs: 30_000 });
/** Another client, which must hear all of it and lose nothing. */
const witness = await kernel.connect({ validated: true, patienceMs: 30_000 });
/** Processes that must not be there at the end. */
const seen = new Set<number>();

/** The messages on iopub up to the idle that no request caused: the fresh worker is there. */
async function untilReplaced(one: TestClient): Promise<string[]> {
  const states: string[] = [];
  for (;;) {
    const { header, content, parentHeader } = await one.next();
    if (header.msg_type !== 'status' || parentHeader.msg_id !== undefined) continue;
    states.push(String(content.execution_state));
    if (content.execution_state === 'idle') return states;
  }
}

async function workerOf(one: TestClient): Promise<number> {
  const { published } = await one.execute('globalThis.process.pid');
  const pid = Number(resultOf(published));
  seen.add(pid);
  return pid;
}

/** What was printed less than this before a crash is in the memory of the process that is no more, in ms. */
const SETTLED_MS = 50;
const settled = `await new Promise((resolve) => setTimeout(resolve, ${SETTLED_MS}));`;

const DEATHS = {
  SIGKILL: [
    `${settled} globalThis.process.kill(globalThis.process.pid, 'SIGKILL'); for (;;);`,
    /was killed by SIGKILL/,
  ],
  SIGSEGV: [
    `${settled} globalThis.process.kill(globalThis.process.pid, 'SIGSEGV'); for (;;);`,
    /was killed by SIGSEGV/,
  ],
  'a real violation of memory': [
    `${settled} require('node:v8').setFlagsFromString('--allow-natives-syntax'); require('node:vm').runInThisContext('%SystemBreak()')`,
    /was killed by SIG(TRAP|ILL|SEGV|ABRT)/,
  ],
  'out of memory': [
    'const hoard = []; for (;;) hoard.push(new Array(100_000).fill(hoard.length));',
    /ran out of memory and was killed by SIG(ABRT|TRAP)/,
  ],
  'out of memory in an await': [
    'const pile = []; for (;;) { pile.push(new Array(100_000).fill(0.5)); await null; }',
    /ran out of memory/,
  ],
  'process.exit(7)': ['globalThis.process.exit(7)', /ended with exit code 7/],
  'process.exit in a timer': [
    'setTimeout(() => globalThis.process.exit(8), 20); await new Promise(() => {})',
    /ended with exit code 8/,
  ],
  'process.abort': [`${settled} globalThis.process.abort()`, /was killed by SIGABRT/],
} as const;

for (const [what, [code, reason]] of Object.entries(DEATHS)) {
  test(`the worker ended by ${what} in the middle of a cell: an error in the cell that says so, and the next cell works`, async () => {
    const worker = await workerOf(client);
    await client.execute('const lost = 1');
    const id = await client.send('shell', 'execute_request', { code: `console.log('before'); ${code}` });
    const [published, heard] = await Promise.all([client.until(id), witness.until(id)]);
    const { content } = await client.receive('shell');
    assert.equal(content.status, 'error');
    assert.equal(content.ename, 'WorkerDied');
    assert.match(String(content.evalue), reason);
    assert.equal(typeof content.execution_count, 'number');
    const { ename, evalue, traceback } = content;
    assert.deepEqual(contentsOf(published, 'error'), [{ ename, evalue, traceback }]);
    assert.match(textOf(published), /^before\n/);
    assert.deepEqual(shape(published).slice(-2), ['error', 'idle']);
    assert.deepEqual(shape(heard), shape(published));
    assert.deepEqual(await untilReplaced(client), ['restarting', 'idle']);

    const next = await client.execute('console.log("on"); typeof lost');
    assert.equal(next.reply.content.status, 'ok');
    assert.equal(next.reply.content.execution_count, Number(content.execution_count) + 1);
    assert.equal(textOf(next.published), 'on\n');
    assert.equal(resultOf(next.published), "'undefined'");
    assert.deepEqual(shape(await witness.until(next.id)), shape(next.published));
    assert.notEqual(await workerOf(client), worker);
    await untilGone(worker);
  });
}

test('a worker that is killed from outside between two cells is said in the last cell, and replaced', async () => {
  const { id } = await client.execute('"the last"');
  process.kill(await workerOf(client), 'SIGKILL');
  let notice: string | undefined;
  while (notice === undefined) {
    const { header, content, parentHeader } = await client.next();
    if (header.msg_type === 'stream' && parentHeader.msg_id !== id) notice = String(content.text);
  }
  assert.match(notice, /WorkerDied: .* was killed by SIGKILL/);
  assert.deepEqual(await untilReplaced(client), ['restarting', 'idle']);
  assert.equal((await client.execute('1')).reply.content.status, 'ok');
});

test('what the client had queued is aborted, what another had queued runs', async () => {
  const worker = await workerOf(client);
  const id = await client.send('shell', 'execute_request', { code: 'console.log(1); await new Promise(() => {})' });
  const queued = await client.send('shell', 'execute_request', { code: 'globalThis.queued = 1' });
  while ((await witness.next()).parentHeader.msg_id !== id);
  const other = await witness.send('shell', 'execute_request', { code: '"other"' });
  assert.equal((await witness.ask('is_complete_request', { code: '1' })).reply.content.status, 'complete');
  process.kill(worker, 'SIGKILL');
  assert.equal((await client.receive('shell')).content.ename, 'WorkerDied');
  const aborted = await client.receive('shell');
  assert.deepEqual([aborted.parentHeader.msg_id, aborted.content.status], [queued, 'aborted']);
  const reply = await witness.receive('shell');
  assert.deepEqual([reply.parentHeader.msg_id, reply.content.status], [other, 'ok']);
  await client.until(queued);
});

test('requests are answered while the worker is replaced', async () => {
  const id = await client.send('shell', 'execute_request', { code: 'globalThis.process.exit(1)' });
  for (let count = 0; count < 20; count++) {
    const { reply } = await witness.ask('kernel_info_request', {}, { channel: 'control' });
    assert.equal(reply.content.status, 'ok');
  }
  await client.until(id);
  assert.equal((await client.receive('shell')).content.ename, 'WorkerDied');
});

test('six workers that die one after the other are survived', async () => {
  for (let count = 0; count < 6; count++) {
    assert.equal(
      (await client.execute("globalThis.process.kill(globalThis.process.pid, 'SIGKILL'); for (;;);")).reply.content
        .ename,
      'WorkerDied',
    );
  }
  assert.equal((await client.execute('1')).reply.content.status, 'ok');
});

test('children of a worker that dies end with it', async () => {
  const code = "const { pid } = require('node:child_process').spawn('sleep', ['1000'], { stdio: 'ignore' }); pid";
  const child = Number(resultOf((await client.execute(code)).published));
  assert.ok(isRunning(child));
  assert.equal((await client.execute('globalThis.process.exit(1)')).reply.content.ename, 'WorkerDied');
  await untilGone(child);
});

test('no process is left behind after all that', async () => {
  await workerOf(client);
  await kernel.stop(...seen);
});
