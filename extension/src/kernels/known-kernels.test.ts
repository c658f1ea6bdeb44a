import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { KernelMessage } from '@jupyterlab/services';
import { keeperFiles } from '../keeper/address.ts';
import type { KernelEnd } from './kernel.ts';
import { nextMessage, once, run, shown, source, untilSources } from './testing/cells.ts';
import { fromSources, TestMachine } from './testing/test-window.ts';

test('one of our own kernels starts, runs cells, is interrupted and restarted', async () => {
  await using machine = new TestMachine();
  const kernels = machine.window();
  const kernel = await source(kernels, 'own:typescript').open(machine.options());
  assert.equal(kernel.language, 'typescript');
  assert.deepEqual(kernels.open, [kernel]);
  assert.deepEqual(await run(kernel, 'const a = 20; console.log("one"); a + 1'), ['stream: one\n', 'result: 21']);

  const begun = nextMessage(kernel, 'stream');
  const endless = run(kernel, 'console.log("begun"); while (true) {}');
  await begun;
  await kernel.interrupt();
  assert.deepEqual(await endless, ['stream: begun\n', 'error: InterruptError']);
  assert.deepEqual(await run(kernel, 'a'), ['result: 20']);

  const restarted = once(kernel.onDidRestart);
  await kernel.restart();
  await restarted;
  assert.deepEqual(await run(kernel, 'typeof a'), ["result: 'undefined'"]);
  await kernel.shutdown();
  assert.deepEqual(kernels.open, []);
});

test('a keeper is there before a kernel is wanted, but not where nothing is trusted', async () => {
  await using machine = new TestMachine();
  await machine.window({ trusted: () => false }).prepare();
  assert.deepEqual(await keeperFiles(), []);
  const broken = fromSources({ keeper: join(machine.folder, 'missing.ts') });
  await machine.window({ programs: broken }).prepare();
  assert.deepEqual(await keeperFiles(), []);
  const kernels = machine.window();
  await kernels.prepare();
  const [file] = await keeperFiles();
  assert.ok(file);
  await kernels.prepare();
  await source(kernels, 'own:javascript').open(machine.options());
  assert.deepEqual(await keeperFiles(), [file]);
});

test('a kernel that is killed says how it ended, and can be restarted', async () => {
  await using machine = new TestMachine();
  const kernel = await source(machine.window(), 'own:javascript').open(machine.options());
  assert.ok(kernel.place.kind === 'local' && kernel.place.pid !== undefined);
  const ended = once<KernelEnd>(kernel.onDidEnd);
  process.kill(kernel.place.pid, 'SIGKILL');
  assert.equal((await ended).reason, 'by SIGKILL');
  await kernel.restart();
  assert.deepEqual(await run(kernel, '1 + 1'), ['result: 2']);
});

test('a kernel outlives its window, and the next one sees and answers what the cell does', async () => {
  await using machine = new TestMachine();
  const first = machine.window();
  const before = await source(first, 'own:typescript').open(machine.options());
  const file = join(machine.folder, 'go');
  const code = `
    import { existsSync } from 'node:fs';
    console.log('early');
    while (!existsSync(${JSON.stringify(file)})) await new Promise((resolve) => setTimeout(resolve, 20));
    console.log('late');
    prompt('Who?')`;
  const future = before.connection.requestExecute({ code, allow_stdin: true });
  await new Promise<void>((resolve) => {
    future.onIOPub = (message) => {
      if (message.header.msg_type === 'stream') resolve();
    };
  });
  future.dispose();
  first.dispose();

  const kernel = await machine.window().reattach(before.id);
  assert.ok(kernel);
  const live: string[] = [];
  const idle = new Promise<void>((resolve) => {
    kernel.connection.iopubMessage.connect((_, message) => {
      live.push(...shown(message));
      if (message.parent_header.msg_type === 'execute_request' && 'execution_state' in message.content) resolve();
    });
  });
  kernel.connection.anyMessage.connect((_, { msg }) => {
    if (msg.header.msg_type !== 'input_request') return;
    const parent = msg.header as KernelMessage.IHeader<'input_request'>;
    kernel.connection.sendInputReply({ status: 'ok', value: 'Ada' }, parent);
  });
  const missed = await kernel.missed([]);
  assert.deepEqual(missed.flatMap(shown), ['stream: early\n']);
  assert.deepEqual(new Set(missed.map(requestOf)), new Set([future.msg.header.msg_id]));
  writeFileSync(file, '');
  await idle;
  assert.deepEqual(live, ['stream: late\n', "result: 'Ada'"]);
  assert.deepEqual(await run(kernel, '8'), ['result: 8']);
  // The keeper may hear of the end a little later than the window: then it forgets what the window has seen.
  while ((await kernel.missed([])).length > 0);
});

function requestOf({ parent_header }: KernelMessage.IIOPubMessage): string | undefined {
  return 'msg_id' in parent_header ? parent_header.msg_id : undefined;
}

test('when the process of the code ends, its cell says so, and the kernel goes on with another', async () => {
  await using machine = new TestMachine();
  const kernel = await source(machine.window(), 'own:typescript').open(machine.options());
  const seen: string[] = [];
  kernel.connection.anyMessage.connect((_, { msg, direction }) => {
    if (direction === 'recv' && msg.channel === 'iopub') seen.push(...shown(msg as KernelMessage.IIOPubMessage));
  });
  const restarted = once(kernel.onDidRestart);
  const future = kernel.connection.requestExecute({ code: 'console.log("bye"); process.exit(3)' });
  const got: string[] = [];
  future.onIOPub = (message) => void got.push(...shown(message));
  await future.done.catch(() => undefined);
  await restarted;
  assert.deepEqual(seen, ['stream: bye\n', 'error: WorkerDied']);
  assert.deepEqual(got, seen);
  assert.deepEqual(await run(kernel, '1 + 1'), ['result: 2']);
});

test('kernels that went on when VS Code was closed are told, and can be shut down', async (context) => {
  await using machine = new TestMachine();
  const first = machine.window();
  const kernel = await source(first, 'own:javascript').open(machine.options());
  first.dispose();
  const second = machine.window();
  assert.deepEqual(await second.leftBehind(), [], 'the window of a reload is back sooner');

  const now = Date.now();
  context.mock.method(Date, 'now', () => now + 120_000);
  const [left, ...others] = await second.leftBehind();
  assert.equal(left?.displayName, 'JavaScript (Elara)');
  assert.deepEqual(others, []);
  await left.shutdown();
  assert.equal(await second.reattach(kernel.id), undefined);
});

test('a kernel that died while no window was there says so to the one that looks for it', async () => {
  await using machine = new TestMachine();
  const first = machine.window();
  const kernel = await source(first, 'own:javascript').open(machine.options());
  assert.ok(kernel.place.kind === 'local' && kernel.place.pid !== undefined);
  first.dispose();
  process.kill(kernel.place.pid, 'SIGKILL');
  const second = machine.window();
  await second.refresh();
  await untilSources(second, (ids) => !ids.includes(kernel.id));
  await assert.rejects(second.reattach(kernel.id), { message: /ended by SIGKILL while no window was there/ });
  assert.equal(await second.reattach(kernel.id), undefined);
});
