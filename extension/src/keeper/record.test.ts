import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Header, JsonObject, ReceivedMessage } from '@elara/protocol/message';
import { Record } from './record.ts';

let count = 0;

function message(
  parent: string,
  msg_type: string,
  content: JsonObject,
  parentType = 'execute_request',
): ReceivedMessage {
  const header = (id: string, type: string): Header => ({
    msg_id: id,
    msg_type: type,
    session: 's',
    username: 'u',
    date: '2026-01-01T00:00:00Z',
    version: '5.4',
  });
  count += 1;
  return {
    identities: [],
    header: header(`m${count}`, msg_type),
    parentHeader: header(parent, parentType),
    metadata: {},
    content,
    buffers: [],
    rawHeader: Buffer.alloc(0),
  };
}

const busy = (id: string) => message(id, 'status', { execution_state: 'busy' });
const idle = (id: string) => message(id, 'status', { execution_state: 'idle' });
const print = (id: string, text: string) => message(id, 'stream', { name: 'stdout', text });

function texts(record: Record, ...wanted: string[]): unknown[] {
  return record
    .take(new Set(wanted))
    .map(({ header, content }) => content.text ?? content.execution_state ?? header.msg_type);
}

test('what a window has heard the end of is forgotten; what runs is kept for the next', () => {
  const record = new Record();
  for (const one of [busy('1'), print('1', 'a'), idle('1'), busy('2'), print('2', 'b')]) record.add(one, true);
  assert.equal(record.busy, true);
  assert.deepEqual(texts(record), ['busy', 'b']);
  assert.deepEqual(texts(record), ['busy', 'b']);
  record.add(idle('2'), true);
  assert.equal(record.busy, false);
  assert.deepEqual(texts(record), []);
});

test('what a window has heard the end of is kept for who asks for it, in so far as it is little', () => {
  const record = new Record();
  for (const id of ['1', '2']) for (const one of [busy(id), print(id, id), idle(id)]) record.add(one, true);
  assert.deepEqual(texts(record), []);
  assert.deepEqual(texts(record, '2'), ['busy', '2', 'idle']);
  assert.deepEqual(texts(record, '2'), []);
  // A window that is there sees what comes later; if none is, that is what is kept.
  record.add(print('1', 'shown'), true);
  assert.deepEqual(texts(record, '2'), []);
  record.add(print('1', 'later'), false);
  assert.deepEqual(texts(record), ['later']);

  for (const id of ['3', '4', '5', '6']) {
    for (const one of [busy(id), print(id, id.repeat(1.5 * 1024 * 1024)), idle(id)]) record.add(one, true);
  }
  assert.deepEqual(texts(record, '3', '4'), []);
  assert.equal(texts(record, '5', '6').length, 6);
});

test('what ended while nobody was there is kept until it is taken, and what came after its end too', () => {
  const record = new Record();
  for (const one of [busy('1'), print('1', 'a'), idle('1'), print('1', 'late')]) record.add(one, false);
  assert.deepEqual(texts(record), ['busy', 'a', 'idle', 'late']);
  assert.deepEqual(texts(record), []);
  record.add(print('1', 'later'), false);
  assert.equal(record.busy, false);
  assert.deepEqual(texts(record), ['later']);
  record.add(print('1', 'shown'), true);
  assert.deepEqual(texts(record), []);
});

test('what ends between the coming of a window and its question is kept', () => {
  const record = new Record();
  record.add(busy('1'), true);
  record.add(print('1', 'a'), false);
  record.windowCame();
  record.add(idle('1'), true);
  assert.deepEqual(texts(record), ['busy', 'a', 'idle']);
  assert.deepEqual(texts(record), []);
  for (const one of [busy('2'), idle('2')]) record.add(one, true);
  assert.deepEqual(texts(record), []);
});

test('messages of other requests are not kept', () => {
  const record = new Record();
  record.add(message('1', 'status', { execution_state: 'busy' }, 'complete_request'), false);
  assert.deepEqual(texts(record), []);
});

test('of a flood the oldest outputs are dropped, which is said in their place; how the cell goes on is not', () => {
  const record = new Record(20_000);
  record.add(busy('1'), true);
  record.add(message('1', 'execute_input', { code: 'x', execution_count: 1 }), true);
  for (let line = 0; line < 100; line += 1) record.add(print('1', `${line} ${'x'.repeat(500)}`), true);
  const kept = texts(record).map((text) => String(text).split(' ')[0]);
  assert.deepEqual(kept.slice(0, 3), ['busy', 'execute_input', '[Earlier']);
  assert.equal(kept.filter((text) => text === '[Earlier').length, 1);
  assert.equal(kept.at(-1), '99');
  assert.ok(kept.length > 10 && kept.length < 30);
});

test('the death of the kernel ends what ran', () => {
  const record = new Record();
  record.add(busy('1'), true);
  record.end();
  assert.equal(record.busy, false);
});
