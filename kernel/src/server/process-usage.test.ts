import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { processUsage } from './process-usage.ts';
import { UsageMeter } from './usage-meter.ts';

test('memory and processor time of a process', async () => {
  const usage = await processUsage(process.pid);
  assert.ok(usage !== undefined);
  assert.ok(usage.memory > 1e6 && usage.memory < process.memoryUsage().rss * 2);
  assert.ok(usage.seconds > 0);
});

test('a process that is gone has no usage', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  assert.equal(await processUsage(pid), undefined);
});

test('percent are counted from the measurement before', async () => {
  const meter = new UsageMeter();
  const first = await meter.measure([process.pid]);
  assert.equal(first.percent, 0);
  assert.equal(first.hostPercent, undefined);
  const until = performance.now() + 300;
  while (performance.now() < until);
  const second = await meter.measure([process.pid]);
  assert.ok(second.percent > 1);
  assert.ok(second.memory > 1e6);
});
