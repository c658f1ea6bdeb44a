import assert from 'node:assert/strict';
import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KernelEnd } from '../kernels/kernel.ts';
import { nextMessage, once, run, source } from '../kernels/testing/cells.ts';
import { fromSources, TestMachine } from '../kernels/testing/test-window.ts';
import { keeperFiles, newKeeperFile, readKeeperFile, writeKeeperFile } from './address.ts';
import { Keeper } from './keeper.ts';
import type { KeepPolicy } from './messages.ts';

const FOREVER: KeepPolicy = { idleMs: 0, unattendedIdleMs: 0, unattendedMs: 0, restart: false };

async function theKeeper(): Promise<Keeper> {
  const [file] = await keeperFiles();
  assert.ok(file);
  return Keeper.connect(await readKeeperFile(file));
}

/** The process of the keeper, which is the parent of its kernels. */
function kill(pid: number): void {
  process.kill(pid, 'SIGKILL');
}

test('two windows have one keeper, and it ends after the last of them', async () => {
  await using machine = new TestMachine();
  const one = machine.window();
  const other = machine.window();
  const kernel = await source(one, 'own:javascript').open(machine.options());
  const same = await other.reattach(kernel.id);
  assert.ok(same);
  assert.equal((await keeperFiles()).length, 1);
  await run(kernel, 'x = 1');
  assert.deepEqual(await run(same, 'x'), ['result: 1']);

  const restarted = once(same.onDidRestart);
  await kernel.restart();
  await restarted;
  assert.deepEqual(await run(same, 'typeof x'), ["result: 'undefined'"]);

  const ended = once<KernelEnd>(same.onDidEnd);
  await kernel.shutdown();
  assert.equal((await ended).reason, 'because it was shut down');
  one.dispose();
  other.dispose();
  while ((await keeperFiles()).length > 0) await sleep(20);
});

test('a kernel is shared as long as another notebook or window is connected to it', async () => {
  await using machine = new TestMachine();
  const one = machine.window();
  const other = machine.window();
  const kernel = await source(one, 'own:javascript').open(machine.options());
  assert.equal(await kernel.isShared(), false);
  const ofNotebook = await one.reattach(kernel.id);
  assert.equal(await kernel.isShared(), true);
  ofNotebook?.dispose();
  assert.equal(await kernel.isShared(), false);
  await other.reattach(kernel.id);
  assert.equal(await kernel.isShared(), true);
  other.dispose();
  while (await kernel.isShared()) await sleep(20);
});

test('keepers that are gone are forgotten', async () => {
  await using machine = new TestMachine();
  const stale = newKeeperFile();
  await writeKeeperFile(stale, { socket: `${stale}.sock`, token: 't', version: '0', startedAt: '2020', pid: 1 });
  writeFileSync(newKeeperFile(), 'nonsense', { mode: 0o600 });
  const kernel = await source(machine.window(), 'own:javascript').open(machine.options());
  assert.deepEqual(await run(kernel, '1'), ['result: 1']);
  assert.equal((await keeperFiles()).length, 1);
});

test('keepers of another machine that has the same home are left alone', async () => {
  await using machine = new TestMachine();
  const elsewhere = newKeeperFile('login-2');
  const socket = `${elsewhere}.sock`;
  await writeKeeperFile(elsewhere, { socket, token: 't', version: '0', startedAt: '2020', pid: 1 });
  writeFileSync(socket, '');
  const kernel = await source(machine.window(), 'own:javascript').open(machine.options());
  assert.deepEqual(await run(kernel, '1'), ['result: 1']);
  assert.deepEqual(await keeperFiles('login-2'), [elsewhere]);
  assert.deepEqual(await keeperFiles('login'), []);
  assert.ok(existsSync(socket));
  assert.equal((await keeperFiles()).length, 1);
});

test('a keeper lets nobody in without its token', async () => {
  await using machine = new TestMachine();
  await source(machine.window(), 'own:javascript').open(machine.options());
  const [file = ''] = await keeperFiles();
  await assert.rejects(Keeper.connect({ ...(await readKeeperFile(file)), token: 'guessed' }));
});

test('a keeper that cannot start says why', async () => {
  await using machine = new TestMachine();
  const open = (keeper: string) =>
    source(machine.window({ programs: fromSources({ keeper }) }), 'own:javascript').open(machine.options());
  await assert.rejects(open('/nowhere/keeper.cjs'), {
    code: 'ERR_KEEPER_START',
    message: /did not start: it ended with exit code 1\.[\s\S]*Cannot find module '\/nowhere\/keeper.cjs'/,
  });
});

test('a kernel whose Node is gone is restarted on the one that is there', async () => {
  await using machine = new TestMachine();
  const old = join(machine.folder, 'node');
  symlinkSync(process.execPath, old);
  const before = machine.window({ settings: { 'elara.node': old } });
  const { id } = await source(before, 'own:javascript').open(machine.options());
  rmSync(old);
  const kernel = await machine.window().reattach(id);
  assert.ok(kernel);
  await kernel.restart();
  assert.deepEqual(await run(kernel, '6 * 7'), ['result: 42']);
});

test('kernels go on when their keeper is killed, and are found by their connection files', async () => {
  await using machine = new TestMachine();
  const kernels = machine.window();
  const kernel = await source(kernels, 'own:typescript').open(machine.options());
  await run(kernel, 'const kept = 1');
  const [file = ''] = await keeperFiles();
  kill((await readKeeperFile(file)).pid);
  assert.deepEqual(await run(kernel, 'kept'), ['result: 1']);
  const begun = nextMessage(kernel, 'stream');
  const endless = run(kernel, 'console.log("begun"); while (true) {}');
  await begun;
  await kernel.interrupt();
  assert.deepEqual(await endless, ['stream: begun\n', 'error: InterruptError']);
  await assert.rejects(kernel.restart(), { code: 'ERR_NOT_OURS' });

  assert.ok(kernel.place.kind === 'local');
  const next = machine.window();
  assert.equal(await next.reattach(kernel.id), undefined);
  const found = await (await next.addFile(kernel.place.connectionFile)).open(machine.options());
  assert.deepEqual(await run(found, 'kept + 1'), ['result: 2']);
  await found.shutdown();
});

test('what is asked of a keeper that has ended this instant is done without it', async () => {
  await using machine = new TestMachine();
  const kernel = await source(machine.window(), 'own:typescript').open(machine.options());
  const begun = nextMessage(kernel, 'stream');
  const endless = run(kernel, 'console.log("begun"); while (true) {}');
  await begun;
  const [file = ''] = await keeperFiles();
  kill((await readKeeperFile(file)).pid);
  // It ends, and this process is told so when it has asked.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  await kernel.interrupt();
  assert.deepEqual(await endless, ['stream: begun\n', 'error: InterruptError']);
  await kernel.shutdown();
});

test('old copies of the programs go when a keeper starts, unless a kernel has outlived the one before', async () => {
  await using machine = new TestMachine();
  const removed = Promise.withResolvers<void>();
  const first = machine.window({ programs: { ...fromSources(), removeOthers: async () => removed.resolve() } });
  const outlives = await source(first, 'own:javascript').open(machine.options());
  await removed.promise;

  const [file = ''] = await keeperFiles();
  kill((await readKeeperFile(file)).pid);
  let removals = 0;
  const next = machine.window({ programs: { ...fromSources(), removeOthers: async () => void removals++ } });
  await source(next, 'own:javascript').open(machine.options());
  assert.equal(removals, 0);
  await outlives.shutdown();
});

test('a kernel that is idle is shut down, one that runs a cell is not', async () => {
  await using machine = new TestMachine();
  const kernel = await source(machine.window(), 'own:javascript').open(machine.options());
  const id = kernel.id.replace('keeper:', '');
  using keeper = await theKeeper();
  const ended = once<KernelEnd>(kernel.onDidEnd);
  const begun = nextMessage(kernel, 'stream');
  const cell = run(kernel, 'console.log("begun"); await new Promise((go) => setTimeout(go, 900)); "done"');
  await begun;
  await keeper.setPolicy(id, { ...FOREVER, idleMs: 300 });
  assert.deepEqual(await cell, ['stream: begun\n', "result: 'done'"]);
  assert.match((await ended).reason, /^because it had run nothing for/);
});

test('a kernel that no window looks at is shut down where that is wanted, whatever it runs', async () => {
  await using machine = new TestMachine();
  const kernels = machine.window();
  const kernel = await source(kernels, 'own:javascript').open(machine.options());
  using keeper = await theKeeper();
  await keeper.setPolicy(kernel.id.replace('keeper:', ''), { ...FOREVER, unattendedMs: 200 });
  void kernel.connection.requestExecute({ code: 'await new Promise(() => {})' }).done.catch(() => undefined);
  const gone = once<{ reason: string }>(keeper.onGone);
  kernels.dispose();
  assert.equal((await gone).reason, 'because VS Code was closed');
});

test('a kernel that dies is started anew where that is wanted', async () => {
  await using machine = new TestMachine();
  const kernels = machine.window({ settings: { 'elara.restartOnDeath': true } });
  const kernel = await source(kernels, 'own:javascript').open(machine.options());
  assert.ok(kernel.place.kind === 'local' && kernel.place.pid !== undefined);
  await run(kernel, 'x = 1');
  const ended = once<KernelEnd>(kernel.onDidEnd);
  const restarted = once(kernel.onDidRestart);
  kill(kernel.place.pid);
  assert.equal((await ended).reason, 'by SIGKILL');
  await restarted;
  assert.deepEqual(await run(kernel, 'typeof x'), ["result: 'undefined'"]);
});
