import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { suite, test } from 'node:test';
import { Dealer } from 'zeromq';
import { type ChannelPorts, endpointAt } from './connection.ts';
import type { ProtocolError } from './errors.ts';
import { RegistrationService, registerKernel, serializeRegistration } from './handshake.ts';
import { makeSigner } from './signature.ts';

const ports: ChannelPorts = {
  shell_port: 50_001,
  iopub_port: 50_002,
  stdin_port: 50_003,
  control_port: 50_004,
  hb_port: 50_005,
};

function service(
  options: { onDropped?: (error: ProtocolError) => void; ip?: string; transport?: 'ipc' } = {},
): Promise<RegistrationService> {
  return RegistrationService.listen({ onDropped: assert.fail, ...options });
}

suite('the startup handshake', () => {
  test('the kernel tells its ports and is acknowledged', async () => {
    using listening = await service();
    const info = listening.expect('k-1');
    assert.equal(listening.expect('k-1'), info);
    const connection = listening.connectionOf('k-1');
    await registerKernel(info, ports);
    assert.deepEqual(await connection, {
      transport: 'tcp',
      ip: '127.0.0.1',
      ...ports,
      key: info.key,
      signature_scheme: 'hmac-sha256',
    });
  });

  test('a kernel may register before anyone asks, and again when the acknowledgement was lost', async () => {
    using listening = await service();
    const info = listening.expect('k-1');
    await registerKernel(info, ports);
    await registerKernel(info, { ...ports, shell_port: 1 });
    assert.equal((await listening.connectionOf('k-1')).shell_port, ports.shell_port);
  });

  test('works over ipc', { skip: process.platform === 'win32' }, async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'elara-ipc-'));
    try {
      using listening = await service({ transport: 'ipc', ip: path.join(folder, 'k') });
      await registerKernel(listening.expect('k-1'), ports);
      assert.equal((await listening.connectionOf('k-1')).ip, path.join(folder, 'k'));
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('each kernel has a key of its own, and cannot register under the name of another', async () => {
    const dropped: string[] = [];
    using listening = await service({ onDropped: (error) => dropped.push(error.code) });
    const first = listening.expect('k-1');
    const second = listening.expect('k-2');
    assert.notEqual(first.key, second.key);
    await assert.rejects(registerKernel({ ...second, kernel_id: 'k-1' }, ports, 300), { code: 'ERR_TIMEOUT' });
    assert.deepEqual(dropped, ['ERR_UNEXPECTED']);
    await registerKernel(first, ports);
    await registerKernel(second, { ...ports, shell_port: 7 });
    assert.equal((await listening.connectionOf('k-2')).shell_port, 7);
  });

  test('a kernel that nobody acknowledges learns it in time', async () => {
    const dropped: string[] = [];
    using listening = await service({ onDropped: (error) => dropped.push(error.code) });
    const info = listening.expect('k-1');
    await assert.rejects(registerKernel({ ...info, key: 'other' }, ports, 300), {
      code: 'ERR_TIMEOUT',
      message: /not acknowledged within 300 ms/,
    });
    assert.deepEqual(dropped, ['ERR_SIGNATURE']);
    // Nobody listens at all.
    await assert.rejects(registerKernel({ ...info, registration_port: 1 }, ports, 100), { code: 'ERR_TIMEOUT' });
  });

  test('a kernel that does not register is waited for in vain, for a bounded time', async () => {
    using listening = await service();
    listening.expect('k-1');
    await assert.rejects(listening.connectionOf('k-1', 20), { code: 'ERR_TIMEOUT', message: /k-1 .* 20 ms/ });
    await assert.rejects(listening.connectionOf('k-1'), { code: 'ERR_UNEXPECTED' });
    await assert.rejects(listening.connectionOf('k-2'), { code: 'ERR_UNEXPECTED' });
  });

  test('noise is dropped and the service goes on', async () => {
    const dropped: string[] = [];
    const all = Promise.withResolvers<void>();
    const onDropped = (error: ProtocolError) => {
      if (dropped.push(error.code) === 3) all.resolve();
    };
    using listening = await service({ onDropped });
    const info = listening.expect('k-1');
    const signer = makeSigner(info.key, info.signature_scheme);
    const socket = new Dealer({ linger: 1000 });
    socket.connect(endpointAt('tcp', info.registration_ip, info.registration_port));
    await socket.send('noise');
    await socket.send(serializeRegistration(signer, { kernel_id: 'k-1', shell_port: '1' }));
    await socket.send(serializeRegistration(signer, { kernel_id: 'k-1', ...ports, hb_port: '99999' }));
    await all.promise;
    socket.close();
    assert.deepEqual(dropped, ['ERR_NO_DELIMITER', 'ERR_SCHEMA', 'ERR_SCHEMA']);
    await registerKernel(info, ports);
  });
});
