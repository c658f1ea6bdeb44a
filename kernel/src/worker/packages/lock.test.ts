import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { withLock } from './lock.ts';

const folder = await mkdtemp(join(tmpdir(), 'elara-lock-'));
after(() => rm(folder, { recursive: true }));
const never = new AbortController().signal;
const DEAD = spawnSync(process.execPath, ['-e', '']).pid;

/** A lock that somebody else has taken, and left. */
async function taken(name: string, owner: object | string): Promise<string> {
  const lock = join(folder, name);
  await mkdir(lock);
  await writeFile(join(lock, 'owner.json'), typeof owner === 'string' ? owner : JSON.stringify(owner));
  return lock;
}

test('one at a time has it', async () => {
  const lock = join(folder, 'deep/inside/one');
  let inside = 0;
  const enter = () =>
    withLock(lock, never, async () => {
      inside += 1;
      assert.equal(inside, 1);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      return 'done';
    });
  assert.deepEqual(await Promise.all([enter(), enter(), enter(), enter()]), Array(4).fill('done'));
  assert.deepEqual(await readdir(join(folder, 'deep/inside')), []);
});

test('it is given back when the action fails', async () => {
  const lock = join(folder, 'failing');
  await assert.rejects(
    withLock(lock, never, () => Promise.reject(new Error('no'))),
    /^Error: no$/,
  );
  assert.ok(!existsSync(lock));
});

test('it is taken over from a process that has ended', async () => {
  const lock = await taken('dead', { host: hostname(), pid: DEAD, token: 'x' });
  assert.equal(await withLock(lock, never, async () => 1), 1);
});

test('it is taken over from one that says nothing any more, wherever that is', async () => {
  const lock = await taken('silent', { host: 'elsewhere', pid: 1, token: 'x' });
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(lock, longAgo, longAgo);
  assert.equal(await withLock(lock, never, async () => 1), 1);
  const half = await taken('half', '{"host"');
  await utimes(half, longAgo, longAgo);
  assert.equal(await withLock(half, never, async () => 1), 1);
});

test('who waits can stop', async () => {
  const lock = await taken('held', { host: 'elsewhere', pid: 1, token: 'x' });
  const reason = new Error('interrupted');
  const controller = new AbortController();
  const waiting = withLock(lock, controller.signal, async () => assert.fail('it is held'));
  controller.abort(reason);
  await assert.rejects(waiting, reason);
  assert.ok(existsSync(lock));
});

test('who has lost it leaves it to whoever has it now', async () => {
  const lock = join(folder, 'lost');
  await withLock(lock, never, async () => {
    await writeFile(join(lock, 'owner.json'), JSON.stringify({ host: 'elsewhere', pid: 1, token: 'theirs' }));
  });
  assert.ok(existsSync(lock));
});
