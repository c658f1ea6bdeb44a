import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { launchKernel } from '@elara/protocol/client/index';
import { run, shown, source, untilSources } from './testing/cells.ts';
import { TestMachine } from './testing/test-window.ts';

/** A kernel that somebody else has started, as in a terminal. */
async function elsewhere(machine: TestMachine) {
  machine.install('terminal');
  return launchKernel({ name: 'terminal' });
}

test('a kernel that was started elsewhere is found, joined and left; it is not ours to restart', async () => {
  await using machine = new TestMachine();
  await using other = await elsewhere(machine);
  const kernels = machine.window();
  const alive = setInterval(() => undefined, 1000);
  await kernels.refresh();
  await untilSources(kernels, (ids) => ids.includes(`file:${other.connectionFile}`));
  clearInterval(alive);
  const kernel = await source(kernels, `file:${other.connectionFile}`).open(machine.options());
  assert.equal(kernel.displayName, 'terminal');
  assert.deepEqual(kernel.place, { kind: 'local', connectionFile: other.connectionFile, pid: other.process.pid });
  assert.equal(kernel.ours, false);

  const seen = Promise.withResolvers<string[]>();
  kernel.connection.iopubMessage.connect((_, message) => {
    if (message.header.msg_type === 'execute_result') seen.resolve(shown(message));
  });
  await other.client.execute('const shared = 3; shared').done;
  assert.deepEqual(await seen.promise, ['result: 3']);
  assert.deepEqual(await run(kernel, 'shared + 1'), ['result: 4']);
  await assert.rejects(kernel.restart(), { code: 'ERR_NOT_OURS' });

  kernel.dispose();
  assert.equal((await other.client.execute('shared').reply).status, 'ok');
  const again = await kernels.reattach(kernel.id);
  assert.ok(again);
  assert.deepEqual(await run(again, 'shared'), ['result: 3']);
});

test('a connection file is tried before it is accepted', async () => {
  await using machine = new TestMachine();
  const kernels = machine.window();
  const file = join(machine.folder, 'some.json');
  await assert.rejects(kernels.addFile(file), { code: 'ERR_FILE_MISSING' });
  writeFileSync(file, '{ "shell_port": 1', { mode: 0o600 });
  await assert.rejects(kernels.addFile(file), { code: 'ERR_FILE_INVALID', message: /some\.json is not JSON/ });
  assert.deepEqual(kernels.recentFiles, []);

  const other = await elsewhere(machine);
  const text = readFileSync(other.connectionFile, 'utf8');
  writeFileSync(file, text);
  assert.equal((await kernels.addFile(file)).id, `file:${file}`);
  assert.deepEqual(kernels.recentFiles, [file]);
  // Also one that was written just now can be chosen for a notebook.
  assert.ok(kernels.sources.some(({ id }) => id === `file:${file}`));

  writeFileSync(file, JSON.stringify({ ...JSON.parse(text), key: 'another' }));
  await assert.rejects(kernels.addFile(file), { code: 'ERR_NO_KERNEL', message: /the key in the file is not its key/ });

  await other.shutdown();
  // A younger one may be that of a kernel that is starting, and is waited for.
  utimesSync(file, 0, 0);
  await assert.rejects(kernels.addFile(file), {
    code: 'ERR_KERNEL_NOT_RUNNING',
    message: /some\.json is that of a kernel that has ended/,
  });
});

test('the connection file of a kernel that a keeper keeps leads to that kernel', async () => {
  await using machine = new TestMachine();
  const kernel = await source(machine.window(), 'own:typescript').open(machine.options());
  assert.ok(kernel.place.kind === 'local');
  const kernels = machine.window();
  const { id } = await kernels.addFile(kernel.place.connectionFile);
  assert.equal(id, kernel.id);
  assert.ok(kernels.sources.some((one) => one.id === id));
});

test('a connection file of a workspace that is not trusted is not followed', async () => {
  await using machine = new TestMachine();
  const folder = join(machine.folder, 'work');
  mkdirSync(folder, { recursive: true });
  const kernels = machine.window({ trusted: () => false, workspaceFolders: () => [folder] });
  await assert.rejects(kernels.addFile(join(folder, 'kernel-1.json')), { code: 'ERR_UNTRUSTED' });
});
