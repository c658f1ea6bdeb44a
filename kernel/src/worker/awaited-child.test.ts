import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { childrenInList, interruptAwaitedChild } from './awaited-child.ts';

/** As the platform is that the test runs on, and as one without /proc is. */
const PLATFORMS = [process.platform, 'darwin'];

for (const platform of process.platform === 'win32' ? [] : PLATFORMS) {
  test(`the child that was started last is interrupted, and no other (${platform})`, async (t) => {
    become(platform, t);
    const [other, last] = [1, 2].map(() => spawn(process.execPath, ['-e', 'console.log(1); process.stdin.resume()']));
    assert.ok(other !== undefined && last !== undefined);
    await Promise.all([other, last].map((child) => once(child.stdout, 'data')));
    const ended = once(last, 'exit');
    await interruptAwaitedChild();
    assert.deepEqual(await ended, [null, 'SIGINT']);
    assert.deepEqual([other.exitCode, other.signalCode], [null, null]);
    other.kill();
    await once(other, 'exit');
    await interruptAwaitedChild();
  });
}

test('children in a list of processes, whatever its order, without the one that made the list', async () => {
  const childrenOf = childrenInList('  300   30\n  31   30\n   30    1\n  310   31\n  299   30\n', 300);
  assert.deepEqual(await childrenOf(30), [31, 299]);
  assert.deepEqual(await childrenOf(31), [310]);
  assert.deepEqual(await childrenOf(310), []);
});

function become(platform: string, t: TestContext): void {
  const own = Object.getOwnPropertyDescriptor(process, 'platform');
  assert.ok(own !== undefined);
  Object.defineProperty(process, 'platform', { ...own, value: platform });
  t.after(() => Object.defineProperty(process, 'platform', own));
}
