import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { test } from 'node:test';
import { attachKernel } from '@elara/protocol/client/index';
import { newConnectionInfo, readConnectionFile, writeConnectionFile } from '@elara/protocol/connection';
import { isRunning, Place, type Started, until } from './elara.ts';

async function connectionFile(kernel: Started): Promise<string> {
  const said = await kernel.saw(/Connection file: (.*)\n/);
  const [, file = ''] = /Connection file: (.*)\n/.exec(said) ?? [];
  return file;
}

test('a kernel started by hand says how to attach, runs cells, and removes its file at the end', async () => {
  await using place = await Place.make();
  const kernel = place.start(['kernel']);
  const file = await connectionFile(kernel);
  const said = await kernel.saw(/attach/);
  assert.match(said, /elara console --existing kernel-.*\.json\n {2}jupyter console --existing kernel-/);
  if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  {
    await using client = await attachKernel(file);
    const execution = client.execute('6 * 7');
    const results: unknown[] = [];
    for await (const { header, content } of execution) {
      if (header.msg_type === 'execute_result') results.push(content.data);
    }
    assert.deepEqual(results, [{ 'text/plain': '42' }]);
  }
  kernel.child.kill('SIGTERM');
  assert.equal((await kernel.ended).code, 0);
  assert.ok(!existsSync(file));
});

test('Ctrl-C ends a kernel that was started by hand', async () => {
  await using place = await Place.make();
  const kernel = place.start(['kernel', '--connection-file', 'mine.json', '--language', 'javascript']);
  assert.equal(await connectionFile(kernel), 'mine.json');
  {
    await using client = await attachKernel(place.path('mine.json'));
    const info = await client.kernelInfo();
    assert.ok('language_info' in info);
    assert.equal(info.language_info.name, 'javascript');
  }
  kernel.child.kill('SIGINT');
  assert.equal((await kernel.ended).code, 0);
  assert.ok(!existsSync(place.path('mine.json')));
});

test('a connection file with free ports gets those that were bound, and stays', async () => {
  await using place = await Place.make();
  const file = place.path('given.json');
  await writeConnectionFile(file, newConnectionInfo({ key: 'a-key' }));
  const kernel = place.start(['kernel', '-f', file]);
  await until('the ports are told', async () => (await readConnectionFile(file)).shell_port !== 0);
  await using client = await attachKernel(file);
  assert.equal(client.info.key, 'a-key');
  await client.shutdown();
  const { code, stdout } = await kernel.ended;
  assert.equal(code, 0);
  assert.equal(stdout, '');
  assert.ok(existsSync(file));
});

test('ports can be chosen; one that is taken is an error that says so', async () => {
  await using place = await Place.make();
  const taken = createServer().listen(0, '127.0.0.1');
  await until('it listens', () => taken.listening);
  const address = taken.address();
  assert.ok(typeof address === 'object' && address !== null);
  const { code, stderr } = await place.run(['kernel', '--shell', String(address.port)]);
  taken.close();
  assert.equal(code, 1);
  assert.match(stderr, new RegExp(`${address.port}.*another process listens`));
  assert.deepEqual(existsSync(place.path('runtime')), false);
});

test('ipc sockets stand beside the connection file', async () => {
  await using place = await Place.make();
  const kernel = place.start(['kernel', '--transport', 'ipc']);
  const file = await connectionFile(kernel);
  await using client = await attachKernel(file);
  assert.equal(client.info.transport, 'ipc');
  assert.equal(client.info.ip, file.replace(/\.json$/, '-ipc'));
  await client.shutdown();
  assert.equal((await kernel.ended).code, 0);
});

test('a kernel ends by itself when its parent is gone', async () => {
  await using place = await Place.make();
  const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
  assert.ok(parent.pid !== undefined);
  const kernel = place.start(['kernel', '--parent-pid', String(parent.pid)]);
  const file = await connectionFile(kernel);
  parent.kill('SIGKILL');
  assert.equal((await kernel.ended).code, 0);
  assert.ok(!existsSync(file));
  await until('it is gone', () => !isRunning(kernel.child.pid ?? 0));
});

test('wrong options and broken files are refused', async () => {
  await using place = await Place.make();
  await place.write('broken.json', '{"key": "very secret"');
  const uses: [string[], number, RegExp][] = [
    [['--shell', '70000'], 2, /0 to 65535/],
    [['--transport', 'udp'], 2, /tcp or ipc/],
    [['--language', 'ruby'], 2, /typescript or javascript/],
    [['-f', 'broken.json'], 1, /broken\.json is not JSON/],
  ];
  for (const [args, expected, reason] of uses) {
    const { code, stderr } = await place.run(['kernel', ...args]);
    assert.equal(code, expected, stderr);
    assert.match(stderr, reason);
    assert.doesNotMatch(stderr, /very secret/);
  }
});
