import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Session } from '@elara/protocol/session';
import { names, startTestKernel, type TestClient, type TestKernel } from './testing/harness.ts';

let kernel: TestKernel;
let client: TestClient;
const bad: Record<string, (client: TestClient, key: string) => Uint8Array[]> = {
  ERR_NO_DELIMITER: () => [Buffer.from('hello')],
  ERR_TRUNCATED: () => [Buffer.from('<IDS|MSG>'), Buffer.from('aa'), Buffer.from('{}')],
  ERR_SIGNATURE: (from) =>
    new Session({ key: 'another key', signatureScheme: 'hmac-sha256' }).serialize({
      header: from.header('execute_request'),
      content: { code: 'print forged' },
    }),
  ERR_JSON: (from) =>
    from.session.serialize({ header: from.header('execute_request'), content: Buffer.from('{"code":') }),
  ERR_UTF8: (from) =>
    from.session.serialize({ header: from.header('execute_request'), content: Buffer.from([0x7b, 0xff, 0x7d]) }),
  ERR_SCHEMA: (from) => from.session.serialize({ header: from.header('execute_request'), content: { code: 7 } }),
};

before(async () => {
  kernel = await startTestKernel();
  client = await kernel.client();
});

after(() => kernel.close());

for (const channel of ['shell', 'control'] as const) {
  for (const [code, make] of Object.entries(bad)) {
    test(`${code} on ${channel}: dropped with a warning that names the reason, and the kernel goes on`, async () => {
      const { key } = kernel.server.connection;
      kernel.log.length = 0;
      const executed = kernel.worker.executed.length;
      const sent = make(client, key);
      await client.sockets[channel].send(sent);
      assert.equal((await client.ask('kernel_info_request', {}, { channel })).reply.content.status, 'ok');
      const warnings = kernel.log.filter((line) => line.startsWith('W'));
      assert.equal(warnings.length, 1);
      assert.match(warnings[0] ?? '', new RegExp(`message on ${channel} dropped: .*${code}`));
      assert.equal(kernel.worker.executed.length, executed);
      assert.equal(kernel.log.join('\n').includes(key), false);
    });
  }
}

test('a replayed message is dropped with a warning', async () => {
  const frames = client.session.serialize({
    header: client.header('execute_request'),
    content: { code: 'print once' },
  });
  await client.sockets.shell.send(frames);
  await client.receive('shell');
  await client.sockets.shell.send(frames);
  await client.ask('kernel_info_request');
  assert.equal(kernel.worker.executed.filter(({ code }) => code === 'print once').length, 1);
  assert.equal(
    kernel.log.some((line) => line.startsWith('W') && line.includes('ERR_REPLAY')),
    true,
  );
});

test('an unknown type is dropped with a warning, unknown fields are tolerated', async () => {
  await client.send('shell', 'no_such_request', {});
  const { reply } = await client.execute('print 1', { unknown_field: [1] });
  assert.equal(reply.content.status, 'ok');
  assert.equal(kernel.log.includes('W "no_such_request" on shell: not a request that this kernel knows'), true);
});

test('warnings of a kind are limited', async () => {
  kernel.log.length = 0;
  for (let index = 0; index < 1000; index++) await client.sockets.shell.send([Buffer.from('junk')]);
  await client.ask('kernel_info_request');
  assert.ok(kernel.log.filter((line) => line.startsWith('W')).length <= 7);
});

test('a fault in an answer is an error reply, and the kernel goes on', async () => {
  const { complete } = kernel.worker;
  kernel.worker.complete = () => Promise.reject(new TypeError('a bug'));
  const { reply, published } = await client.ask('complete_request', { code: '', cursor_pos: 0 });
  kernel.worker.complete = complete;
  assert.equal(reply.content.status, 'error');
  assert.equal(reply.content.evalue, 'a bug');
  assert.deepEqual(names(published), ['busy', 'idle']);
});

test('ten clients at once have their own replies and share iopub', async () => {
  const clients = await Promise.all(Array.from({ length: 10 }, () => kernel.client()));
  const answers = await Promise.all(clients.map((one, index) => one.execute(`print ${index}`)));
  answers.forEach(({ reply, published, id }, index) => {
    assert.equal(reply.parentHeader.msg_id, id);
    assert.equal(published.find(({ header }) => header.msg_type === 'stream')?.content.text, `${index}\n`);
  });
});

test('without a key nothing is signed, and the log says so', async () => {
  const open = await startTestKernel({ connection: { ...kernel.server.connection, ...FREE, key: '' } });
  try {
    const anyone = await open.client();
    assert.equal((await anyone.execute('print 1')).reply.content.status, 'ok');
    assert.equal(
      open.log.some((line) => line.startsWith('W') && line.includes('not signed')),
      true,
    );
  } finally {
    await open.close();
  }
});

const FREE = { shell_port: 0, iopub_port: 0, stdin_port: 0, control_port: 0, hb_port: 0 };
