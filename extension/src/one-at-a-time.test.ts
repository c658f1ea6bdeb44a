import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oneAtATime } from './one-at-a-time.ts';

test('calls while the task runs share one run that begins after it', async () => {
  const runs: PromiseWithResolvers<void>[] = [];
  const look = oneAtATime(() => {
    const run = Promise.withResolvers<void>();
    runs.push(run);
    return run.promise;
  });
  const first = look();
  const later = [look(), look()];
  assert.equal(runs.length, 1);
  runs[0]?.resolve();
  await first;
  while (runs.length < 2) await Promise.resolve();
  runs[1]?.resolve();
  await Promise.all(later);
  assert.equal(runs.length, 2);
  const last = look();
  runs[2]?.resolve();
  await last;
  assert.equal(runs.length, 3);
});

test('a run that fails is told to those who called for it, and the next one begins all the same', async () => {
  let runs = 0;
  const look = oneAtATime(async () => {
    runs += 1;
    if (runs === 1) throw new Error('not now');
  });
  const [first, second] = [look(), look()];
  await assert.rejects(first, /not now/);
  await second;
  assert.equal(runs, 2);
});
