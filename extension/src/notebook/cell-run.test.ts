import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Displays } from '../outputs/cell-outputs.ts';
import type { Output } from '../outputs/output.ts';
import { CellRun } from './cell-run.ts';
import type { CellTarget } from './cell-target.ts';
import type { WholeOutputs } from './whole-outputs.ts';

/** A run that has begun, and the names of the errors that its cell shows. */
function begun() {
  const errors: string[] = [];
  const target = {
    onceCleared: () => undefined,
    isLate: false,
    wait: () => undefined,
    begin: () => undefined,
    append: ({ items }: Output) => {
      for (const { data } of items) errors.push(JSON.parse(Buffer.from(data).toString()).name);
    },
  } as object as CellTarget;
  const run = new CellRun({ target, displays: new Displays(), whole: {} as WholeOutputs, limit: 1000, isEnded: false });
  run.start();
  return { run, errors };
}

test('a run that is given up says why', () => {
  const { run, errors } = begun();
  run.abandoned('KernelRestarted', 'The kernel was restarted.');
  assert.deepEqual(errors, ['KernelRestarted']);
});

test('one that has said already why it failed does not say more: the restart may be told before its reply', () => {
  const { run, errors } = begun();
  run.take('error', { ename: 'WorkerDied', evalue: 'it ended', traceback: [] });
  run.abandoned('KernelRestarted', 'The kernel was restarted.');
  assert.deepEqual(errors, ['WorkerDied']);
});
