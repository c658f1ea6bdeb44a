import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CapturedOutputs } from './captured-outputs.ts';

test('text of one stream is one output', () => {
  const area = new CapturedOutputs();
  for (const text of ['a', 'b']) area.take('stream', { name: 'stdout', text });
  area.take('stream', { name: 'stderr', text: 'c' });
  assert.deepEqual(area.outputs, [
    { output_type: 'stream', name: 'stdout', text: 'ab' },
    { output_type: 'stream', name: 'stderr', text: 'c' },
  ]);
});

test('clear_output empties the area, with wait only before the next output', () => {
  const area = new CapturedOutputs([{ output_type: 'stream', name: 'stdout', text: 'old' }]);
  assert.equal(area.take('clear_output', { wait: true }), true);
  assert.equal(area.outputs.length, 1);
  area.take('stream', { name: 'stdout', text: 'new' });
  assert.deepEqual(area.outputs, [{ output_type: 'stream', name: 'stdout', text: 'new' }]);
  area.take('clear_output', { wait: false });
  assert.deepEqual(area.outputs, []);
});

test('a display that is in the area is updated there; another one is left to the cells', () => {
  const area = new CapturedOutputs();
  area.take('display_data', { data: { 'text/plain': '1' }, metadata: {}, transient: { display_id: 'x' } });
  const update = { data: { 'text/plain': '2' }, metadata: {} };
  assert.equal(area.take('update_display_data', { ...update, transient: { display_id: 'y' } }), false);
  assert.equal(area.take('update_display_data', { ...update, transient: { display_id: 'x' } }), true);
  assert.deepEqual(area.outputs, [{ output_type: 'display_data', ...update }]);
});

test('a result is shown as a display, an error as an error, and a status is no output', () => {
  const area = new CapturedOutputs();
  area.take('execute_result', { data: { 'text/plain': '3' }, metadata: {}, execution_count: 1 });
  area.take('error', { ename: 'E', evalue: 'm', traceback: ['t'] });
  assert.equal(area.take('status', { execution_state: 'idle' }), false);
  assert.deepEqual(area.outputs, [
    { output_type: 'display_data', data: { 'text/plain': '3' }, metadata: {} },
    { output_type: 'error', ename: 'E', evalue: 'm', traceback: ['t'] },
  ]);
});
