import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { recordingPublisher } from '../display/recording-publisher.ts';
import { CommClosedError, type CommMessage } from './comm.ts';
import { Comms, type Incoming } from './comms.ts';

function start() {
  const publisher = recordingPublisher();
  const comms = new Comms(publisher);
  const deliver = (msgType: Incoming['msgType'], content: Record<string, unknown>, buffers: Uint8Array[] = []) =>
    comms.deliver({ msgType, content, metadata: { m: 1 }, buffers });
  return { comms, deliver, published: publisher.published };
}

describe('a comm that a cell opens', () => {
  test('comm_open carries target, data, metadata and buffers', () => {
    const { comms, published } = start();
    const floats = new Float32Array([1, 2]);
    const comm = comms.open('plot', { data: { a: 1 }, metadata: { version: '2' }, buffers: [floats, floats.buffer] });
    const bytes = new Uint8Array(floats.buffer);
    assert.deepEqual(published, [
      {
        msgType: 'comm_open',
        content: { comm_id: comm.id, target_name: 'plot', data: { a: 1 } },
        metadata: { version: '2' },
        buffers: [bytes, bytes],
      },
    ]);
    assert.deepEqual([comm.target, comm.closed, comms.all.get(comm.id)], ['plot', false, comm]);
  });

  test('sends comm_msg and comm_close, and nothing more', () => {
    const { comms, published } = start();
    const comm = comms.open('plot', { id: 'mine' });
    comm.send({ x: 1 });
    comm.close({ last: true });
    comm.close();
    assert.deepEqual(
      published.map(({ msgType, content }) => [msgType, content]),
      [
        ['comm_open', { comm_id: 'mine', target_name: 'plot', data: {} }],
        ['comm_msg', { comm_id: 'mine', data: { x: 1 } }],
        ['comm_close', { comm_id: 'mine', data: { last: true } }],
      ],
    );
    assert.throws(() => comm.send(), CommClosedError);
    assert.equal(comms.all.size, 0);
  });

  test('receives messages and the end', () => {
    const { comms, deliver } = start();
    const comm = comms.open('plot', { id: 'mine' });
    const received: unknown[] = [];
    comm.onMessage = (message) => received.push(['message', message]);
    comm.onClose = (message) => received.push(['close', message]);
    const buffers = [new Uint8Array([1])];
    assert.deepEqual(deliver('comm_msg', { comm_id: 'mine', data: { y: 2 } }, buffers), { handled: true });
    assert.deepEqual(deliver('comm_close', { comm_id: 'mine', data: {} }), { handled: true });
    assert.deepEqual(received, [
      ['message', { data: { y: 2 }, metadata: { m: 1 }, buffers }],
      ['close', { data: {}, metadata: { m: 1 }, buffers: [] }],
    ]);
    assert.ok(comm.closed);
    assert.deepEqual(deliver('comm_msg', { comm_id: 'mine', data: {} }), { handled: false });
  });

  test('refuses data that is no object, and does not open then', () => {
    const { comms, published } = start();
    assert.throws(() => comms.open('plot', { data: [1] as never }), TypeError);
    assert.throws(() => comms.open('plot', { data: null as never }), TypeError);
    assert.deepEqual([published.length, comms.all.size], [0, 0]);
  });
});

describe('a comm that a frontend opens', () => {
  test('is given to the handler of its target', () => {
    const { comms, deliver } = start();
    const opened: [string, string, CommMessage][] = [];
    comms.registerTarget('echo', (comm, message) => {
      opened.push([comm.id, comm.target, message]);
      comm.onMessage = ({ data }) => comm.send(data);
    });
    assert.deepEqual(deliver('comm_open', { comm_id: 'c1', target_name: 'echo', data: { hi: 1 } }), { handled: true });
    assert.deepEqual(opened, [['c1', 'echo', { data: { hi: 1 }, metadata: { m: 1 }, buffers: [] }]]);
    assert.ok(comms.all.has('c1'));
  });

  test('of a target that nobody has registered is answered by comm_close', () => {
    const { comms, deliver, published } = start();
    comms.registerTarget('gone', () => undefined);
    comms.unregisterTarget('gone');
    for (const target of ['unknown', 'gone', 'toString']) {
      assert.deepEqual(deliver('comm_open', { comm_id: target, target_name: target, data: {} }), { handled: false });
    }
    assert.deepEqual(
      published.map(({ msgType, content }) => [msgType, content.comm_id]),
      [
        ['comm_close', 'unknown'],
        ['comm_close', 'gone'],
        ['comm_close', 'toString'],
      ],
    );
  });

  test('is closed if the handler throws, at once or later', async () => {
    const { comms, deliver, published } = start();
    comms.registerTarget('bad', () => {
      throw new Error('no');
    });
    comms.registerTarget('late', async () => {
      throw new Error('no');
    });
    assert.throws(() => deliver('comm_open', { comm_id: 'c1', target_name: 'bad', data: {} }), /no/);
    const { handled, ended } = deliver('comm_open', { comm_id: 'c2', target_name: 'late', data: {} });
    assert.equal(handled, true);
    await assert.rejects(Promise.resolve(ended), /no/);
    assert.deepEqual(
      published.map(({ msgType, content }) => [msgType, content.comm_id]),
      [
        ['comm_close', 'c1'],
        ['comm_close', 'c2'],
      ],
    );
    assert.equal(comms.all.size, 0);
  });

  test('is answered by the handler that was registered last', () => {
    const { comms, deliver } = start();
    const called: string[] = [];
    comms.registerTarget('t', () => called.push('first'));
    comms.registerTarget('t', () => called.push('second'));
    deliver('comm_open', { comm_id: 'c', target_name: 't', data: {} });
    assert.deepEqual(called, ['second']);
  });

  test('by an id that is open takes the place of the comm before it', () => {
    const { comms, deliver, published } = start();
    comms.registerTarget('t', () => undefined);
    const before = comms.open('t', { id: 'same' });
    deliver('comm_open', { comm_id: 'same', target_name: 't', data: {} });
    assert.ok(before.closed);
    before.close();
    assert.equal(published.length, 1);
    assert.ok(comms.all.has('same'));
  });
});

test('registerTarget refuses what is no function', () => {
  assert.throws(() => start().comms.registerTarget('t', undefined as never), TypeError);
});
