import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestKernel, type TestClient, type TestKernel } from './testing/harness.ts';

let kernel: TestKernel;
let client: TestClient;

before(async () => {
  kernel = await startTestKernel();
  client = await kernel.client();
});

after(() => kernel.close());

test('input_request goes to the client that asked, with its request as the parent', async () => {
  const id = await client.send('shell', 'execute_request', { code: 'input name? ', allow_stdin: true });
  const request = await client.receive('stdin');
  assert.equal(request.header.msg_type, 'input_request');
  assert.equal(request.parentHeader.msg_id, id);
  assert.deepEqual(request.content, { prompt: 'name? ', password: false });
  await client.send('stdin', 'input_reply', { value: 'Ada' }, { parentHeader: request.header });
  const published = await client.until(id);
  assert.equal(
    published.some(({ content }) => content.text === 'Ada'),
    true,
  );
  assert.equal((await client.receive('shell')).content.status, 'ok');
});

test('a password is asked for as one, and a reply without a parent is taken', async () => {
  const id = await client.send('shell', 'execute_request', { code: 'password key: ', allow_stdin: true });
  assert.deepEqual((await client.receive('stdin')).content, { prompt: 'key: ', password: true });
  await client.send('stdin', 'input_reply', { value: 'secret' });
  assert.equal((await client.receive('shell')).parentHeader.msg_id, id);
});

test('a reply that is an error says that the person cancelled', async () => {
  const id = await client.send('shell', 'execute_request', { code: 'input name? ', allow_stdin: true });
  const { header } = await client.receive('stdin');
  await client.send('stdin', 'input_reply', { status: 'error', ename: 'Cancelled' }, { parentHeader: header });
  const reply = await client.receive('shell');
  assert.equal(reply.parentHeader.msg_id, id);
  assert.equal(reply.content.evalue, 'no input is to be had');
});

test('allow_stdin false makes input an error', async () => {
  const { reply } = await client.execute('input name? ', { allow_stdin: false });
  assert.equal(reply.content.status, 'error');
});

test('a stale input_reply is ignored with a warning', async () => {
  await client.send('stdin', 'input_reply', { value: 'late' });
  await client.send('shell', 'execute_request', { code: 'input a', allow_stdin: true });
  const first = await client.receive('stdin');
  assert.equal(kernel.log.includes('W input_reply ignored: no cell waits for input'), true);
  await client.send('control', 'interrupt_request');
  await client.receive('shell');
  await client.receive('control');

  await client.send('shell', 'execute_request', { code: 'input b', allow_stdin: true });
  const second = await client.receive('stdin');
  await client.send('stdin', 'input_reply', { value: 'of a' }, { parentHeader: first.header });
  await client.send('stdin', 'input_reply', { value: 'of b' }, { parentHeader: second.header });
  assert.equal((await client.receive('shell')).content.status, 'ok');
  assert.equal(kernel.worker.calls.at(-1), 'answerInput of b');
  assert.equal(kernel.log.includes('W input_reply ignored: it answers an input_request that was given up'), true);
});

test('only the frontend that was asked can answer', async () => {
  const other = await kernel.client({ iopub: false });
  await client.send('shell', 'execute_request', { code: 'input c', allow_stdin: true });
  const request = await client.receive('stdin');
  await other.send('stdin', 'input_reply', { value: 'forged' });
  // The sockets are read side by side: until it was, there is something else to wait for.
  while (!kernel.log.some((line) => line.includes('not from the frontend that was asked'))) {
    await other.send('shell', 'kernel_info_request');
    await other.receive('shell');
  }
  await client.send('stdin', 'input_reply', { value: 'mine' }, { parentHeader: request.header });
  assert.equal((await client.receive('shell')).content.status, 'ok');
  assert.equal(kernel.worker.calls.at(-1), 'answerInput mine');
});

test('interrupt while input is pending ends the cell', async () => {
  const id = await client.send('shell', 'execute_request', { code: 'input d', allow_stdin: true });
  await client.receive('stdin');
  await client.send('control', 'interrupt_request');
  const reply = await client.receive('shell');
  assert.equal(reply.parentHeader.msg_id, id);
  assert.equal(reply.content.status, 'error');
});

test('a frontend without stdin gets an error instead of waiting for ever', async () => {
  const deaf = await kernel.client({ stdin: false });
  const { reply } = await deaf.execute('input e', { allow_stdin: true });
  assert.equal(reply.content.evalue, 'no input is to be had');
});

test('a client of 2011 is asked in its dialect', async () => {
  const old = await kernel.client({ old: true });
  await old.send('shell', 'execute_request', { code: 'input f' });
  const request = await old.receive('stdin');
  assert.deepEqual(request.content, { prompt: 'f' });
  await old.send('stdin', 'input_reply', { value: 'x' });
  assert.equal((await old.receive('shell')).content.status, 'ok');
});

test('cells that ask at once, each in its shell, have each its own answer', async () => {
  const client = await kernel.client();
  const made = await client.ask('create_subshell_request', {}, { channel: 'control' });
  const id = String(made.reply.content.subshell_id);
  const cells = [
    await client.send('shell', 'execute_request', { code: 'input main', allow_stdin: true }),
    await client.send(
      'shell',
      'execute_request',
      { code: 'input sub', allow_stdin: true },
      { header: { subshell_id: id } },
    ),
  ];
  const questions = [await client.receive('stdin'), await client.receive('stdin')];
  assert.deepEqual(
    questions.map(({ parentHeader }) => parentHeader.msg_id),
    cells,
  );
  // The second is answered first, by its parent.
  const { header } = questions[1] ?? assert.fail();
  await client.send('stdin', 'input_reply', { value: 'to sub' }, { parentHeader: header });
  assert.equal((await client.receive('shell')).parentHeader.msg_id, cells[1]);
  assert.equal(kernel.worker.calls.at(-1), 'answerInput to sub');
  // That cell has ended; the question of the other is still open.
  await client.send('stdin', 'input_reply', { value: 'to main' });
  assert.equal((await client.receive('shell')).parentHeader.msg_id, cells[0]);
  assert.equal(kernel.worker.calls.at(-1), 'answerInput to main');
});

test('an answer that names no question is to the one of its subshell, or else to the oldest', async () => {
  const client = await kernel.client();
  const made = await client.ask('create_subshell_request', {}, { channel: 'control' });
  const header = { subshell_id: String(made.reply.content.subshell_id) };
  const content = { code: 'input a', allow_stdin: true };
  const main = await client.send('shell', 'execute_request', content);
  const sub = await client.send('shell', 'execute_request', content, { header });
  await client.receive('stdin');
  await client.receive('stdin');
  await client.send('stdin', 'input_reply', { value: '1' }, { header });
  assert.equal((await client.receive('shell')).parentHeader.msg_id, sub);
  await client.send('stdin', 'input_reply', { value: '2' }, { header });
  assert.equal((await client.receive('shell')).parentHeader.msg_id, main);
});
