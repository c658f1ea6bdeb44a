import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CellQueue } from './cell-queue.ts';
import type { CellRun, Outcome } from './cell-run.ts';

/** Runs by name, what has begun, and how each ended. A name with `!` is that of a cell that may fail. */
function queueOf(...names: readonly string[]) {
  const begun: string[] = [];
  const ended: string[] = [];
  const nameOf = new Map<CellRun, string>();
  const runs = names.map((name) => {
    const cell = { metadata: name.endsWith('!') ? { metadata: { tags: ['raises-exception'] } } : {} };
    const run = { cell, end: (outcome: Outcome) => void ended.push(`${name} ${outcome}`) } as object as CellRun;
    nameOf.set(run, name);
    return run;
  });
  const queue = new CellQueue(
    (run) => void begun.push(nameOf.get(run) ?? ''),
    () => undefined,
  );
  return { queue, runs, begun, ended };
}

test('cells run one after the other', () => {
  const { queue, runs, begun } = queueOf('a', 'b');
  const [a, b] = runs;
  assert.ok(a && b);
  queue.add(runs);
  assert.deepEqual([begun, queue.cells], [['a'], [a.cell, b.cell]]);
  queue.end(a, 'done');
  assert.deepEqual([begun, queue.cells], [['a', 'b'], [b.cell]]);
  queue.end(b, 'done');
  assert.deepEqual(queue.cells, []);
});

test('after a cell that fails none of those that wait is run', () => {
  const { queue, runs, begun, ended } = queueOf('a', 'b', 'c');
  queue.add(runs);
  queue.end(runs[0] ?? assert.fail(), 'failed');
  assert.deepEqual(begun, ['a']);
  assert.deepEqual(ended, ['a failed', 'b aborted', 'c aborted']);
});

test('after a cell that may fail the others are run', () => {
  const { queue, runs, begun, ended } = queueOf('a!', 'b');
  queue.add(runs);
  queue.end(runs[0] ?? assert.fail(), 'failed');
  assert.deepEqual(begun, ['a!', 'b']);
  assert.deepEqual(ended, ['a! failed']);
});

test("another client's cell that fails keeps none of ours from running", () => {
  const { queue, runs, begun } = queueOf('ours', 'next', 'foreign');
  const [ours, next, foreign] = runs;
  assert.ok(ours && next && foreign);
  queue.add([ours, next]);
  queue.end(foreign, 'failed');
  assert.equal(queue.running, ours);
  queue.end(ours, 'done');
  assert.deepEqual(begun, ['ours', 'next']);
});

test('what waits runs after a cell that another window has begun', () => {
  const { queue, runs, begun } = queueOf('earlier', 'next');
  const [earlier, next] = runs;
  assert.ok(earlier && next);
  queue.resume(earlier);
  queue.add([next]);
  assert.deepEqual(begun, []);
  queue.end(earlier, 'done');
  assert.deepEqual(begun, ['next']);
});

test('a cell that was deleted while it waited is not run', () => {
  const { queue, runs, begun, ended } = queueOf('a', 'b', 'c');
  const [a, b] = runs;
  assert.ok(a && b);
  queue.add(runs);
  queue.cancel(b.cell);
  // One that runs already comes to its own end.
  queue.cancel(a.cell);
  assert.deepEqual(ended, ['b aborted']);
  queue.end(a, 'done');
  assert.deepEqual(begun, ['a', 'c']);
});
