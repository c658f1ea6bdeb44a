import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { newConnectionInfo } from '../connection.ts';
import { withCurveKeys } from '../curve.ts';
import type { ProtocolError } from '../errors.ts';
import type { ReceivedMessage } from '../message.ts';
import type { KernelDiedError } from './errors.ts';
import { KernelClient } from './kernel-client.ts';
import { isMessage } from './messages.ts';
import type { KernelClientOptions } from './options.ts';
import { type Behaviour, EchoKernel } from './testing/echo-kernel.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

/** A kernel and a client of it; both are gone at the end of the block. */
async function pair(behaviour: Partial<Behaviour> = {}, options: KernelClientOptions = {}) {
  const kernel = await EchoKernel.start(newConnectionInfo(), behaviour);
  const client = await KernelClient.connect(kernel.info, options);
  return {
    kernel,
    client,
    async [Symbol.asyncDispose]() {
      client.close();
      kernel[Symbol.dispose]();
    },
  };
}

async function outputs(execution: AsyncIterable<ReceivedMessage>): Promise<string[]> {
  const texts: string[] = [];
  for await (const message of execution) {
    if (isMessage(message, 'stream')) texts.push(message.content.text);
    if (isMessage(message, 'execute_result')) texts.push(String(message.content.data['text/plain']));
  }
  return texts;
}

/** Resolves when the kernel has published a message of that type because of the execution. */
async function seenFrom(execution: AsyncIterable<ReceivedMessage>, type: string): Promise<void> {
  for await (const message of execution) if (message.header.msg_type === type) return;
}

test('ready means that kernel_info was answered and that iopub is heard, with iopub_welcome (JEP 65)', async () => {
  await using it = await pair();
  const info = await it.client.waitForReady();
  assert.equal(info.implementation, 'echo');
  assert.ok(it.client.iopubSeen.aborted);
  assert.deepEqual(await outputs(it.client.execute('say hi')), ['hi\n']);
});

test('a kernel that sends no iopub_welcome is ready when the status of a probe is heard', async () => {
  await using it = await pair({ welcome: false });
  await it.client.waitForReady();
  assert.ok(it.client.iopubSeen.aborted);
});

test('a busy kernel is ready: it answers on control', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const busy = it.client.execute('wait 60000');
  await seenFrom(busy, 'execute_input');
  await using second = await KernelClient.connect(it.kernel.info);
  assert.equal((await second.waitForReady()).implementation, 'echo');
  await it.client.interrupt();
  assert.equal((await busy.done).status, 'error');
});

test('a kernel that does not answer is not ready within the bound', async () => {
  await using it = await pair({ answers: false });
  await assert.rejects(it.client.waitForReady({ timeoutMs: 50 }), { code: 'ERR_KERNEL_TIMEOUT' });
});

test('an execution gives its messages in order, from busy to idle, and its reply', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const execution = it.client.execute('say a\nshow b');
  const types: string[] = [];
  for await (const message of execution) types.push(message.header.msg_type);
  assert.deepEqual(types, ['status', 'execute_input', 'stream', 'execute_result', 'status']);
  assert.equal((await execution.reply).execution_count, 1);
  assert.equal((await execution.done).status, 'ok');
});

test('an execute_request says what the options say, and what they leave out is the default', async () => {
  const requests: ReceivedMessage[] = [];
  await using it = await pair({ onRequest: (request) => requests.push(request) });
  await it.client.execute('say a').reply;
  await it.client.execute('say b', {
    silent: true,
    storeHistory: true,
    userExpressions: { a: '1' },
    stopOnError: false,
    onInput: async () => '',
    cellId: 'c1',
    metadata: { tag: 1 },
    subshellId: 'sub',
  }).reply;
  const [plain, full] = requests;
  const defaults = {
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: false,
    stop_on_error: true,
  };
  assert.deepEqual(plain?.content, { code: 'say a', ...defaults });
  assert.deepEqual(plain?.metadata, {});
  const given = {
    silent: true,
    store_history: true,
    user_expressions: { a: '1' },
    allow_stdin: true,
    stop_on_error: false,
  };
  assert.deepEqual(full?.content, { code: 'say b', ...given });
  assert.deepEqual(full?.metadata, { tag: 1, cellId: 'c1' });
  assert.equal(full?.header.subshell_id, 'sub');
});

test('subshells are created, listed and deleted, and requests name theirs', async () => {
  const requests: ReceivedMessage[] = [];
  await using it = await pair({ onRequest: (request) => requests.push(request) });
  const created = await it.client.createSubshell();
  assert.ok(created.status === 'ok');
  const { subshell_id: id } = created;
  assert.deepEqual(await it.client.listSubshells(), { status: 'ok', subshell_id: [id] });
  await it.client.complete('a', 1, { subshellId: id });
  assert.equal(requests.at(-1)?.header.subshell_id, id);
  assert.deepEqual(await it.client.deleteSubshell(id), { status: 'ok' });
  assert.equal((await it.client.deleteSubshell(id)).status, 'error');
  assert.deepEqual(await it.client.listSubshells(), { status: 'ok', subshell_id: [] });
});

test('a message without a reply reaches the kernel with its buffers', async () => {
  const requests: ReceivedMessage[] = [];
  await using it = await pair({ onRequest: (request) => requests.push(request) });
  const buffers = [new Uint8Array([0, 255])];
  const id = it.client.send('shell', 'comm_msg', { comm_id: 'c', data: {} }, { buffers });
  await it.client.kernelInfo();
  assert.equal(requests[0]?.header.msg_id, id);
  assert.deepEqual(requests[0]?.buffers[0], Buffer.from([0, 255]));
});

test('an error is a reply and not a rejection', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const reply = await it.client.execute('fail Oops').done;
  assert.equal(reply.status === 'error' && reply.ename, 'Oops');
});

test('executions at once each get their own', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const texts = await Promise.all([1, 2, 3].map((n) => outputs(it.client.execute(`say ${n}`))));
  assert.deepEqual(texts, [['1\n'], ['2\n'], ['3\n']]);
});

test('ten clients at once: each its own replies, and all of them one shared iopub', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const heard: string[] = [];
  using _listening = it.client.onIopub((message) => {
    if (isMessage(message, 'stream')) heard.push(message.content.text);
  });
  const clients = await Promise.all(Array.from({ length: 10 }, () => KernelClient.connect(it.kernel.info)));
  await Promise.all(clients.map((client) => client.waitForReady()));
  const texts = await Promise.all(clients.map((client, n) => outputs(client.execute(`say client ${n}`))));
  assert.deepEqual(
    texts.flat(),
    clients.map((_, n) => `client ${n}\n`),
  );
  // The kernel works them off one by one, so after one more of ours all have been heard.
  await it.client.execute('say last').done;
  assert.deepEqual(heard.sort(), [...texts.flat(), 'last\n'].sort());
  for (const client of clients) client.close();
});

test('ten thousand outputs are all there, in order', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const texts = await outputs(it.client.execute('flood 10000'));
  assert.equal(texts.length, 10_000);
  assert.ok(texts.every((text, line) => text === `${line}\n`));
});

test('input is asked of the callback of the execution, password or not', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const asked: unknown[] = [];
  const onInput = async (prompt: string, password: boolean) => {
    asked.push([prompt, password]);
    return 'Ada';
  };
  const texts = await outputs(it.client.execute('ask name?\npassword secret?', { onInput }));
  assert.deepEqual(texts, ['you said "Ada"\n', 'you said "Ada"\n']);
  assert.deepEqual(asked, [
    ['name?', false],
    ['secret?', true],
  ]);
});

test('an answer to input names the subshell of its cell', async () => {
  const answers: ReceivedMessage[] = [];
  await using it = await pair({ onAnswer: (answer) => answers.push(answer) });
  await it.client.waitForReady();
  const onInput = async () => 'Ada';
  assert.deepEqual(await outputs(it.client.execute('ask name?', { onInput, subshellId: 's1' })), ['you said "Ada"\n']);
  await outputs(it.client.execute('ask name?', { onInput }));
  assert.deepEqual(
    answers.map(({ header }) => header.subshell_id),
    ['s1', undefined],
  );
});

test('input without a callback is the end of input, so that the kernel does not wait forever', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  assert.deepEqual(await outputs(it.client.execute('ask name?')), ['you said "\\u0004"\n']);
});

test('a callback for input that fails: the kernel sees the end of input, the execution the error', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const execution = it.client.execute('ask name?', { onInput: () => Promise.reject(new Error('no terminal')) });
  await assert.rejects(execution.done, /no terminal/);
  assert.deepEqual(await outputs(it.client.execute('say alive')), ['alive\n']);
});

test('an interrupt while input is awaited: the callback is told, and its late answer goes nowhere', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const asked = Promise.withResolvers<AbortSignal>();
  const late = Promise.withResolvers<string>();
  const execution = it.client.execute('ask name?', {
    onInput: (_prompt, _password, ended) => {
      asked.resolve(ended);
      return late.promise;
    },
  });
  const ended = await asked.promise;
  await it.client.interrupt();
  assert.equal((await execution.done).status, 'error');
  assert.ok(ended.aborted);
  late.resolve('too late');
  const texts = await outputs(it.client.execute('ask again?', { onInput: async () => 'in time' }));
  assert.deepEqual(texts, ['you said "in time"\n']);
});

test('requests are matched with their replies, whatever order they are sent in', async () => {
  await using it = await pair();
  const [info, completion, comms] = await Promise.all([
    it.client.kernelInfo(),
    it.client.complete('a😀b'),
    it.client.commInfo(),
  ]);
  assert.equal(info.status === 'ok' && info.implementation, 'echo');
  assert.equal(completion.status === 'ok' && completion.cursor_end, 3);
  assert.deepEqual(comms, { status: 'ok', comms: {} });
});

test('a request that the kernel does not know ends by a typed error within its bound', async () => {
  await using it = await pair();
  await assert.rejects(it.client.isComplete('x', { timeoutMs: 30 }), (error: Error) => {
    return /No is_complete_reply within 30 ms/.test(error.message);
  });
});

test('a reply that breaks the schema rejects who waits for it, with the reason', async () => {
  const dropped: ProtocolError[] = [];
  await using it = await pair({ malformed: true }, { onDropped: (error) => dropped.push(error) });
  await assert.rejects(it.client.complete('a'), { code: 'ERR_SCHEMA' });
  assert.equal(dropped[0]?.code, 'ERR_SCHEMA');
});

test('a client with another key is not answered, and its messages are dropped', async () => {
  await using it = await pair();
  const stranger = await KernelClient.connect({ ...it.kernel.info, key: 'another' });
  await assert.rejects(stranger.kernelInfo({ timeoutMs: 100 }), { code: 'ERR_KERNEL_TIMEOUT' });
  stranger.close();
});

test('messages of a kernel with another key are dropped and told of', async () => {
  const dropped: string[] = [];
  const kernel = await EchoKernel.start(newConnectionInfo({ key: '' }));
  const info = { ...kernel.info, key: 'ours' };
  const client = await KernelClient.connect(info, { onDropped: (error) => dropped.push(error.code) });
  await assert.rejects(client.kernelInfo({ timeoutMs: 200 }), { code: 'ERR_KERNEL_TIMEOUT' });
  assert.ok(dropped.length > 0 && dropped.every((code) => code === 'ERR_SIGNATURE'));
  client.close();
  kernel[Symbol.dispose]();
});

test('a heart that stops rejects everything that is awaited, and is told once', async () => {
  await using it = await pair({}, { heartbeat: { intervalMs: 20, misses: 3 } });
  await it.client.waitForReady();
  await it.client.firstHeartbeat;
  const deaths: KernelDiedError[] = [];
  using _watching = it.client.onDeath((error) => deaths.push(error));
  const execution = it.client.execute('wait 60000');
  const request = it.client.complete('a', 0, { timeoutMs: Number.POSITIVE_INFINITY });
  it.kernel[Symbol.dispose]();
  await assert.rejects(request, { code: 'ERR_KERNEL_DIED' });
  await assert.rejects(execution.done, { code: 'ERR_KERNEL_DIED' });
  assert.equal(it.client.alive, false);
  assert.equal(deaths.length, 1);
  await assert.rejects(it.client.kernelInfo(), { code: 'ERR_KERNEL_DIED' });
  await assert.rejects(it.client.execute('say').done, { code: 'ERR_KERNEL_DIED' });
});

test('a kernel that comes back at the same address is alive again', async () => {
  await using it = await pair({}, { heartbeat: { intervalMs: 20, misses: 3 } });
  await it.client.firstHeartbeat;
  const died = Promise.withResolvers<KernelDiedError>();
  using _watching = it.client.onDeath(died.resolve);
  it.kernel[Symbol.dispose]();
  await died.promise;
  using _again = await EchoKernel.start(it.kernel.info);
  while (!it.client.alive) await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal((await it.client.kernelInfo()).status, 'ok');
});

test('a death that is declared lets the last messages in first', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const execution = it.client.execute('say last\nwait 60000');
  const seen: string[] = [];
  await assert.rejects(async () => {
    for await (const message of execution) {
      seen.push(message.header.msg_type);
      const death = new (await import('./errors.ts')).KernelDiedError('it fell');
      if (seen.length === 1) it.client.declareDead(death);
    }
  }, /it fell/);
  assert.deepEqual(seen, ['status', 'execute_input', 'stream']);
});

test('closing rejects what is awaited and leaves the kernel alone', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const client = await KernelClient.connect(it.kernel.info);
  await client.waitForReady();
  const execution = client.execute('wait 60000');
  await seenFrom(execution, 'execute_input');
  client.close();
  await assert.rejects(execution.done, { code: 'ERR_CLIENT_CLOSED' });
  await assert.rejects(client.kernelInfo(), { code: 'ERR_CLIENT_CLOSED' });
  await it.client.interrupt();
  assert.deepEqual(await outputs(it.client.execute('say alive')), ['alive\n']);
});

test('reconnecting rejects what is awaited, keeps the listeners, and gets no message id twice', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const heard: string[] = [];
  using _listening = it.client.onIopub((message) => {
    if (isMessage(message, 'stream')) heard.push(message.content.text);
  });
  const execution = it.client.execute('wait 60000');
  await seenFrom(execution, 'execute_input');
  await it.client.reconnect(it.kernel.info);
  await assert.rejects(execution.done, { code: 'ERR_KERNEL_RESTARTED' });
  it.kernel.interrupt();
  await it.client.waitForReady();
  const after = it.client.execute('say again');
  await after.done;
  assert.notEqual(after.msgId, execution.msgId);
  assert.deepEqual(heard, ['again\n']);
});

test('an execution whose idle is lost ends by a typed error', async () => {
  await using it = await pair({ idle: false });
  const execution = it.client.execute('say hi', { settleMs: 30 });
  assert.equal((await execution.reply).status, 'ok');
  await assert.rejects(execution.done, { code: 'ERR_KERNEL_TIMEOUT' });
});

test('a listener that throws does not disturb the client', async () => {
  await using it = await pair();
  await it.client.waitForReady();
  const uncaught = Promise.withResolvers<Error>();
  process.setUncaughtExceptionCaptureCallback(uncaught.resolve);
  try {
    const listening = it.client.onIopub(() => {
      throw new Error('bad listener');
    });
    await it.client.execute('say hi').done;
    listening[Symbol.dispose]();
    assert.match((await uncaught.promise).message, /bad listener/);
    assert.equal(it.client.alive, true);
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
  }
});

test('the channels may be ipc', async () => {
  const ip = join(temporaryFolder(), 'k');
  const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
  using kernel = await EchoKernel.start(newConnectionInfo({ transport: 'ipc', ip, ...ports }));
  await using client = await KernelClient.connect(kernel.info);
  await client.waitForReady();
  await client.firstHeartbeat;
  assert.deepEqual(await outputs(client.execute('say hi')), ['hi\n']);
});

test('the channels may be encrypted by CURVE; a client without the keys is let in nowhere', async () => {
  using kernel = await EchoKernel.start(await withCurveKeys(newConnectionInfo()));
  await using client = await KernelClient.connect(kernel.info);
  await client.waitForReady();
  assert.deepEqual(await outputs(client.execute('say hi')), ['hi\n']);
  const { curve_publickey: _, curve_secretkey: __, ...bare } = kernel.info;
  await using stranger = await KernelClient.connect(bare);
  await assert.rejects(stranger.waitForReady({ timeoutMs: 200 }), { code: 'ERR_KERNEL_TIMEOUT' });
});

test('a kernel of 2011: the API is that of today', async () => {
  await using it = await pair({ of2011: true, welcome: false }, { dialect2011: true });
  const info = await it.client.waitForReady();
  assert.equal(info.language_info.name, 'toy');
  const execution = it.client.execute('say hi\nask name?', { onInput: async (prompt) => `${prompt} Ada` });
  assert.deepEqual(await outputs(execution), ['hi\n', 'you said "name? Ada"\n']);
  assert.equal((await execution.done).execution_count, 1);
  const failed = await it.client.execute('fail Oops').done;
  assert.equal(failed.status === 'error' && failed.ename, 'Oops');
  const completion = await it.client.complete('foo.ba');
  assert.equal(completion.status === 'ok' && completion.cursor_end, 6);
  assert.equal((await it.client.shutdown()).status, 'ok');
});
