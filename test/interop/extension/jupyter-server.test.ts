import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once as event } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KernelEnd } from '../../../extension/src/kernels/kernel.ts';
import { nextMessage, once, run, source, untilSources } from '../../../extension/src/kernels/testing/cells.ts';
import { TestMachine } from '../../../extension/src/kernels/testing/test-window.ts';
import { pythonCommand } from '../../peers/paths.ts';

const TOKEN = 'a-token-of-the-test';

const folder = mkdtempSync(join(tmpdir(), 'elara-server-'));
let server: ChildProcess;
let url: string;

before(async () => {
  const env = { ...process.env };
  for (const name of ['CONFIG', 'DATA', 'RUNTIME']) env[`JUPYTER_${name}_DIR`] = join(folder, name.toLowerCase());
  const args = [
    '--port=0',
    '--no-browser',
    '--allow-root',
    `--IdentityProvider.token=${TOKEN}`,
    `--ServerApp.root_dir=${folder}`,
  ];
  server = spawn(pythonCommand('jupyter-server'), args, { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const started = Promise.withResolvers<string>();
  let text = '';
  server.stderr?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    const [, found] = /(http:\/\/(?:localhost|127\.0\.0\.1):\d+\/)/.exec(text) ?? [];
    if (found !== undefined) started.resolve(found);
  });
  server.once('exit', () => started.reject(new Error(text)));
  url = await started.promise;
});

after(async () => {
  if (server.exitCode === null) {
    server.kill('SIGKILL');
    await event(server, 'exit');
  }
  rmSync(folder, { recursive: true, force: true });
});

test('a Jupyter server: its kernels are started, run, interrupted, restarted and found again', async () => {
  await using machine = new TestMachine();
  const kernels = machine.window();
  const added = await kernels.addServer(`${url}lab?token=${TOKEN}`);
  assert.deepEqual(kernels.serverUrls, [url]);
  const spec = added.find(({ id }) => id === `server:${url}#spec:python3`);
  assert.ok(spec);
  const kernel = await spec.open(machine.options());
  assert.equal(kernel.language, 'python');
  assert.deepEqual(await run(kernel, 'x = 20; print("one"); x + 1'), ['stream: one\n', 'result: 21']);

  const begun = nextMessage(kernel, 'stream');
  const endless = run(kernel, 'print("begun", flush=True)\nwhile True: pass');
  await begun;
  await kernel.interrupt();
  assert.deepEqual(await endless, ['stream: begun\n', 'error: KeyboardInterrupt']);

  kernel.dispose();
  const again = await kernels.reattach(kernel.id);
  assert.ok(again);
  assert.deepEqual(await run(again, 'x'), ['result: 20']);
  await again.restart();
  assert.deepEqual(await run(again, '"x" in globals()'), ['result: False']);

  const ended = once<KernelEnd>(again.onDidEnd);
  const restarted = once(again.onDidRestart);
  again.connection.requestExecute({ code: 'import os; os.kill(os.getpid(), 9)' }).done.catch(() => undefined);
  assert.match((await ended).reason, /starts it anew/);
  await restarted;
  assert.deepEqual(await run(again, '1 + 1'), ['result: 2']);

  await kernels.refresh();
  assert.equal(source(kernels, kernel.id).kind, 'server');
  await again.shutdown();
  await untilSources(kernels, (ids) => !ids.includes(kernel.id));
  await kernels.forgetServer(url);
  assert.ok(kernels.sources.every(({ kind }) => kind !== 'server'));
});

test('two notebooks are connected to one kernel of a server, and both hear of each other', async () => {
  await using machine = new TestMachine();
  const kernels = machine.window();
  const added = await kernels.addServer(`${url}lab?token=${TOKEN}`);
  const one = await added.find(({ id }) => id === `server:${url}#spec:python3`)?.open(machine.options());
  assert.ok(one);
  assert.equal(await one.isShared(), false);
  const other = await kernels.reattach(one.id);
  assert.ok(other);
  assert.equal(await one.isShared(), true);

  const heard = nextMessage(one, 'stream');
  assert.deepEqual(await run(other, 'x = 20; print(x)'), ['stream: 20\n']);
  await heard;
  assert.deepEqual(await run(one, 'x + 1'), ['result: 21']);
  assert.equal(one.connection.connectionStatus, 'connected');

  other.dispose();
  while (await one.isShared()) await sleep(20);
  await one.shutdown();
  await kernels.forgetServer(url);
});

test('a server that cannot be used says why', async () => {
  await using machine = new TestMachine();
  const kernels = machine.window();
  await assert.rejects(kernels.addServer(url, 'wrong'), { code: 'ERR_SERVER', message: /refuses the token/ });
  await assert.rejects(kernels.addServer('http://localhost:1/'), { code: 'ERR_SERVER', message: /cannot be reached/ });
  assert.deepEqual(kernels.serverUrls, []);
});
