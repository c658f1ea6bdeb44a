/** Section "Wire": transports, CURVE, connection files as others write them, and the handshake of JEP 66. */
import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { TestClient } from '@elara/kernel/server/testing/test-client';
import { BareKernel } from '../../real-kernel/bare-kernel.ts';
import { resultOf, shape } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const SCHEMES = ['hmac-sha256', 'hmac-sha512', 'hmac-md5'];

test('a kernel whose kernelspec says 5.6 registers by itself, and its connection file is private', async () => {
  await using kernel = await RealKernel.start({ spec: { kernel_protocol_version: '5.6' } });
  const { connectionFile } = kernel.running;
  assert.equal((await stat(connectionFile)).mode & 0o777, 0o600);
  const client = await kernel.connect();
  assert.equal(resultOf((await client.execute('1 + 1')).published), '2');
  // The file of the registration is gone.
  assert.deepEqual((await readdir(join(kernel.folder, 'runtime'))).length, 1);
});

test('a kernel whose kernelspec says 5.5 is given its ports', async () => {
  await using kernel = await RealKernel.start({ spec: { kernel_protocol_version: '5.5' } });
  const client = await kernel.connect();
  assert.equal(resultOf((await client.execute('1 + 1')).published), '2');
});

test('CURVE: with its keys a client is served, on every channel', async () => {
  await using kernel = await RealKernel.start({ encrypt: true });
  const client = await kernel.connect();
  const { published } = await client.execute('console.log("secret"); 1');
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'stdout', 'execute_result', 'idle']);
  assert.equal((await client.ask('kernel_info_request', {}, { channel: 'control' })).reply.content.status, 'ok');
  const id = await client.send('shell', 'execute_request', { code: 'prompt("?")', allow_stdin: true });
  const question = await client.receive('stdin');
  await client.send('stdin', 'input_reply', { value: 'typed' }, { parentHeader: question.header });
  assert.equal(resultOf(await client.until(id)), "'typed'");
});

test('CURVE: without its keys nobody is served', async () => {
  await using kernel = await RealKernel.start({ encrypt: true });
  const { curve_publickey: _, curve_secretkey: __, ...plain } = kernel.running.client.info;
  const client = await TestClient.connect(plain, { iopub: false, patienceMs: 500 });
  const served = async () => {
    // Where the kernel has refused already, there is nobody to send to.
    await client.send('shell', 'kernel_info_request');
    await client.receive('shell');
  };
  await assert.rejects(served(), { code: 'EAGAIN' });
  client.close();
});

for (const scheme of SCHEMES) {
  test(`signature_scheme ${scheme} of the connection file is the one that is used`, async () => {
    await using kernel = await BareKernel.start({ connection: { signature_scheme: scheme } });
    const client = await kernel.connect();
    assert.equal(resultOf((await client.execute('1 + 1')).published), '2');
  });
}

test('a connection file that others can read, as some launchers write it, is used, with a warning', async () => {
  await using kernel = await BareKernel.start({ mode: 0o644 });
  const client = await kernel.connect();
  assert.equal((await client.execute('1')).reply.content.status, 'ok');
  assert.match(kernel.log, /^\[elara W .*connection\.json/);
  assert.ok(!kernel.log.includes(kernel.info.key));
});
