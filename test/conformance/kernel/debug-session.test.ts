/** "Heartbeat, interrupt, shutdown and output while paused; pause in a busy loop; detach resumes; no leak; restart ends the session." */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { endpoint } from '@elara/protocol/connection';
import { Request } from 'zeromq';
import { DebugClient } from '../../real-kernel/debug-client.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await DebugClient.connect(kernel);

interface Info {
  readonly isStarted: boolean;
  readonly stoppedThreads: readonly number[];
  readonly breakpoints: readonly { readonly source: string; readonly breakpoints: readonly { line: number }[] }[];
  readonly hashMethod: string;
  readonly tmpFilePrefix: string;
  readonly tmpFileSuffix: string;
}

async function beats(): Promise<void> {
  const { info } = kernel.running.client;
  const heart = new Request({ linger: 0, receiveTimeout: 5000 });
  try {
    heart.connect(endpoint(info, 'hb'));
    await heart.send('beat');
    assert.equal(String((await heart.receive())[0]), 'beat');
  } finally {
    heart.close();
  }
}

test('before a debugger is attached', async () => {
  const info = await client.ask<Info>('debugInfo');
  assert.equal(info.isStarted, false);
  assert.equal(info.hashMethod, 'Murmur2');
  assert.match(await client.refusal('pause', { threadId: 1 }), /no debugger is attached/);
  assert.match(await client.refusal('fly'), /does not know/);
  const { sourcePath } = await client.ask<{ sourcePath: string }>('dumpCell', { code: 'x = 1' });
  assert.ok(sourcePath.startsWith(info.tmpFilePrefix) && sourcePath.endsWith(info.tmpFileSuffix));
});

test('the heart beats, output flows and debugInfo tells while the code stands still', async () => {
  await client.attach();
  const code = 'console.log("before");\nconst x = 1;\nx';
  await client.breakpoints(code, 2);
  const { shown } = client.run(code);
  await client.stopped();
  await beats();
  const info = await client.ask<Info>('debugInfo');
  assert.deepEqual([info.isStarted, info.stoppedThreads], [true, [1]]);
  assert.deepEqual(
    info.breakpoints.map(({ breakpoints }) => breakpoints.map(({ line }) => line)),
    [[2]],
  );
  assert.equal(await client.evaluate('console.log("in between")'), 'undefined');
  await client.continue();
  await client.event('continued');
  assert.equal(await shown, 'before\nin between\n1');
  await client.breakpoints(code);
});

test('an interrupt ends what stands still; the namespace survives', async () => {
  const { shown } = client.run('let kept = 5;\ndebugger;\nkept = 6;');
  await client.stopped();
  await client.requests.send('control', 'interrupt_request');
  assert.equal((await client.requests.receive('control')).header.msg_type, 'interrupt_reply');
  assert.match(await shown, /^InterruptError/);
  assert.equal(await client.show('kept'), '5');
});

test('pause stops a busy loop, and an interrupt ends it', async () => {
  const { shown } = client.run('let n = 0;\nconsole.log("runs");\nfor (;;) n++;');
  await client.ask('pause', { threadId: 1 });
  assert.equal((await client.stopped()).reason, 'pause');
  assert.match(await client.stack(), /^In\[\d+\]:[1-3]$/);
  await client.continue();
  await client.requests.send('control', 'interrupt_request');
  await client.requests.receive('control');
  assert.match(await shown, /InterruptError/);
});

test('pause while nothing runs stops at the begin of the next cell, from where steps go on', async () => {
  await client.ask('pause', { threadId: 1 });
  const { shown } = client.run('const first = 1;\nfirst + 1');
  assert.equal((await client.stopped()).reason, 'pause');
  assert.match(await client.stack(), /:1$/);
  await client.ask('next', { threadId: 1 });
  await client.stopped();
  assert.match(await client.stack(), /:2$/);
  await client.continue();
  assert.equal(await shown, '2');
});

test('pause stops a cell that mostly waits', async () => {
  const { shown } = client.run('for (let i = 0; i < 1e6; i++) await new Promise((done) => setTimeout(done, 1));');
  await client.ask('pause', { threadId: 1 });
  await client.stopped();
  assert.match(await client.stack(), /In\[\d+\]:1/);
  await client.requests.send('control', 'interrupt_request');
  await client.requests.receive('control');
  assert.match(await shown, /InterruptError/);
});

test('a debugger is attached to a busy loop', async () => {
  await client.ask('disconnect');
  const { shown } = client.run('let turns = 0;\nfor (;;) turns++;');
  await client.attach();
  await client.ask('pause', { threadId: 1 });
  await client.stopped();
  assert.match(await client.stack(), /^In\[\d+\]:[12]$/);
  await client.requests.send('control', 'interrupt_request');
  await client.requests.receive('control');
  assert.match(await shown, /InterruptError/);
});

test('disconnect lets the code go on and forgets the breakpoints', async () => {
  const code = 'const gone = 1;\ngone';
  await client.breakpoints(code, 1);
  const { shown } = client.run(code);
  await client.stopped();
  await client.ask('disconnect');
  assert.equal(await shown, '1');
  assert.equal(await client.show(code), '1');
  assert.deepEqual((await client.ask<Info>('debugInfo')).breakpoints, []);
});

test('attaching and detaching twenty times leaves nothing behind', async () => {
  const heap = async () => Number(await client.show('globalThis.gc?.(); process.memoryUsage().heapUsed'));
  // Each result has a name of its own.
  const keys = async () =>
    await client.show('Object.getOwnPropertyNames(globalThis).filter((name) => !/^_\\d*$/.test(name)).sort().join()');
  await client.attach();
  await client.ask('disconnect');
  const [heapBefore, keysBefore] = [await heap(), await keys()];
  for (let time = 0; time < 20; time++) {
    await client.attach();
    await client.ask('disconnect');
  }
  assert.equal(await keys(), keysBefore);
  assert.ok((await heap()) - heapBefore < 20e6, 'less than a megabyte a time');
  assert.equal(await client.show('1 + 1'), '2');
});

test('a process that ends while a debugger is attached ends at once, says nothing of it, and the session with it', async () => {
  await client.attach();
  const shown = await client.show('process.exit(3)');
  assert.match(shown, /exit code 3/);
  assert.doesNotMatch(shown, /debugger/);
  await client.event('terminated');
  assert.equal((await client.ask<Info>('debugInfo')).isStarted, false);
  assert.equal(await client.show('"new"'), "'new'");
});

test('the kernel shuts down while the code stands still', async () => {
  await using other = await RealKernel.start();
  const debug = await DebugClient.connect(other);
  await debug.attach();
  debug.run('debugger;');
  await debug.stopped();
});
