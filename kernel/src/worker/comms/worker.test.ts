/** Comms end to end: a worker process behind its link. */
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Publication } from '../../link.ts';
import { createProcessWorker } from '../../server/process-worker.ts';

interface Seen {
  readonly msgType: string;
  readonly parent: string | null;
  readonly content: Record<string, unknown>;
  readonly buffers: readonly Uint8Array[];
}

const seen: Seen[] = [];
const awaited: { readonly wanted: (published: Seen) => boolean; readonly resolve: (published: Seen) => void }[] = [];
const worker = createProcessWorker({
  folder: import.meta.dirname,
  listener: {
    publish({ msgType, parent, content, buffers }: Publication) {
      const published: Seen = {
        msgType,
        parent: parent && String(read(parent).msg_id),
        content: read(content),
        buffers: buffers ?? [],
      };
      seen.push(published);
      for (const { wanted, resolve } of awaited) if (wanted(published)) resolve(published);
    },
    input: () => undefined,
    asked: async () => null,
    output: () => undefined,
    package: () => undefined,
    ended: () => undefined,
  },
});

function read(json: Uint8Array): Record<string, unknown> {
  return JSON.parse(Buffer.from(json).toString()) as Record<string, unknown>;
}

function published(wanted: (published: Seen) => boolean): Promise<Seen> {
  const already = seen.find(wanted);
  return already ? Promise.resolve(already) : new Promise((resolve) => awaited.push({ wanted, resolve }));
}

function header(id: string): Uint8Array {
  return Buffer.from(JSON.stringify({ msg_id: id }));
}

let count = 0;

function run(code: string) {
  count += 1;
  return worker.execute({
    parent: header(`cell ${count}`),
    code,
    count,
    silent: false,
    storeHistory: true,
    allowStdin: true,
    userExpressions: {},
  });
}

function comm(msgType: 'comm_open' | 'comm_msg' | 'comm_close', id: string, data = {}, buffers: Uint8Array[] = []) {
  const content = { comm_id: 'c', data, ...(msgType === 'comm_open' && { target_name: 'target' }) };
  return worker.comm({ parent: header(id), msgType, content, metadata: {}, buffers });
}

before(async () => {
  await worker.start();
});
beforeEach(() => {
  seen.length = 0;
});
after(() => worker.stop({ graceMs: 1_000 }));

test('messages go both ways with buffers, and output is credited to the message that caused it', async () => {
  await run(`Jupyter.comms.registerTarget('target', (comm, { data }) => {
    console.log('opened with', data);
    comm.onMessage = ({ data, buffers }) => {
      comm.send({ echo: data }, { buffers: buffers.map((bytes) => bytes.map((byte) => byte * 2)) });
      setTimeout(() => console.log('later'), 10);
    };
    comm.onClose = () => console.log('closed');
  });`);
  assert.deepEqual(await comm('comm_open', 'm1', { a: 1 }), { handled: true });
  assert.deepEqual(await comm('comm_msg', 'm2', { b: 2 }, [new Uint8Array([1, 2, 3])]), { handled: true });
  const late = await published(({ content }) => content.text === 'later\n');
  assert.deepEqual(await comm('comm_close', 'm3'), { handled: true });
  assert.deepEqual(await comm('comm_msg', 'm4'), { handled: false });
  const [opened, echoed] = seen;
  assert.deepEqual([opened?.parent, opened?.content.text], ['m1', 'opened with { a: 1 }\n']);
  assert.deepEqual(
    [echoed?.msgType, echoed?.parent, echoed?.content],
    ['comm_msg', 'm2', { comm_id: 'c', data: { echo: { b: 2 } } }],
  );
  assert.deepEqual(Buffer.from(echoed?.buffers[0] ?? []), Buffer.from([2, 4, 6]));
  assert.equal(late.parent, 'm2');
  assert.deepEqual([seen.at(-1)?.parent, seen.at(-1)?.content.text], ['m3', 'closed\n']);
});

test('an unknown target is answered by comm_close on iopub', async () => {
  await run(`Jupyter.comms.unregisterTarget('target')`);
  seen.length = 0;
  assert.deepEqual(await comm('comm_open', 'm5'), { handled: false });
  assert.deepEqual(seen, [{ msgType: 'comm_close', parent: 'm5', content: { comm_id: 'c', data: {} }, buffers: [] }]);
});

test('what a handler throws is shown as an error of its message, with its place in the cell', async () => {
  await run(`Jupyter.comms.registerTarget('target', (comm) => {
    comm.onMessage = ({ data }) => { throw new RangeError('not ' + data.what); };
    comm.onClose = async () => { await null; throw new TypeError('never'); };
  });`);
  await comm('comm_open', 'm6');
  assert.deepEqual(await comm('comm_msg', 'm7', { what: 'this' }), { handled: true });
  assert.deepEqual(await comm('comm_close', 'm8'), { handled: true });
  const errors = seen.filter(({ msgType }) => msgType === 'error');
  assert.deepEqual(
    errors.map(({ parent, content }) => [parent, content.ename, content.evalue]),
    [
      ['m7', 'RangeError', 'not this'],
      ['m8', 'TypeError', 'never'],
    ],
  );
  assert.ok(String(errors[0]?.content.traceback).includes(`In[${count}]:2:`));
});

test('the answer comes after an asynchronous handler, but does not wait for ever', async () => {
  await run(`Jupyter.comms.registerTarget('target', (comm) => {
    comm.onMessage = async ({ data }) => {
      if (data.first) await new Promise((resolve) => { globalThis.goOn = resolve; });
      else { await null; globalThis.goOn(); }
      console.log(data.first ? 'first' : 'second');
    };
  });`);
  await comm('comm_open', 'm9');
  assert.deepEqual(await comm('comm_msg', 'm10', { first: true }), { handled: true });
  assert.deepEqual(await comm('comm_msg', 'm11'), { handled: true });
  const first = await published(({ content }) => content.text === 'first\n');
  const second = await published(({ content }) => content.text === 'second\n');
  assert.deepEqual([first.parent, second.parent], ['m10', 'm11']);
});

test('a handler that asks for input is refused', async () => {
  await run(`Jupyter.comms.registerTarget('target', () => { prompt('?'); });`);
  await comm('comm_open', 'm12');
  assert.deepEqual(
    seen.map(({ msgType, parent }) => [msgType, parent]),
    [
      ['comm_close', 'm12'],
      ['error', 'm12'],
    ],
  );
});

test('a handler that never ends is interrupted, and the cells go on', async () => {
  await run(`let turns = 0; Jupyter.comms.registerTarget('target', () => { console.log('in'); for (;;) turns++; });`);
  const handled = comm('comm_open', 'm13');
  await published(({ content }) => content.text === 'in\n');
  worker.interrupt();
  assert.deepEqual(await handled, { handled: true });
  const error = await published(({ msgType }) => msgType === 'error');
  assert.deepEqual([error.parent, error.content.ename], ['m13', 'InterruptError']);
  assert.equal((await run('1 + 1')).status, 'ok');
  assert.equal((await worker.complete({ code: 'tur', cursor: 3 })).matches[0], 'turns');
});

test('a comm of a cell is credited to the cell', async () => {
  await run(`const mine = Jupyter.comms.open('widget', { data: { state: 1 } }); mine.send({ more: 2 });`);
  assert.deepEqual(
    seen.map(({ msgType, parent }) => [msgType, parent]),
    [
      ['comm_open', `cell ${count}`],
      ['comm_msg', `cell ${count}`],
    ],
  );
});
