/**
 * "Requests that need no user code (kernel_info, comm_info, history, is_complete, interrupt, complete and inspect from types,
 * heartbeat) are answered while a cell runs."
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { recordOf, resultOf, shape } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();
await client.execute('const answer = 42; const answers = { all: [answer] };');

const REQUESTS = {
  kernel_info_request: {},
  connect_request: {},
  comm_info_request: {},
  usage_request: {},
  history_request: { hist_access_type: 'tail', n: 1, output: false, raw: true },
  is_complete_request: { code: 'function f() {' },
  complete_request: { code: 'answ', cursor_pos: 4 },
  inspect_request: { code: 'answer', cursor_pos: 6, detail_level: 0 },
};

const BUSY = {
  'a busy loop': 'for (;;);',
  'a pending await': 'await new Promise(() => {})',
  'a wait of the thread': 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
  'a flood of output': 'for (;;) console.log("x".repeat(100))',
  'a question': 'prompt("?")',
};

for (const [what, code] of Object.entries(BUSY)) {
  test(`during ${what}, requests that need no user code are answered, on shell and on control`, async () => {
    // What the cell publishes is read by another client: this one reads its replies.
    const reader = await kernel.connect();
    const id = await client.send('shell', 'execute_request', { code: `console.log('on'); ${code}`, allow_stdin: true });
    for (;;) {
      const { header, parentHeader } = await reader.next();
      if (header.msg_type === 'stream' && parentHeader.msg_id === id) break;
    }
    if (code.includes('prompt')) await client.receive('stdin');
    for (const channel of ['shell', 'control'] as const) {
      for (const [msgType, content] of Object.entries(REQUESTS)) {
        const asked = await client.send(channel, msgType, content);
        const reply = await client.receive(channel);
        assert.equal(reply.parentHeader.msg_id, asked);
        assert.equal(reply.header.msg_type, msgType.replace('request', 'reply'));
        assert.equal(reply.content.status, msgType === 'is_complete_request' ? 'incomplete' : 'ok');
        if (msgType === 'complete_request') assert.deepEqual(reply.content.matches, ['answer', 'answers']);
        if (msgType === 'inspect_request') assert.equal(reply.content.found, true);
        if (msgType === 'history_request') assert.equal(Object.keys(reply.content.history ?? []).length, 1);
      }
    }
    await client.send('control', 'interrupt_request');
    assert.equal((await client.receive('control')).content.status, 'ok');
    assert.equal((await client.receive('shell')).content.ename, 'InterruptError');
    await Promise.all([client.until(id), reader.until(id)]);
    reader.close();
  });
}

test('busy and idle of such a request are its own; the cell stays busy', async () => {
  const id = await client.send('shell', 'execute_request', { code: 'prompt("?"); "done"', allow_stdin: true });
  const question = await client.receive('stdin');
  const states: unknown[] = [];
  const asked = await client.send('control', 'kernel_info_request');
  while (states.length < 2) {
    const { header, parentHeader, content } = await client.next();
    if (header.msg_type === 'status' && parentHeader.msg_id === asked) states.push(content.execution_state);
    assert.ok(!(parentHeader.msg_id === id && content.execution_state === 'idle'));
  }
  assert.deepEqual(states, ['busy', 'idle']);
  await client.receive('control');
  await client.send('stdin', 'input_reply', { value: '' }, { parentHeader: question.header });
  const published = await client.until(id);
  assert.deepEqual(shape(published), ['execute_result', 'idle']);
  assert.equal(resultOf(published), "'done'");
  await client.receive('shell');
});

test('live objects are looked at while a cell awaits', async () => {
  const id = await client.send('shell', 'execute_request', { code: 'console.log(1); await new Promise(() => {})' });
  while ((await client.next()).header.msg_type !== 'stream');
  await client.send('shell', 'complete_request', { code: 'answers.a', cursor_pos: 9 });
  assert.deepEqual((await client.receive('shell')).content.matches, ['all']);
  await client.send('shell', 'inspect_request', { code: 'answer', cursor_pos: 3, detail_level: 0 });
  assert.match(String(recordOf((await client.receive('shell')).content.data)['text/plain']), /42/);
  await client.send('control', 'interrupt_request');
  await client.until(id);
  assert.equal((await client.receive('shell')).content.ename, 'InterruptError');
});
