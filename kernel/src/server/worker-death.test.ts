import assert from 'node:assert/strict';
import { test } from 'node:test';
import { names, startTestKernel, type TestClient } from './testing/harness.ts';

/** Messages on iopub up to the idle that nothing caused: the fresh worker is there. */
async function untilReplaced(client: TestClient): ReturnType<TestClient['until']> {
  const messages: Awaited<ReturnType<TestClient['until']>> = [];
  for (;;) {
    const message = await client.next();
    messages.push(message);
    if (message.content.execution_state === 'idle' && message.parentHeader.msg_id === undefined) return messages;
  }
}

test('a worker that dies in a cell is an error of the cell, then restarting, then a fresh worker', async () => {
  const kernel = await startTestKernel();
  try {
    const client = await kernel.client();
    const before = (await client.execute('print 1')).reply;
    await client.send('shell', 'comm_open', { comm_id: 'c', target_name: 't', data: {} });
    const id = await client.send('shell', 'execute_request', { code: 'die SIGKILL' });
    const aborted = await client.send('shell', 'execute_request', { code: 'print never' });
    const reply = await client.receive('shell');
    assert.equal(reply.parentHeader.msg_id, id);
    assert.equal(reply.content.status, 'error');
    assert.equal(reply.content.ename, 'WorkerDied');
    assert.equal(reply.content.execution_count, Number(before.content.execution_count) + 1);
    assert.match(String(reply.content.evalue), /was killed by SIGKILL/);
    assert.match(JSON.stringify(reply.content.traceback), /last words/);
    const abortion = await client.receive('shell');
    assert.equal(abortion.parentHeader.msg_id, aborted);
    assert.equal(abortion.content.status, 'aborted');

    const published = await untilReplaced(client);
    const own = published.filter(({ parentHeader }) => parentHeader.msg_id === id);
    assert.deepEqual(names(own), ['busy', 'execute_input', 'error', 'idle']);
    const { ename, evalue, traceback } = reply.content;
    assert.deepEqual(own[2]?.content, { ename, evalue, traceback });
    const states = names(published);
    assert.ok(states.indexOf('restarting') > states.indexOf('error'));
    assert.deepEqual(kernel.worker.calls.filter((call) => call === 'restart').length, 1);

    // The same ports, the same client, a session of its own for the fresh namespace.
    const next = (await client.execute('print on')).reply;
    assert.equal(next.content.status, 'ok');
    assert.notEqual(next.header.session, before.header.session);
    assert.equal(next.content.execution_count, Number(before.content.execution_count) + 2);
    assert.deepEqual((await client.ask('comm_info_request')).reply.content.comms, {});
  } finally {
    await kernel.close();
  }
});

test('process.exit in a cell names the exit code', async () => {
  const kernel = await startTestKernel();
  try {
    const client = await kernel.client();
    const { reply } = await client.execute('exit 7');
    assert.match(String(reply.content.evalue), /ended with exit code 7/);
  } finally {
    await kernel.close();
  }
});

test('the queue of another client survives the death of the worker', async () => {
  const kernel = await startTestKernel();
  try {
    const [one, other] = [await kernel.client(), await kernel.client()];
    await one.send('shell', 'execute_request', { code: 'wait' });
    while ((await other.next()).header.msg_type !== 'execute_input');
    const id = await other.send('shell', 'execute_request', { code: 'print other' });
    while ((await other.ask('kernel_info_request')).reply.content.status !== 'ok');
    void kernel.worker.end({ code: null, signal: 'SIGSEGV', lastWords: '' });
    assert.match(String((await one.receive('shell')).content.evalue), /SIGSEGV/);
    const reply = await other.receive('shell');
    assert.equal(reply.parentHeader.msg_id, id);
    assert.equal(reply.content.status, 'ok');
  } finally {
    await kernel.close();
  }
});

test('a worker that dies between cells is said in the last cell, and replaced', async () => {
  const kernel = await startTestKernel();
  try {
    const client = await kernel.client();
    const { id } = await client.execute('print 1');
    void kernel.worker.end({ code: 3, signal: null, lastWords: 'FATAL ERROR: JavaScript heap out of memory' });
    const published = await untilReplaced(client);
    assert.deepEqual(names(published), ['stream', 'restarting', 'idle']);
    assert.equal(published[0]?.parentHeader.msg_id, id);
    assert.match(String(published[0]?.content.text), /ran out of memory/);
    assert.equal((await client.execute('print 2')).reply.content.status, 'ok');
  } finally {
    await kernel.close();
  }
});

test('complete and inspect are answered while the worker is replaced', async () => {
  const kernel = await startTestKernel();
  try {
    const client = await kernel.client();
    await client.execute('print 1');
    kernel.worker.complete = () => kernel.worker.dead();
    const { reply } = await client.ask('complete_request', { code: 'pars', cursor_pos: 4 });
    assert.deepEqual(reply.content.matches, ['parseFloat', 'parseInt']);
  } finally {
    await kernel.close();
  }
});

test('a kernel whose worker cannot be started says dead and ends', async () => {
  const kernel = await startTestKernel();
  const client = await kernel.client();
  kernel.worker.startError = new Error('no such file');
  const { reply } = await client.execute('exit 1');
  assert.equal(reply.content.status, 'error');
  while ((await client.next()).content.execution_state !== 'dead');
  const end = await kernel.server.ended;
  assert.equal(end.reason, 'worker');
  assert.equal(end.error?.code, 'ERR_WORKER');
  assert.equal(
    kernel.log.some((line) => line.startsWith('E') && line.includes('no such file')),
    true,
  );
  await kernel.close();
});

test('cells that kill the worker one after the other are survived', async () => {
  const kernel = await startTestKernel();
  try {
    const client = await kernel.client();
    for (let count = 0; count < 6; count++) {
      assert.equal((await client.execute('die SIGKILL')).reply.content.status, 'error');
    }
    assert.equal((await client.execute('print 1')).reply.content.status, 'ok');
  } finally {
    await kernel.close();
  }
});

test('a first worker that never starts is tried again, then the kernel ends', async () => {
  const kernel = await startTestKernel({}, (worker) => {
    worker.startError = new Error('no such interpreter');
    worker.execute = () => worker.dead();
  });
  const { reason, error } = await kernel.server.ended;
  assert.equal(reason, 'worker');
  assert.match(String(error?.cause), /no such interpreter/);
  assert.deepEqual(
    kernel.worker.calls.filter((call) => call !== 'stop'),
    ['start', 'restart', 'restart'],
  );
  await kernel.close();
});

test('a worker that fails to start once is started again', async () => {
  const kernel = await startTestKernel();
  try {
    const client = await kernel.client();
    const { restart } = kernel.worker;
    kernel.worker.restart = () => {
      kernel.worker.restart = restart;
      return Promise.reject(new Error('not this time'));
    };
    await client.execute('die SIGKILL');
    assert.equal((await client.execute('print 1')).reply.content.status, 'ok');
    assert.equal(
      kernel.log.some((line) => line.startsWith('E') && line.includes('not this time')),
      true,
    );
  } finally {
    await kernel.close();
  }
});

test('a worker that ends three times in a row before it runs anything is given up', async () => {
  const kernel = await startTestKernel();
  await kernel.client();
  for (let deaths = 0; deaths < 3; deaths++) {
    void kernel.worker.end({ code: 1, signal: null, lastWords: 'cannot find module' });
    await new Promise(setImmediate);
  }
  assert.equal((await kernel.server.ended).error?.code, 'ERR_WORKER');
  await kernel.close();
});
