import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FromRenderer, State, WireMessage } from '../../src/widgets/messages.ts';
import { Comms } from './comm.ts';

/** The comms of a renderer, what it has sent, and what the model of the id `a` has heard. */
async function renderer() {
  const sent: FromRenderer[] = [];
  const heard: State[] = [];
  const comms = new Comms({ send: (message) => void sent.push(message) }, 'epoch');
  const comm = comms.create('jupyter.widget', 'a');
  comm.on_msg(({ content }) => void heard.push(content.data));
  await Promise.resolve();
  return { comms, comm, sent, heard };
}

const update = (messageId: string, value: number, method = 'update'): WireMessage => ({
  id: 'a',
  messageId,
  data: { method, state: { value } },
  buffers: [],
});

test("bytes go over the wire in base64, and come as views, with the request's id", async () => {
  const { comms, comm, sent } = await renderer();
  const id = comm.send({ method: 'custom' }, {}, {}, [Uint8Array.of(1, 2, 3).subarray(1)]);
  const [message] = sent;
  assert.deepEqual(message, {
    type: 'send',
    epoch: 'epoch',
    message: { id: 'a', messageId: id, data: { method: 'custom' }, buffers: ['AgM='] },
  });
  let came: unknown;
  comm.on_msg(({ parent_header, buffers }) => {
    came = [parent_header.msg_id, buffers.map((view) => view.getUint8(1))];
  });
  comms.receive({ id: 'a', messageId: id, data: {}, buffers: ['AgM='] });
  assert.deepEqual(came, [id, [3]]);
});

test('what the kernel changes because of a message of ours is heard; our own change is not', async () => {
  const { comms, comm, heard } = await renderer();
  const id = comm.send({ method: 'update', state: { value: 1 } });
  comms.changed(update(id, 1));
  assert.deepEqual(heard, []);
  comms.receive(update(id, 2));
  comms.receive(update(id, 1, 'echo_update'));
  assert.deepEqual(
    heard.map(({ method, state }) => [method, state]),
    [
      ['update', { value: 2 }],
      ['echo_update', { value: 1 }],
    ],
  );
});

test('what comes while a model is made is heard by it, in order, once it is there', async () => {
  const { comms } = await renderer();
  const comm = comms.create('jupyter.widget', 'b');
  const message = (data: State): WireMessage => ({ id: 'b', messageId: '', data, buffers: [] });
  comms.receive(message({ method: 'update', state: { toolbar: 'IPY_MODEL_c' } }));
  comms.receive(message({ method: 'custom', content: 'draw' }));
  comms.closed('b');
  const heard: unknown[] = [];
  comm.on_msg(({ content }) => void heard.push(content.data.method));
  comm.on_close(() => void heard.push('close'));
  assert.deepEqual(heard, [], 'its construction goes on');
  await Promise.resolve();
  assert.deepEqual(heard, ['update', 'custom', 'close']);
});

test('a change of another renderer is heard once: not again as the echo of the kernel', async () => {
  const { comms, heard } = await renderer();
  comms.changed(update('theirs', 1));
  comms.receive(update('theirs', 1, 'echo_update'));
  assert.equal(heard.length, 1);
  comms.done('theirs');
  comms.receive(update('theirs', 3, 'echo_update'));
  assert.equal(heard.length, 2);
});

test('who has sent a message is told what the kernel shows meanwhile, and when it is done', async () => {
  const { comms, comm } = await renderer();
  const told: unknown[] = [];
  const id = comm.send(
    {},
    { shown: (output) => void told.push(output.output_type), iopub: { status: () => void told.push('done') } },
  );
  comms.output(id, { output_type: 'stream' });
  comms.done(id);
  comms.output(id, { output_type: 'stream' });
  assert.deepEqual(told, ['stream', 'done']);
});

test('a module is asked for once', async () => {
  const { comms, sent } = await renderer();
  const both = Promise.all([comms.module('bqplot'), comms.module('bqplot')]);
  comms.moduleCame('bqplot', 'the source');
  assert.deepEqual(await both, ['the source', 'the source']);
  assert.deepEqual(sent, [{ type: 'module', epoch: 'epoch', name: 'bqplot' }]);
});
