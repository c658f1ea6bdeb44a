/** "parent process gone: the kernel ends by itself; no orphan processes" */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { BareKernel } from '../real-kernel/bare-kernel.ts';
import { resultOf } from '../real-kernel/outputs.ts';
import { descendantsOf, isRunning, untilGone } from '../real-kernel/processes.ts';

/** Cells in the middle of which the others go away: each starts a process of its own, says so and goes on. */
const BUSY = {
  'nothing runs': '',
  'a cell awaits': 'await new Promise(() => {})',
  'a cell is in a loop': 'for (;;);',
  'a cell prints without end': 'for (;;) console.log("x".repeat(1000))',
  'a cell holds the thread': 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)',
};
const CHILD = "const { pid } = require('node:child_process').spawn('sleep', ['1000'], { stdio: 'ignore' });";

/** Starts a cell that has a child process; returns the ids of that process and of the worker. */
async function startCell(kernel: BareKernel, code: string): Promise<number[]> {
  const client = await kernel.connect();
  const id = await client.send('shell', 'execute_request', {
    code: `${CHILD} display([globalThis.process.pid, pid]); ${code}`,
  });
  for (;;) {
    const { parentHeader, header, content } = await client.next();
    if (parentHeader.msg_id !== id || header.msg_type !== 'display_data') continue;
    const pids = JSON.stringify(content.data).match(/\d+/g)?.map(Number) ?? [];
    assert.equal(pids.length, 2);
    assert.ok(pids.every(isRunning));
    return pids;
  }
}

for (const what of ['nothing runs', 'a cell is in a loop'] as const) {
  test(`the parent is killed while ${what}: the kernel, its worker and their children end by themselves`, async () => {
    const parent: ChildProcess = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
    await once(parent, 'spawn');
    await using kernel = await BareKernel.start({ args: ['--parent-pid', String(parent.pid)] });
    const pids = await startCell(kernel, BUSY[what]);
    parent.kill('SIGKILL');
    await untilGone(kernel.pid, ...pids);
    assert.deepEqual(await kernel.ended, { code: 0, signal: null }, kernel.log);
  });
}

for (const [what, code] of Object.entries(BUSY)) {
  test(`the server is killed while ${what}: the worker and its children end by themselves`, async () => {
    await using kernel = await BareKernel.start();
    const pids = await startCell(kernel, code);
    kernel.child.kill('SIGKILL');
    await untilGone(kernel.pid, ...pids);
  });
}

for (const what of ['a cell awaits', 'a cell holds the thread', 'a cell prints without end'] as const) {
  test(`the kernel is asked to end while ${what}: nothing is left`, async () => {
    await using kernel = await BareKernel.start();
    const pids = await startCell(kernel, BUSY[what]);
    await kernel.stop(...pids);
  });
}

test('a launcher that is killed leaves no kernel behind', async () => {
  // The middle process is a program that launches a kernel as any frontend does, and then waits.
  const program = `
    const { launchKernel } = await import(${JSON.stringify(import.meta.resolve('../../protocol/src/client/index.ts'))});
    const { kernelSpec } = await import(${JSON.stringify(import.meta.resolve('../real-kernel/real-kernel.ts'))});
    const kernel = await launchKernel({ spec: kernelSpec(['--history', 'none']) });
    kernel.client.execute('for (;;);');
    console.log('started');
    setInterval(() => {}, 1e6);`;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const signal = AbortSignal.timeout(30_000);
  await once(launcher.stdout, 'data', { signal });
  assert.ok(launcher.pid !== undefined);
  const family = descendantsOf(launcher.pid);
  assert.ok(family.length >= 2, `server and worker: ${family}`);
  launcher.kill('SIGKILL');
  await untilGone(launcher.pid, ...family);
});

test('SIGTERM ends the kernel and all that it has started', async () => {
  await using kernel = await BareKernel.start();
  const pids = await startCell(kernel, BUSY['a cell is in a loop']);
  kernel.child.kill('SIGTERM');
  await untilGone(kernel.pid, ...pids);
});

test('a detached child of a cell, which asked to outlive the kernel, does', async () => {
  await using kernel = await BareKernel.start();
  const client = await kernel.connect();
  const code =
    "const own = require('node:child_process').spawn('sleep', ['1000'], { stdio: 'ignore', detached: true }); own.unref(); own.pid";
  const pid = Number(resultOf((await client.execute(code)).published));
  try {
    await kernel.stop();
    assert.ok(isRunning(pid));
  } finally {
    process.kill(pid, 'SIGKILL');
  }
});
