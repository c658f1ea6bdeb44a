import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { memoryInList, memoryOfTree } from './memory.ts';

test('the memory of a process is that of its children too', async () => {
  const alone = await memoryOfTree(process.pid);
  if (process.platform === 'win32') {
    assert.equal(alone, undefined);
    return;
  }
  assert.ok(alone !== undefined && alone > 10e6);
  const child = spawn(process.execPath, [
    '-e',
    'const kept = Buffer.alloc(50e6, 1); console.log(1); process.stdin.resume()',
  ]);
  await once(child.stdout, 'data');
  const both = await memoryOfTree(process.pid);
  child.kill();
  await once(child, 'close');
  assert.ok(both !== undefined && both > alone + 50e6, `${alone} ${both}`);
});

test('what processes share, such as the code of Node, is counted once where the system tells it', async () => {
  if (process.platform === 'win32') {
    assert.equal(await memoryOfTree(process.pid), undefined);
    return;
  }
  const child = spawn(process.execPath, ['-e', 'console.log(1); process.stdin.resume()']);
  await once(child.stdout, 'data');
  const both = await memoryOfTree(process.pid);
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', `${process.pid},${child.pid}`], { encoding: 'utf8' });
  const resident = stdout
    .trim()
    .split(/\s+/)
    .reduce((sum, kilobytes) => sum + Number(kilobytes) * 1024, 0);
  child.kill();
  await once(child, 'close');
  if (process.platform === 'linux') assert.ok(Number(both) < resident - 20e6, `${both} ${resident}`);
  else assert.ok(both === undefined || both <= resident * 1.5, `${both} ${resident}`);
});

test('of a process that has ended nothing is known', async () => {
  const child = spawn(process.execPath, ['--version']);
  await once(child, 'close');
  assert.equal(await memoryOfTree(child.pid ?? 0), undefined);
});

test('a list of processes is summed up from a root, in whatever order it is', () => {
  const list = '  30  20  300\n  10   1  100\n  20  10  200\n  40   1  400\n';
  assert.equal(memoryInList(list, 10), 600 * 1024);
  assert.equal(memoryInList(list, 99), undefined);
});
