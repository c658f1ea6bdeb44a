import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject, ReceivedMessage } from '@elara/protocol/message';
import { DisplayIds, OutputArea } from './output-area.ts';

function message(msgType: string, content: JsonObject): ReceivedMessage {
  const header = { msg_id: '1', session: 's', username: 'u', date: '', msg_type: msgType };
  return { identities: [], header, rawHeader: Buffer.alloc(0), parentHeader: {}, metadata: {}, content, buffers: [] };
}

const stream = (text: string, name = 'stdout') => message('stream', { name, text });
const display = (text: string, id?: string) =>
  message('display_data', {
    data: { 'text/plain': text },
    metadata: {},
    transient: id === undefined ? {} : { display_id: id },
  });
const shown = (text: string) => ({ output_type: 'display_data', data: { 'text/plain': text }, metadata: {} });

function outputsOf(...messages: ReceivedMessage[]): unknown[] {
  const area = new OutputArea(new DisplayIds());
  for (const one of messages) area.accept(one);
  return area.outputs();
}

test('text of one stream is one output until something else comes between', () => {
  assert.deepEqual(outputsOf(stream('a'), stream('b\n'), stream('e', 'stderr'), stream('c')), [
    { output_type: 'stream', name: 'stdout', text: ['ab\n'] },
    { output_type: 'stream', name: 'stderr', text: ['e'] },
    { output_type: 'stream', name: 'stdout', text: ['c'] },
  ]);
});

test('results and errors are kept without what is transient', () => {
  const result = message('execute_result', {
    execution_count: 3,
    data: { 'text/plain': '1' },
    metadata: {},
    transient: {},
  });
  const error = message('error', { ename: 'E', evalue: 'v', traceback: ['t'] });
  assert.deepEqual(outputsOf(result, error, message('status', { execution_state: 'idle' })), [
    { output_type: 'execute_result', execution_count: 3, data: { 'text/plain': '1' }, metadata: {} },
    { output_type: 'error', ename: 'E', evalue: 'v', traceback: ['t'] },
  ]);
});

test('clear_output clears at once', () => {
  assert.deepEqual(outputsOf(stream('a'), message('clear_output', { wait: false })), []);
});

test('clear_output with wait clears when the next output comes', () => {
  const clear = message('clear_output', { wait: true });
  assert.deepEqual(outputsOf(display('a'), clear), [shown('a')]);
  assert.deepEqual(outputsOf(stream('a'), clear, stream('b')), [
    { output_type: 'stream', name: 'stdout', text: ['b'] },
  ]);
});

test('update_display_data reaches every display of that id, in other cells too, and adds none', () => {
  const displays = new DisplayIds();
  const [first, second] = [new OutputArea(displays), new OutputArea(displays)];
  first.accept(display('a', 'x'));
  second.accept(display('b', 'x'));
  second.accept(display('c', 'y'));
  second.accept(
    message('update_display_data', { data: { 'text/plain': 'new' }, metadata: {}, transient: { display_id: 'x' } }),
  );
  assert.deepEqual(first.outputs(), [shown('new')]);
  assert.deepEqual(second.outputs(), [shown('new'), shown('c')]);
});
