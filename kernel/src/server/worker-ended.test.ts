import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkerEnd } from '../link.ts';
import { endAsError } from './worker-ended.ts';

const end: WorkerEnd = { code: 3, signal: null, lastWords: '' };

test('a worker that ended: why, and on a line of its own what that means', () => {
  assert.deepEqual(endAsError(end), {
    ename: 'WorkerDied',
    evalue: 'the process that runs the cells ended with exit code 3. Its variables are lost, a new one is started.',
    traceback: [
      'WorkerDied: the process that runs the cells ended with exit code 3.',
      'Its variables are lost, a new one is started.',
    ],
  });
});

test('what it wrote last comes after that', () => {
  const { traceback } = endAsError({ ...end, code: null, signal: 'SIGABRT', lastWords: 'heap out of memory\n' });
  assert.deepEqual(traceback, [
    'WorkerDied: the process that runs the cells ran out of memory and was killed by SIGABRT.',
    'Its variables are lost, a new one is started.',
    'heap out of memory',
  ]);
});

test('the end of the kernel itself starts no other worker', () => {
  const { evalue, traceback } = endAsError(end, true);
  assert.equal(evalue, 'the kernel was shut down while the cell was running');
  assert.deepEqual(traceback, [`WorkerDied: ${evalue}`]);
});
