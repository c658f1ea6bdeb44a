import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { killTree, processTree, treeMemory } from './process-tree.ts';

/** A process that starts another one, which says its process id. */
async function family(): Promise<{ parent: number; child: number }> {
  const script = `const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000); console.log(process.pid)'], { stdio: 'inherit' });`;
  const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  const [line] = await once(parent.stdout, 'data');
  return { parent: Number(parent.pid), child: Number(line) };
}

test('the tree holds descendants, its memory is theirs, and all of it ends', { timeout: 10_000 }, async () => {
  const { parent, child } = await family();
  assert.deepEqual(processTree(parent), [parent, child]);
  const both = treeMemory(parent);
  const one = treeMemory(child);
  assert.ok(both.rss > one.rss && both.pss > one.pss && one.pss > 0);
  killTree(parent);
  // What has ended has no memory, though it may be listed until somebody asks how it ended.
  while (treeMemory(parent).rss + treeMemory(child).rss > 0) await sleep(10);
});
