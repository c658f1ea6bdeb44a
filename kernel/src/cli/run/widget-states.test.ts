import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReceivedMessage } from '@elara/protocol/message';
import { DisplayIds } from '../nbformat/output-area.ts';
import { WidgetStates } from './widget-states.ts';

const header = (msg_type: string, msg_id: string) => ({
  msg_id,
  msg_type,
  session: 's',
  username: 'u',
  date: '2026-01-01T00:00:00Z',
  version: '5.6',
});

function start() {
  const told: unknown[] = [];
  const states = new WidgetStates(new DisplayIds(), (comm, state) => told.push([comm, state]));
  const accept = (msgType: string, content: Record<string, unknown>, parent = 'request'): ReceivedMessage => {
    const message = {
      identities: [],
      header: header(msgType, 'm'),
      rawHeader: Buffer.from('{}'),
      parentHeader: header('execute_request', parent),
      metadata: {},
      content,
      buffers: [],
    } as unknown as ReceivedMessage;
    states.accept(message);
    return message;
  };
  const open = (id: string, state: object) =>
    accept('comm_open', { comm_id: id, target_name: 'jupyter.widget', data: { state, buffer_paths: [] } });
  const update = (id: string, state: object, method = 'update') =>
    accept('comm_msg', { comm_id: id, data: { method, state, buffer_paths: [] } });
  const print = (text: string, parent?: string) => accept('stream', { name: 'stdout', text }, parent);
  const outputs = (id: string): unknown => {
    const saved = states.metadata()?.['application/vnd.jupyter.widget-state+json'] as {
      state: Record<string, { state: Record<string, unknown> }>;
    };
    return saved.state[id]?.state.outputs;
  };
  return { states, told, accept, open, update, print, outputs };
}

const identity = { _model_name: 'OutputModel', _model_module: 'm', _model_module_version: '1.0.0' };
const text = (text: string) => ({ output_type: 'stream', name: 'stdout', text });

test('a widget takes the outputs of the request that it names, until it names none, and the kernel is told', () => {
  const { states, told, open, update, print, outputs } = start();
  open('area', { ...identity, msg_id: '', outputs: [] });
  const before = print('before');
  update('area', { msg_id: 'request' });
  const [taken, other] = [print('taken'), print('of another', 'another request')];
  update('area', { msg_id: '' });
  const after = print('after');
  assert.deepEqual(
    [before, taken, other, after].map((message) => states.hasTaken(message)),
    [false, true, false, false],
  );
  assert.deepEqual(outputs('area'), [text('taken')]);
  assert.deepEqual(told, [['area', { outputs: [text('taken')] }]]);
});

test('of two widgets that name the same request the last one takes', () => {
  const { open, update, print, outputs } = start();
  open('outer', { ...identity, msg_id: 'request', outputs: [] });
  open('inner', { ...identity, msg_id: 'request', outputs: [] });
  print('1');
  update('inner', { msg_id: '' });
  print('2');
  assert.deepEqual([outputs('inner'), outputs('outer')], [[text('1')], [text('2')]]);
});

test('what the kernel puts there comes first; clear_output clears all; an echo is old', () => {
  const { accept, open, update, print, outputs } = start();
  open('area', { ...identity, msg_id: 'request', outputs: [text('put')] });
  print('taken');
  update('area', { outputs: [] }, 'echo_update');
  assert.deepEqual(outputs('area'), [text('put'), text('taken')]);
  accept('clear_output', { wait: true });
  print('new');
  assert.deepEqual(outputs('area'), [text('new')]);
  update('area', { outputs: [text('put again')] });
  assert.deepEqual(outputs('area'), [text('put again')]);
});

test('comms of other targets are no widgets; those that are closed are gone', () => {
  const { states, accept, open } = start();
  accept('comm_open', { comm_id: 'x', target_name: 'other', data: { state: {} } });
  accept('comm_msg', { comm_id: 'x', data: { method: 'update', state: { a: 1 } } });
  assert.equal(states.metadata(), undefined);
  open('area', identity);
  assert.ok(states.metadata());
  accept('comm_close', { comm_id: 'area', data: {} });
  assert.equal(states.metadata(), undefined);
});
