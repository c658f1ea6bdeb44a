/** stdin: "input_request (prompt, password) to the peer whose identity asked, input_reply"; "allow_stdin false makes input an error at once". */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Answered, TestClient } from '@elara/kernel/server/testing/test-client';
import { contentsOf, resultOf, shape, textOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();

type Question = Awaited<ReturnType<TestClient['receive']>>;

/** Runs a cell and answers its questions, each of which is a child of the cell. */
async function answer(code: string, ...answers: string[]): Promise<Answered & { questions: Question[] }> {
  const id = await client.send('shell', 'execute_request', { code, allow_stdin: true });
  const questions: Question[] = [];
  for (const value of answers) {
    const question = await client.receive('stdin');
    assert.equal(question.header.msg_type, 'input_request');
    assert.equal(question.parentHeader.msg_id, id);
    questions.push(question);
    await client.send('stdin', 'input_reply', { value }, { parentHeader: question.header });
  }
  const [reply, published] = await Promise.all([client.receive('shell'), client.until(id)]);
  return { id, reply, published, questions };
}

test('prompt sends input_request with its prompt, and gives the value of input_reply', async () => {
  const { questions, published, reply } = await answer("prompt('Enter: ')", '"test_input_42"');
  assert.deepEqual(questions[0]?.content, { prompt: 'Enter:  ', password: false });
  assert.equal(resultOf(published), `'"test_input_42"'`);
  assert.equal(reply.content.status, 'ok');
});

test('input() asks while the worker goes on', async () => {
  const { questions, published } = await answer(
    "let ticks = 0; const timer = setInterval(() => ticks++, 1); const name = await input('name? '); await new Promise((r) => setTimeout(r, 20)); clearInterval(timer); [name, ticks > 0]",
    'Ada',
  );
  assert.equal(questions[0]?.content.prompt, 'name? ');
  assert.equal(resultOf(published), "[ 'Ada', true ]");
});

test('password asks with password true', async () => {
  const { questions, published } = await answer(
    "await password('key: ') + await input('key: ', { password: true })",
    'a',
    'b',
  );
  assert.deepEqual(
    questions.map(({ content }) => content),
    [
      { prompt: 'key: ', password: true },
      { prompt: 'key: ', password: true },
    ],
  );
  assert.equal(resultOf(published), "'ab'");
});

test('prompt works inside a loop and inside a function', async () => {
  const { published } = await answer(
    "const ask = (n: number) => Number(prompt('number ' + n)); let total = 0; for (let i = 0; i < 3; i++) total += ask(i); total",
    '1',
    '2',
    '39',
  );
  assert.equal(resultOf(published), '42');
});

test('confirm is true for y', async () => {
  const { published } = await answer("[confirm('sure?'), confirm('sure?'), confirm('sure?')]", 'y', 'n', '');
  assert.equal(resultOf(published), '[ true, false, false ]');
});

test('readline and process.stdin ask for their lines', async () => {
  const { published, questions } = await answer(
    `const rl = require('node:readline/promises').createInterface({ input: process.stdin, output: process.stdout });
    const line = await rl.question('color? '); rl.close(); line`,
    'green',
  );
  assert.equal(resultOf(published), "'green'");
  assert.equal(textOf(published), 'color? ');
  assert.equal(questions.length, 1);
});

test('an answer of any text arrives as it is', async () => {
  for (const text of ['', ' spaces ', '🎈 é \u0000 \u2028', 'line\nbreak', 'x'.repeat(1_000_000)]) {
    const { published } = await answer("const given = prompt('?'); process.stdout.write(given)", text);
    assert.equal(textOf(published), text);
  }
});

test('what is printed before the question is sent before it', async () => {
  const id = await client.send('shell', 'execute_request', {
    code: "console.log('before'); prompt('?')",
    allow_stdin: true,
  });
  const question = await client.receive('stdin');
  // The cell waits for the answer: all that is on iopub came before the question.
  const published = [];
  do published.push(await client.next());
  while (published.at(-1)?.header.msg_type !== 'stream');
  assert.equal(textOf(published), 'before\n');
  await client.send('stdin', 'input_reply', { value: '' }, { parentHeader: question.header });
  await Promise.all([client.receive('shell'), client.until(id)]);
});

test('the question goes to the client that executes, and to no other', async () => {
  const other = await kernel.connect({ patienceMs: 300 });
  const { published } = await answer("prompt('who?')", 'me');
  assert.equal(resultOf(published), "'me'");
  await assert.rejects(other.receive('stdin'), { code: 'EAGAIN' });
});

test('an input_reply of a client that was not asked is ignored', async () => {
  const stranger = await kernel.connect();
  const id = await client.send('shell', 'execute_request', { code: "prompt('who?')", allow_stdin: true });
  const question = await client.receive('stdin');
  await stranger.send('stdin', 'input_reply', { value: 'a stranger' }, { parentHeader: question.header });
  await stranger.ask('kernel_info_request');
  await client.send('stdin', 'input_reply', { value: 'the right one' }, { parentHeader: question.header });
  const [, published] = await Promise.all([client.receive('shell'), client.until(id)]);
  assert.equal(resultOf(published), "'the right one'");
});

test('an input_reply that nobody waits for is ignored', async () => {
  const { questions } = await answer("prompt('before?')", 'first');
  // Whether it comes before the next question or after it: channels have no order among them.
  for (const { header } of questions) {
    await client.send('stdin', 'input_reply', { value: 'again' }, { parentHeader: header });
  }
  const { published } = await answer("prompt('now?')", 'asked');
  assert.equal(resultOf(published), "'asked'");
});

test('an input_reply with status and an empty parent is understood, as some frontends send it', async () => {
  const id = await client.send('shell', 'execute_request', { code: "prompt('?')", allow_stdin: true });
  await client.receive('stdin');
  await client.send('stdin', 'input_reply', { value: 'yes', status: 'ok' });
  const [, published] = await Promise.all([client.receive('shell'), client.until(id)]);
  assert.equal(resultOf(published), "'yes'");
});

for (const code of [
  "prompt('x')",
  "confirm('x')",
  "await input('x')",
  "await password('x')",
  'for await (const line of process.stdin) line',
]) {
  test(`allow_stdin false makes ${code} an error at once`, async () => {
    const { reply, published } = await client.execute(code, { allow_stdin: false });
    assert.equal(reply.content.status, 'error');
    assert.equal(reply.content.ename, 'InputRefusedError');
    assert.equal(contentsOf(published, 'error').length, 1);
    assert.equal(shape(published).at(-1), 'idle');
  });
}

test('a client without a stdin channel is not waited for', async () => {
  const deaf = await kernel.connect({ stdin: false });
  const { reply } = await deaf.execute("prompt('x')", { allow_stdin: true });
  assert.equal(reply.header.msg_type, 'execute_reply');
  assert.equal((await client.execute('1')).reply.content.status, 'ok');
});

test('questions of two clients, one after the other, each reach their own', async () => {
  const other = await kernel.connect();
  const ask = (one: typeof client): Promise<string> =>
    one.send('shell', 'execute_request', { code: "prompt('?')", allow_stdin: true });
  const ids = [await ask(client)];
  // The order of what two sockets send is known only once the first of them has been heard.
  const first = await client.receive('stdin');
  ids.push(await ask(other));
  for (const [index, one] of [client, other].entries()) {
    const question = index === 0 ? first : await one.receive('stdin');
    assert.equal(question.parentHeader.msg_id, ids[index]);
    await one.send('stdin', 'input_reply', { value: String(index) }, { parentHeader: question.header });
    const [, published] = await Promise.all([one.receive('shell'), one.until(ids[index] ?? '')]);
    assert.equal(resultOf(published), `'${index}'`);
  }
});
