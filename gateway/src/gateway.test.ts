import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { GatewayError, makeGateway, RemoteError } from './index.ts';

test('a channel carries structured clones both ways', async () => {
  await using gateway = makeGateway('popen');
  const channel = gateway.remoteExec('export default (channel) => channel.setCallback((value) => channel.send(value))');
  const values = [
    null,
    1n << 70n,
    Number.NaN,
    '𝒳',
    new Map([[1, new Set(['a'])]]),
    new Date(0),
    new Uint8Array([1, 2]),
  ];
  for (const value of values) channel.send(value);
  for (const value of values) assert.deepEqual(await channel.receive({ timeoutMs: 10_000 }), value);
});

test('10 MB go there and back whole', async () => {
  await using gateway = makeGateway('popen');
  const channel = gateway.remoteExec('export default (channel) => channel.setCallback((value) => channel.send(value))');
  const bytes = new Uint8Array(10_000_000).map((_, index) => index % 251);
  channel.send(bytes);
  assert.deepEqual(await channel.receive({ timeoutMs: 20_000 }), bytes);
});

test('arguments reach the source; its end closes nothing that is still used', async () => {
  await using gateway = makeGateway('popen');
  const channel = gateway.remoteExec(
    'export default (channel, args) => { channel.send(args.x + 1); channel.close(); }',
    { args: { x: 41 } },
  );
  assert.equal(await channel.receive({ timeoutMs: 10_000 }), 42);
  await channel.waitClose();
  await assert.rejects(channel.receive(), { code: 'ERR_CHANNEL_CLOSED' });
});

test('modules can be loaded while the interpreter starts, which its arguments do not tell; one that fails says so later', async () => {
  const module = (source: string): URL => new URL(`data:text/javascript,${encodeURIComponent(source)}`);
  const early = module(
    'globalThis.early = true; export default (channel) => channel.send([globalThis.early, process.argv.length]);',
  );
  const broken = module('throw new Error("broken");');
  await using gateway = makeGateway('popen', { preload: [early, broken] });
  const look = gateway.remoteExec(
    'export default async (channel) => { while (!globalThis.early) await new Promise(setImmediate); channel.send("loaded"); }',
  );
  assert.equal(await look.receive({ timeoutMs: 10_000 }), 'loaded');
  assert.deepEqual(await gateway.remoteExec(early).receive({ timeoutMs: 10_000 }), [true, 2]);
  await assert.rejects(gateway.remoteExec(broken).receive({ timeoutMs: 10_000 }), /broken/);
});

test('an exception over there is a RemoteError with its traceback', async () => {
  await using gateway = makeGateway('popen');
  const channel = gateway.remoteExec('export default function broken() { throw new TypeError("over there"); }');
  await assert.rejects(channel.receive({ timeoutMs: 10_000 }), (error: unknown) => {
    assert.ok(error instanceof RemoteError);
    assert.match(error.message, /TypeError: over there/);
    assert.match(error.remoteStack, /at .*broken/);
    return true;
  });
});

test('the io thread answers while the main thread is busy', async () => {
  await using gateway = makeGateway('popen');
  const busy = gateway.remoteExec('export default (channel) => { channel.send("busy"); for (;;); }');
  assert.equal(await busy.receive({ timeoutMs: 10_000 }), 'busy');
  const io = gateway.remoteExec('export default (channel) => channel.send("free")', { on: 'io' });
  assert.equal(await io.receive({ timeoutMs: 10_000 }), 'free');
});

test('an error on the io thread that nobody catches ends the process, also when its main thread is busy', async () => {
  await using gateway = makeGateway('popen');
  const busy = gateway.remoteExec('export default (channel) => { channel.send("busy"); for (;;); }');
  assert.equal(await busy.receive({ timeoutMs: 10_000 }), 'busy');
  let stderr = '';
  gateway.stderr.on('data', (bytes: Buffer) => {
    stderr += bytes;
  });
  gateway.remoteExec('export default () => setTimeout(() => { throw new Error("lost thread"); })', { on: 'io' });
  assert.equal((await gateway.ended).signal, 'SIGKILL');
  assert.match(stderr, /lost thread/);
});

test('receiveSync blocks the main thread until a value comes, and gives up after its bound', async () => {
  await using gateway = makeGateway('popen');
  const channel = gateway.remoteExec(`export default (channel) => {
    channel.send(channel.receiveSync());
    try { channel.receiveSync({ timeoutMs: 20 }); } catch (error) { channel.send(error.name); }
  }`);
  channel.send('first');
  assert.equal(await channel.receive({ timeoutMs: 10_000 }), 'first');
  assert.equal(await channel.receive({ timeoutMs: 10_000 }), 'RangeError');
});

test('what the code writes to its descriptors never corrupts the wire', async () => {
  await using gateway = makeGateway('popen');
  const channel = gateway.remoteExec(`import { writeSync } from 'node:fs';
    import { execFileSync } from 'node:child_process';
    export default (channel) => {
      writeSync(1, 'one ');
      execFileSync(process.execPath, ['-e', 'console.log("child")'], { stdio: 'inherit' });
      channel.send('done');
    }`);
  const text: string[] = [];
  gateway.stdout.on('data', (chunk: Buffer) => text.push(chunk.toString()));
  assert.equal(await channel.receive({ timeoutMs: 10_000 }), 'done');
  await gateway.terminate({ graceMs: 1000 });
  assert.equal(text.join(''), 'one child\n');
});

test('a killed interpreter ends its channels at once', async () => {
  const gateway = makeGateway('popen');
  const channel = gateway.remoteExec('export default (channel) => { channel.send(1); setInterval(() => {}, 1000); }');
  await channel.receive({ timeoutMs: 10_000 });
  gateway.kill();
  assert.equal((await gateway.ended).signal, 'SIGKILL');
  await assert.rejects(channel.receive(), { code: 'ERR_GATEWAY_ENDED' });
});

test('a blocked interpreter is killed after its grace, its children too', async () => {
  const gateway = makeGateway('popen');
  const channel = gateway.remoteExec(`import { spawn } from 'node:child_process';
    export default (channel) => {
      channel.send(spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).pid);
      for (;;);
    }`);
  const child = (await channel.receive({ timeoutMs: 10_000 })) as number;
  await gateway.terminate({ graceMs: 50 });
  await assert.doesNotReject(async () => {
    for (let attempt = 0; attempt < 200 && isRunning(child); attempt++)
      await new Promise((resolve) => setTimeout(resolve, 20));
    assert.equal(isRunning(child), false);
  });
});

test('chdir is made if it is missing; the environment is passed on', async (t) => {
  const parent = await realpath(await mkdtemp(join(tmpdir(), 'elara-')));
  t.after(() => rm(parent, { recursive: true }));
  const folder = join(parent, 'new');
  await using gateway = makeGateway(`popen//chdir=${folder}//env:GREETING=hello world`);
  const channel = gateway.remoteExec('export default (channel) => channel.send([process.cwd(), process.env.GREETING])');
  assert.deepEqual(await channel.receive({ timeoutMs: 10_000 }), [folder, 'hello world']);
});

test('an interpreter that does not exist is a clear error', async () => {
  const gateway = makeGateway('popen//node=/nowhere/node');
  await assert.rejects(
    gateway.info,
    (error: unknown) => error instanceof GatewayError && error.code === 'ERR_INTERPRETER',
  );
});

test('a spec with a duplicate key, an unknown option or kind is refused', () => {
  for (const spec of [
    'popen//id=a//id=b',
    'popen//colour=red',
    'carrier-pigeon',
    'popen//nice=very',
    'popen//env:A=1//env:A=2',
    'popen//node=',
  ]) {
    assert.throws(() => makeGateway(spec), { code: 'ERR_SPEC' }, spec);
  }
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
