import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeKernelEnd } from './kernel-end.ts';

test('how a kernel ended, and what comes next', () => {
  assert.equal(
    describeKernelEnd('TypeScript', { reason: 'by SIGKILL', lastOutput: '' }),
    'The kernel TypeScript ended by SIGKILL. Run a cell to start another one; its variables are lost.',
  );
  assert.equal(
    describeKernelEnd('Python 3', { reason: 'with exit code 1', lastOutput: '', restarting: true }),
    'The kernel Python 3 ended with exit code 1. Another one is being started; its variables are lost.',
  );
  assert.equal(
    describeKernelEnd('R', { reason: 'It was shut down because it had run nothing for 5 minutes.', lastOutput: '' }),
    'The kernel R ended: It was shut down because it had run nothing for 5 minutes. Run a cell to start another one; its variables are lost.',
  );
});
