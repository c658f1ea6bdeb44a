/** Output belongs to the cell that made it, also when it comes late (design, decision 3). */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { ReceivedMessage } from '@elara/protocol/message';
import { contentsOf, shape, textOf } from '../../real-kernel/outputs.ts';
import { until } from '../../real-kernel/processes.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();

/** Everything on iopub so far, whosever it is. */
const heard: ReceivedMessage[] = [];
kernel.running.client.onIopub((message) => heard.push(message));

/** Streams, displays and errors of a request, once there are so many: before its idle, or late. */
async function outputsOf(id: string, count: number): Promise<ReceivedMessage[]> {
  const outputs = (): ReceivedMessage[] =>
    heard.filter(
      ({ header, parentHeader }) =>
        parentHeader.msg_id === id && ['stream', 'display_data', 'error'].includes(header.msg_type),
    );
  await until(`${count} outputs of ${id}`, () => outputs().length >= count);
  return outputs();
}

test('what comes after idle is a child of the request that caused it', async () => {
  const { id, published } = await client.execute('setTimeout(() => console.log("late"), 100); console.log("early")');
  assert.match(textOf(published), /^early\n/);
  assert.equal(textOf(await outputsOf(id, 2)), 'early\nlate\n');
});

test('what an earlier cell prints while another runs is credited to the earlier one', async () => {
  const earlier = await client.execute(
    'const gate = Promise.withResolvers<void>(); gate.promise.then(() => { console.log("earlier"); display("shown"); }); 1;',
  );
  const { id } = await client.execute(
    'console.log("begin"); gate.resolve(); await new Promise((r) => setTimeout(r, 20)); console.log("end")',
  );
  assert.deepEqual(shape(await outputsOf(earlier.id, 2)), ['stdout', 'display_data']);
  assert.deepEqual(
    (await outputsOf(id, 2)).map(({ content }) => content.text),
    ['begin\n', 'end\n'],
  );
  const shown = heard.filter(({ header }) => ['stream', 'display_data'].includes(header.msg_type)).slice(-4);
  assert.deepEqual(
    shown.map(({ parentHeader }) => parentHeader.msg_id),
    [id, earlier.id, earlier.id, id],
  );
});

for (const [source, code] of [
  ['an interval', 'const timer = setInterval(() => { console.log("late"); clearInterval(timer) }, 30)'],
  [
    'a promise that nobody awaits',
    'void (async () => { await new Promise((r) => setTimeout(r, 30)); console.log("late") })()',
  ],
  ['setImmediate', 'setTimeout(() => setImmediate(() => console.log("late")), 30)'],
  ['a microtask', 'setTimeout(() => queueMicrotask(() => console.log("late")), 30)'],
  [
    'a listener',
    'const events = new EventTarget(); events.addEventListener("a", () => console.log("late")); setTimeout(() => events.dispatchEvent(new Event("a")), 30)',
  ],
  ['the end of a child process', 'require("node:child_process").exec("sleep 0.05", () => console.log("late"))'],
  ['a read of a file', 'setTimeout(() => require("node:fs").readFile("/dev/null", () => console.log("late")), 30)'],
] as const) {
  test(`late output of ${source} is credited to its cell, when another has run since`, async () => {
    const { id } = await client.execute(code);
    await client.execute('console.log("another")');
    const [late] = await outputsOf(id, 1);
    assert.deepEqual(late?.content, { name: 'stdout', text: 'late\n' });
  });
}

test('an error of a timer reaches the cell that caused it, and the kernel lives', async () => {
  const { id, reply } = await client.execute('setTimeout(() => { throw new RangeError("late") }, 30)');
  assert.equal(reply.content.status, 'ok');
  const [error] = await outputsOf(id, 1);
  assert.equal(error?.header.msg_type, 'error');
  assert.equal(error?.content.ename, 'RangeError');
  assert.equal((await client.execute('1')).reply.content.status, 'ok');
});

test('a rejection that nobody handles reaches the cell that caused it, and the kernel lives', async () => {
  const { id, reply } = await client.execute('setTimeout(() => { void Promise.reject(new RangeError("late")) }, 30)');
  assert.equal(reply.content.status, 'ok');
  const [error] = await outputsOf(id, 1);
  assert.equal(error?.content.ename, 'RangeError');
  assert.equal((await client.execute('1')).reply.content.status, 'ok');
});

test('a function of one cell that another calls prints in the one that calls it', async () => {
  await client.execute('function hello() { console.log("hello") }');
  assert.equal(textOf((await client.execute('hello()')).published), 'hello\n');
  const { id } = await client.execute('setTimeout(hello, 30)');
  assert.equal(textOf(await outputsOf(id, 1)), 'hello\n');
});

test('two cells of two clients each have their own late output', async () => {
  const other = await kernel.connect();
  const [one, two] = await Promise.all([
    client.execute('setTimeout(() => console.log("one"), 60)'),
    other.execute('setTimeout(() => console.log("two"), 30)'),
  ]);
  assert.equal(textOf(await outputsOf(one.id, 1)), 'one\n');
  assert.equal(textOf(await outputsOf(two.id, 1)), 'two\n');
});

test('an update of a display is a child of the request that updates it', async () => {
  await client.execute('const shown = display("first")');
  const { published } = await client.execute('await shown.update("second")');
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'update_display_data', 'idle']);
  assert.equal(contentsOf(published, 'update_display_data').length, 1);
});
