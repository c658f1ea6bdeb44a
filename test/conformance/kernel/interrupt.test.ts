/** "interrupt_request works in a busy loop, in a pending await, in a pending input, and when nothing runs; the namespace survives." */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Answered } from '@elara/kernel/server/testing/test-client';
import { contentsOf, resultOf, shape, textOf } from '../../real-kernel/outputs.ts';
import { commandOf, descendantsOf, until } from '../../real-kernel/processes.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();

/** Sends a cell and waits until its code runs, and until it has asked if it is one that asks. */
async function start(code: string, asks = false): Promise<string> {
  const id = await client.send('shell', 'execute_request', {
    code: `console.log('running'); ${code}`,
    allow_stdin: true,
  });
  await childOf(id, 'stream');
  if (asks) assert.equal((await client.receive('stdin')).header.msg_type, 'input_request');
  return id;
}

async function childOf(id: string, msgType: string): Promise<void> {
  for (;;) {
    const { header, parentHeader } = await client.next();
    if (parentHeader.msg_id === id && header.msg_type === msgType) return;
  }
}

async function interrupt(): Promise<void> {
  const id = await client.send('control', 'interrupt_request');
  const { header, content, parentHeader } = await client.receive('control');
  assert.equal(header.msg_type, 'interrupt_reply');
  assert.equal(parentHeader.msg_id, id);
  assert.deepEqual(content, { status: 'ok' });
}

/** Whether the kernel has started a `sleep` of so many seconds. */
function isAsleep(seconds: number): boolean {
  return descendantsOf(kernel.running.process.pid).some((pid) => commandOf(pid) === `sleep ${seconds}`);
}

/** The rest of a cell. */
async function end(id: string): Promise<Pick<Answered, 'reply' | 'published'>> {
  const [reply, published] = await Promise.all([client.receive('shell'), client.until(id)]);
  assert.equal(reply.parentHeader.msg_id, id);
  return { reply, published };
}

await client.execute('const kept = { value: 1 }; let counter = 0;');

const RUNNING = {
  'a busy loop': 'for (;;) counter++;',
  'a busy loop in a function that catches everything':
    'for (;;) try { for (;;) counter++ } catch {} finally { counter++ }',
  'a regular expression that takes for ever': '/^(a+)+$/.test("a".repeat(50) + "b")',
  'a pending await': 'await new Promise(() => {})',
  'an await of a timer': 'await new Promise((resolve) => setTimeout(resolve, 1e6))',
  'a loop of awaits': 'for (;;) await new Promise((resolve) => setTimeout(resolve, 1))',
  'a loop of microtasks': 'for (;;) await null',
  'a wait of the thread': 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
  'a wait for a child process': 'require("node:child_process").execSync("sleep 600; echo woken")',
  'a wait for a pipe of child processes': 'require("node:child_process").spawnSync("sleep 600 | cat", { shell: true })',
  'a for await of nothing': 'for await (const one of (async function* () { await new Promise(() => {}) })()) one',
  'a pending prompt': 'prompt("name")',
  'a pending input': 'await input("name")',
  'a question of readline':
    'await require("node:readline/promises").createInterface({ input: process.stdin, output: process.stdout }).question("?")',
};

for (const [what, code] of Object.entries(RUNNING)) {
  test(`interrupt_request works in ${what}`, async () => {
    const id = await start(code, /prompt|input|question/.test(code));
    await interrupt();
    const { reply, published } = await end(id);
    const { status, execution_count: count, ename, evalue, traceback } = reply.content;
    assert.deepEqual([status, typeof count, ename], ['error', 'number', 'InterruptError']);
    assert.deepEqual(contentsOf(published, 'error'), [{ ename, evalue, traceback }]);
    assert.equal(shape(published).at(-1), 'idle');
    assert.equal(resultOf((await client.execute('kept.value')).published), '1');
  });
}

test('an interrupt ends what its cell has started, and nothing of an earlier cell', async () => {
  await client.execute(
    `const { spawn, exec, execSync } = require("node:child_process"); const earlier = spawn('sleep', ['601']);
    const { promisify } = require('node:util');`,
  );
  const id = await start(`spawn('sleep', ['602']); await promisify(exec)('sleep 603; echo woken')`);
  await until('they sleep', () => [601, 602, 603].every(isAsleep));
  await interrupt();
  assert.equal((await end(id)).reply.content.ename, 'InterruptError');
  await until('they have ended', () => ![602, 603].some(isAsleep));
  assert.ok(isAsleep(601));
});

test('a child that goes on after an interrupt is sent the next one too', async () => {
  const id = await start(`execSync("trap 'trap - INT' INT; sleep 604; sleep 605; sleep 606")`);
  await until('the child waits', () => isAsleep(604));
  await interrupt();
  await until('it has gone on', () => isAsleep(605));
  await interrupt();
  assert.equal((await end(id)).reply.content.ename, 'InterruptError');
  assert.deepEqual([601, 604, 605, 606].filter(isAsleep), [601]);
  await client.execute('earlier.kill()');
});

test('an interrupt when nothing runs is answered, and the next cell is not interrupted', async () => {
  for (let times = 0; times < 3; times++) await interrupt();
  const { reply, published } = await client.execute('await new Promise((r) => setTimeout(r, 50)); kept.value');
  assert.equal(reply.content.status, 'ok');
  assert.equal(resultOf(published), '1');
});

test('interrupt_request on shell is answered too', async () => {
  const id = await start('await new Promise(() => {})');
  await client.send('shell', 'interrupt_request');
  const replies = [await client.receive('shell'), await client.receive('shell')];
  assert.deepEqual(replies.map(({ header }) => header.msg_type).sort(), ['execute_reply', 'interrupt_reply']);
  await client.until(id);
});

test('the output before an interrupt is kept', async () => {
  const code = 'for (let i = 0; i < 1000; i++) console.log(i); display("now"); for (;;) console.error("on");';
  const id = await client.send('shell', 'execute_request', { code });
  const first = [];
  do first.push(await client.next());
  while (first.at(-1)?.header.msg_type !== 'display_data');
  await interrupt();
  const { published } = await end(id);
  assert.match(textOf(first), /999\n$/);
  assert.match(textOf(published, 'stderr'), /^(on\n)+$/);
});

test('an interrupt aborts what the client had queued', async () => {
  const id = await start('await new Promise(() => {})');
  const queued = await client.send('shell', 'execute_request', { code: 'globalThis.queued = 1' });
  // What is answered at once has come after it.
  await client.send('shell', 'kernel_info_request');
  assert.equal((await client.receive('shell')).header.msg_type, 'kernel_info_reply');
  await interrupt();
  assert.equal((await client.receive('shell')).parentHeader.msg_id, id);
  const aborted = await client.receive('shell');
  assert.deepEqual([aborted.parentHeader.msg_id, aborted.content.status], [queued, 'aborted']);
  await client.until(queued);
  assert.equal(resultOf((await client.execute('typeof queued')).published), "'undefined'");
});

test('many interrupts at once end one cell, and no other', async () => {
  for (let rounds = 0; rounds < 10; rounds++) {
    const id = await start('for (;;);');
    for (let times = 0; times < 20; times++) await client.send('control', 'interrupt_request');
    for (let times = 0; times < 20; times++) assert.equal((await client.receive('control')).content.status, 'ok');
    assert.equal((await end(id)).reply.content.ename, 'InterruptError');
    for (let cells = 0; cells < 3; cells++) {
      assert.equal((await client.execute('kept.value')).reply.content.status, 'ok');
    }
  }
});

test('an answer to a question that was interrupted goes nowhere', async () => {
  const id = await start('prompt("first")');
  const asked = await client.receive('stdin');
  await interrupt();
  await end(id);
  await client.sockets.stdin.send(
    client.session.serialize({
      header: client.header('input_reply'),
      parentHeader: asked.rawHeader,
      content: { value: 'too late' },
    }),
  );
  const again = await client.send('shell', 'execute_request', { code: 'prompt("second")', allow_stdin: true });
  assert.equal((await client.receive('stdin')).content.prompt, 'second ');
  await client.send('stdin', 'input_reply', { value: 'in time' });
  assert.equal(resultOf((await end(again)).published), "'in time'");
});

test('interrupt_mode is message, and SIGINT interrupts as well', async () => {
  assert.equal(kernel.running.spec.interrupt_mode, 'message');
  const id = await start('for (;;);');
  process.kill(kernel.running.process.pid, 'SIGINT');
  assert.equal((await end(id)).reply.content.ename, 'InterruptError');
});

test('the code of an interrupted cell does not go on', async () => {
  await client.execute('counter = 0');
  const id = await start('for (;;) { counter++; await new Promise((r) => setTimeout(r, 1)) }');
  await interrupt();
  await end(id);
  const count = resultOf((await client.execute('counter')).published);
  await client.execute('await new Promise((r) => setTimeout(r, 100))');
  assert.equal(resultOf((await client.execute('counter')).published), count);
});
