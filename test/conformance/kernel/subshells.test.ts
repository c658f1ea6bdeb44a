/** "Subshells (JEP 91): a second shell runs requests while the first is busy in an await." After ipykernel's `tests/test_subshells.py`. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Answered } from '@elara/kernel/server/testing/test-client';
import { type Execution, isMessage, type KernelClient } from '@elara/protocol/client/index';
import type { JsonObject, ReceivedMessage } from '@elara/protocol/message';
import { contentsOf, recordOf, resultOf, shape, textOf } from '../../real-kernel/outputs.ts';
import { until } from '../../real-kernel/processes.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const { client } = kernel.running;
const raw = await kernel.connect();

async function create(on: KernelClient = client): Promise<string> {
  const reply = await on.createSubshell();
  assert.ok(reply.status === 'ok');
  return reply.subshell_id;
}

async function list(): Promise<string[]> {
  const reply = await client.listSubshells();
  assert.ok(reply.status === 'ok');
  return reply.subshell_id;
}

async function remove(...ids: readonly string[]): Promise<void> {
  for (const id of ids) assert.deepEqual(await client.deleteSubshell(id), { status: 'ok' });
}

/** What an execution published, to its idle. */
async function publishedBy(execution: Execution): Promise<ReceivedMessage[]> {
  const published: ReceivedMessage[] = [];
  for await (const message of execution) published.push(message);
  return published;
}

/** Resolves when the cell has printed. */
async function printed(execution: Execution): Promise<void> {
  for await (const message of execution) if (isMessage(message, 'stream')) return;
}

/** A cell that awaits until `release(name)` is called in another one. */
await client.execute(`
  const gates = new Map();
  const held = (name) => { const gate = Promise.withResolvers(); gates.set(name, gate); return gate.promise };
  const release = (name, value) => gates.get(name).resolve(value);
`).done;

test('kernel_info_reply names the feature', async () => {
  const info = await client.kernelInfo();
  assert.ok(info.status === 'ok' && info.supported_features?.includes('kernel subshells'));
});

test('a subshell is listed from its creation to its deletion; one that is not there is an error that says so', async () => {
  assert.deepEqual(await list(), []);
  const [one, two] = [await create(), await create()];
  assert.deepEqual(await list(), [one, two]);
  await remove(one);
  assert.deepEqual(await list(), [two]);
  await remove(two);
  assert.deepEqual(await list(), []);
  const again = await client.deleteSubshell(one);
  assert.ok(again.status === 'error' && again.evalue.includes(one));
});

test('a cell for a subshell that is not there is refused and shows it; its client alone is answered', async () => {
  const other = await kernel.connect();
  const { reply, published } = await raw.ask('execute_request', { code: '1' }, { header: { subshell_id: 'none' } });
  assert.deepEqual([reply.header.msg_type, reply.content.status], ['execute_reply', 'error']);
  assert.match(String(reply.content.evalue), /no subshell "none"/);
  assert.deepEqual(shape(published), ['busy', 'error', 'idle']);
  // The next that the other one receives is what it asks for.
  assert.equal((await other.ask('kernel_info_request')).reply.header.msg_type, 'kernel_info_reply');
  other.close();
});

test('it runs cells while the main shell awaits, and shares the variables', async () => {
  const id = await create();
  const main = client.execute('console.log("on"); const got = await held("main"); got + 1');
  await printed(main);
  assert.equal((await client.execute('const made = 41; release("main", made)', { subshellId: id }).done).status, 'ok');
  assert.equal(resultOf(await publishedBy(main)), '42');
  assert.equal(resultOf(await publishedBy(client.execute('made + got'))), '82');
  await remove(id);
});

test('the main shell runs cells while a subshell awaits, and one subshell while another does', async () => {
  const ids = [await create(), await create()] as const;
  const cells = ids.map((id) => client.execute(`console.log("on"); await held("${id}")`, { subshellId: id }));
  for (const cell of cells) await printed(cell);
  await client.execute(`release("${ids[0]}", "by main")`).done;
  assert.equal(resultOf(await publishedBy(cells[0] ?? assert.fail())), "'by main'");
  await client.execute(`release("${ids[1]}", "by the other")`, { subshellId: ids[0] }).done;
  assert.equal(resultOf(await publishedBy(cells[1] ?? assert.fail())), "'by the other'");
  await remove(...ids);
});

test('a subshell runs its own requests one after the other', async () => {
  const id = await create();
  const order = await Promise.all(
    [30, 1, 10].map((ms) =>
      client.execute(`await new Promise((r) => setTimeout(r, ${ms})); performance.now()`, { subshellId: id }),
    ),
  );
  const times: number[] = [];
  for (const cell of order) times.push(Number(resultOf(await publishedBy(cell))));
  assert.deepEqual(
    times.toSorted((a, b) => a - b),
    times,
  );
  await remove(id);
});

test('busy and idle bear the subshell in their parent, and so does everything between', async () => {
  const id = await create();
  const published = await publishedBy(client.execute('console.log(1); display(2); 3', { subshellId: id }));
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'stdout', 'display_data', 'execute_result', 'idle']);
  for (const { parentHeader } of published) assert.equal(parentHeader.subshell_id, id);
  await remove(id);
});

test('all that cells print, display and throw while they run at once is credited to the one that did it', async () => {
  const ids = [undefined, await create(), await create()];
  const code = (name: string): string => `
    for (let i = 0; i < 200; i++) {
      console.log('${name}', i);
      if (i % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
      if (i % 5 === 0) process.stdout.write('${name} direct\\n');
      if (i % 7 === 0) await null;
      if (i % 50 === 0) display('${name} shown');
      if (i % 60 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    setTimeout(() => console.log('${name} late'), 20);
    throw new RangeError('${name} failed')`;
  const late: [string, unknown][] = [];
  using _listener = client.onIopub((message) => {
    if (isMessage(message, 'stream') && message.content.text.includes('late'))
      late.push([String(message.parentHeader.msg_id), message.content.text]);
  });
  const names = ['a', 'b', 'c'];
  const cells = names.map((name, index) => {
    const subshellId = ids[index];
    return client.execute(code(name), subshellId === undefined ? {} : { subshellId });
  });
  const outputs = await Promise.all(cells.map(publishedBy));
  for (const [index, published] of outputs.entries()) {
    const name = String(names[index]);
    const text = textOf(published).replaceAll(`${name} late\n`, '');
    const expected = Array.from({ length: 200 }, (_, i) => `${name} ${i}\n${i % 5 === 0 ? `${name} direct\n` : ''}`);
    assert.equal(text, expected.join(''));
    const shown = contentsOf(published, 'display_data').map(({ data }) => recordOf(data)['text/plain']);
    assert.deepEqual(shown, Array(4).fill(`'${name} shown'`));
    assert.equal(contentsOf(published, 'error')[0]?.evalue, `${name} failed`);
  }
  await until('three lines that come late', () => late.length === 3);
  const expected = cells.map(({ msgId }, index) => [msgId, `${names[index]} late\n`] as const);
  assert.deepEqual(
    late.toSorted(([, a], [, b]) => String(a).localeCompare(String(b))),
    expected,
  );
  await remove(...ids.filter((id) => id !== undefined));
});

test('execution counts are shared and unique, and the history has every cell under its own', async () => {
  const ids = [undefined, await create(), await create()];
  const cells = Array.from({ length: 60 }, (_, index) => {
    const subshellId = ids[index % 3];
    const code = `await new Promise((r) => setTimeout(r, ${index % 4})); /* number ${index} */ ${index}`;
    return { code, execution: client.execute(code, subshellId === undefined ? {} : { subshellId }) };
  });
  const byCount = new Map<number, string>();
  for (const { code, execution } of cells) {
    const reply = await execution.done;
    assert.ok(reply.status === 'ok');
    byCount.set(reply.execution_count, code);
    const [input] = contentsOf(await publishedBy(execution), 'execute_input');
    assert.deepEqual([input?.code, input?.execution_count], [code, reply.execution_count]);
  }
  const counts = [...byCount.keys()].sort((a, b) => a - b);
  const first = Number(counts[0]);
  assert.deepEqual(
    counts,
    Array.from({ length: 60 }, (_, index) => first + index),
  );
  const query = {
    hist_access_type: 'range',
    session: 0,
    start: first,
    stop: first + 60,
    output: false,
    raw: true,
  } as const;
  const history = await client.history(query);
  assert.ok(history.status === 'ok');
  assert.deepEqual(
    history.history.map(([, line, source]) => [line, source]),
    counts.map((count) => [count, byCount.get(count)]),
  );
  await remove(...ids.filter((id) => id !== undefined));
});

test('silent, user_expressions and cellId mean in a subshell what they mean in the main shell', async () => {
  const id = await create();
  const silent = client.execute('1; 2', { subshellId: id, silent: true });
  assert.deepEqual(shape(await publishedBy(silent)), ['busy', 'idle']);
  const { reply } = (await raw.ask(
    'execute_request',
    { code: 'const one = 1', user_expressions: { two: 'one + 1' } },
    { header: { subshell_id: id }, metadata: { cellId: 'c1' } },
  )) satisfies Answered;
  assert.equal(recordOf(recordOf(recordOf(reply.content.user_expressions).two).data)['text/plain'], '2');
  assert.equal(reply.metadata.cellId, 'c1');
  assert.equal(reply.parentHeader.subshell_id, id);
  await remove(id);
});

test('complete, inspect and what needs no code are answered in a subshell while the main shell awaits', async () => {
  const id = await create();
  await client.execute('const seen = { alpha: 1 }').done;
  const main = client.execute('console.log("on"); await held("asked")');
  await printed(main);
  const options = { subshellId: id };
  const completion = await client.complete('seen.al', 7, options);
  assert.ok(completion.status === 'ok');
  assert.deepEqual(completion.matches, ['alpha']);
  const inspection = await client.inspect('seen', 4, 0, options);
  assert.ok(inspection.status === 'ok' && inspection.found);
  assert.equal((await client.isComplete('{', options)).status, 'incomplete');
  const history = await client.history({ hist_access_type: 'tail', n: 1, output: false, raw: true }, options);
  assert.ok(history.status === 'ok' && history.history.length === 1);
  for (const reply of [await client.kernelInfo(options), await client.commInfo(undefined, options)]) {
    assert.equal(reply.status, 'ok');
  }
  await client.execute('release("asked")', options).done;
  assert.equal((await main.done).status, 'ok');
  await remove(id);
});

test('comms work through a subshell while a cell awaits, both ways and with buffers', async () => {
  const id = await create();
  const header = { subshell_id: id };
  await client.execute(`Jupyter.comms.registerTarget('moves', (comm) => {
    comm.onMessage = ({ data, buffers }) => { comm.send({ was: data.n }, { buffers }); release('moved', data.n) };
    comm.onClose = () => console.log('closed');
  })`).done;
  const main = client.execute('console.log("on"); await held("moved")');
  await printed(main);
  const say = async (msgType: string, content: JsonObject, buffers: Uint8Array[] = []): Promise<ReceivedMessage[]> =>
    await raw.until(await raw.send('shell', msgType, content, { header, buffers }));
  assert.deepEqual(shape(await say('comm_open', { comm_id: 'm1', target_name: 'moves', data: {} })), ['busy', 'idle']);
  const answered = await say('comm_msg', { comm_id: 'm1', data: { n: 7 } }, [Uint8Array.of(1, 2)]);
  assert.deepEqual(contentsOf(answered, 'comm_msg'), [{ comm_id: 'm1', data: { was: 7 } }]);
  assert.deepEqual(new Uint8Array(answered[1]?.buffers[0] ?? []), Uint8Array.of(1, 2));
  assert.equal(resultOf(await publishedBy(main)), '7');
  // A frontend sends the close on shell and deletes the subshell on control: they may come in this order.
  await remove(id);
  assert.equal(textOf(await say('comm_close', { comm_id: 'm1', data: {} })), 'closed\n');
});

test('an error aborts what waits in its own subshell, and nothing in the others', async () => {
  const id = await create();
  for (const [failing, other] of [
    [{ subshellId: id }, {}],
    [{}, { subshellId: id }],
  ]) {
    const failed = client.execute('console.log("on"); await held("fail"); throw new Error("no")', failing);
    await printed(failed);
    const behind = [1, 2].map((n) => client.execute(`${n}`, failing));
    const waiting = client.execute('console.log("on"); await held("other")', other);
    await printed(waiting);
    const next = client.execute('"next"', other);
    const free = await create();
    await client.execute('release("fail")', { subshellId: free }).done;
    assert.equal((await failed.done).status, 'error');
    for (const cell of behind) assert.equal((await cell.done).status, 'aborted');
    await client.execute('release("other")', { subshellId: free }).done;
    assert.equal((await waiting.done).status, 'ok');
    assert.equal((await next.done).status, 'ok');
    // The failure is over: what is sent now runs.
    assert.equal((await client.execute('1', failing).done).status, 'ok');
    await remove(free);
  }
  await remove(id);
});

test('an interrupt stops what runs in every shell, and the next cells run', async () => {
  const ids = [await create(), await create()];
  const options = [{}, ...ids.map((subshellId) => ({ subshellId }))];
  for (const last of ['await new Promise(() => {})', 'for (;;);']) {
    const codes = ['await new Promise(() => {})', 'for (;;) await new Promise((r) => setTimeout(r, 1))', last];
    const cells: Execution[] = [];
    for (const [index, option] of options.entries()) {
      const cell = client.execute(`console.log("on"); ${codes[index]}`, option);
      cells.push(cell);
      await printed(cell);
    }
    assert.equal((await client.interrupt()).status, 'ok');
    for (const cell of cells) {
      const reply = await cell.done;
      assert.ok(reply.status === 'error' && reply.ename === 'InterruptError');
    }
    for (const option of options) assert.equal((await client.execute('1', option).done).status, 'ok');
  }
  await remove(...ids);
});

test('a busy subshell that is deleted runs its cell to the end and aborts those that wait', async () => {
  const id = await create();
  const options = { subshellId: id };
  const running = client.execute('console.log("on"); await held("deleted"); "to the end"', options);
  await printed(running);
  const waiting = client.execute('1', options);
  await remove(id);
  assert.equal((await waiting.done).status, 'aborted');
  assert.ok(!(await list()).includes(id));
  const refused = await client.execute('1', options).done;
  assert.ok(refused.status === 'error' && refused.ename === 'UnknownSubshell');
  await client.execute('release("deleted")').done;
  assert.equal(resultOf(await publishedBy(running)), "'to the end'");
});

test('two cells ask at once, and each has its own answer, whichever is given first', async () => {
  const id = await create();
  const answers = new Map<string, PromiseWithResolvers<string>>();
  const asked = new Map<string, PromiseWithResolvers<void>>();
  for (const name of ['main', 'sub']) {
    answers.set(name, Promise.withResolvers());
    asked.set(name, Promise.withResolvers());
  }
  const onInput = (prompt: string): Promise<string> => {
    asked.get(prompt)?.resolve();
    return answers.get(prompt)?.promise ?? assert.fail(prompt);
  };
  const main = client.execute('await input("main")', { onInput });
  const sub = client.execute('await input("sub")', { onInput, subshellId: id });
  for (const { promise } of asked.values()) await promise;
  answers.get('sub')?.resolve('for sub');
  assert.equal(resultOf(await publishedBy(sub)), "'for sub'");
  answers.get('main')?.resolve('for main');
  assert.equal(resultOf(await publishedBy(main)), "'for main'");
  await remove(id);
});

test('a prompt, which stops the thread, is not given the answer to another cell that came first', async () => {
  const id = await create();
  const content = (code: string): JsonObject => ({ code, allow_stdin: true });
  const main = await raw.send('shell', 'execute_request', content('await input("slow")'));
  const slow = await raw.receive('stdin');
  const header = { subshell_id: id };
  const sub = await raw.send('shell', 'execute_request', content('prompt("quick")'), { header });
  const quick = await raw.receive('stdin');
  await raw.send('stdin', 'input_reply', { value: 'for input' }, { parentHeader: slow.header });
  await raw.send('stdin', 'input_reply', { value: 'for prompt' }, { parentHeader: quick.header });
  const results = new Map<unknown, unknown>();
  while (!results.has(main) || !results.has(sub)) {
    const message = await raw.next();
    if (isMessage(message, 'execute_result')) results.set(message.parentHeader.msg_id, resultOf([message]));
  }
  assert.deepEqual([results.get(main), results.get(sub)], ["'for input'", "'for prompt'"]);
  for (const _ of [main, sub]) assert.equal((await raw.receive('shell')).content.status, 'ok');
  await remove(id);
});

test('the question bears the request, and with it the subshell, in its parent', async () => {
  const id = await create();
  const sent = await raw.send(
    'shell',
    'execute_request',
    { code: 'await input("?")', allow_stdin: true },
    { header: { subshell_id: id } },
  );
  const { parentHeader, header } = await raw.receive('stdin');
  assert.deepEqual([parentHeader.msg_id, parentHeader.subshell_id], [sent, id]);
  await raw.send('stdin', 'input_reply', { value: 'x' }, { parentHeader: header, header: { subshell_id: id } });
  assert.equal(resultOf(await raw.until(sent)), "'x'");
  await raw.receive('shell');
  await remove(id);
});

test('a loop that never awaits keeps the thread: cells of a subshell wait, what needs no code is answered', async () => {
  const id = await create();
  const main = client.execute('console.log("on"); for (;;);');
  await printed(main);
  let ended = false;
  const sub = client.execute('"after"', { subshellId: id });
  void sub.done.then(() => {
    ended = true;
  });
  assert.equal((await client.kernelInfo({ subshellId: id })).status, 'ok');
  assert.equal((await client.complete('gate', 4, { subshellId: id })).status, 'ok');
  assert.equal(ended, false);
  await client.interrupt();
  assert.equal((await main.done).status, 'error');
  await sub.done;
  await remove(id);
});
