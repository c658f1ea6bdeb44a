import assert from 'node:assert/strict';
import { test } from 'node:test';
import { userFrames } from './frames.ts';

test('userFrames keeps the cells’ and their modules’ frames', () => {
  const stack = [
    'Trace: here at last',
    '    at inner (In[3]:2:11)',
    '    at Array.map (<anonymous>)',
    '    at node:internal/process/task_queues:95:5',
    '    at Module._load (node:internal/modules/cjs/loader:1023:12)',
    '    at file:///home/me/node:tools/lib.js:1:2',
    '    at In[3]:5:1',
    '    at Session.post (node:inspector:120:28)',
    '    at evaluate (file:///opt/elara/dist/worker.js:10:3)',
  ].join('\n');
  assert.deepEqual(userFrames(stack).split('\n'), [
    'Trace: here at last',
    '    at inner (In[3]:2:11)',
    '    at Array.map (<anonymous>)',
    '    at file:///home/me/node:tools/lib.js:1:2',
    '    at In[3]:5:1',
  ]);
});
