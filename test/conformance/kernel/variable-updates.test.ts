/** "Variables … over richInspectVariables and a comm for live updates": the comm `elara.variables`, as docs/variables.md has it. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { isMessage } from '@elara/protocol/client/index';
import type { JsonObject } from '@elara/protocol/message';
import { recordOf } from '../../real-kernel/outputs.ts';
import { until } from '../../real-kernel/processes.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const { client } = kernel.running;

interface Comm {
  readonly received: Record<string, unknown>[];
  send(data: JsonObject): void;
  /** The message of an index, when it has come. */
  message(index: number): Promise<Record<string, unknown>>;
  close(): void;
}

async function open(id: string): Promise<Comm> {
  const received: Record<string, unknown>[] = [];
  client.onIopub((message) => {
    if (isMessage(message, 'comm_msg') && message.content.comm_id === id) received.push(recordOf(message.content.data));
  });
  client.send('shell', 'comm_open', { comm_id: id, target_name: 'elara.variables', data: {} });
  const message = async (index: number): Promise<Record<string, unknown>> => {
    await until(`message ${index} of ${id}`, () => received.length > index);
    return received[index] ?? assert.fail();
  };
  await message(0);
  return {
    received,
    message,
    send: (data) => void client.send('shell', 'comm_msg', { comm_id: id, data }),
    close: () => void client.send('shell', 'comm_close', { comm_id: id, data: {} }),
  };
}

function namesOf(variables: unknown): unknown[] {
  assert.ok(Array.isArray(variables));
  return variables.map((variable) => recordOf(variable).name);
}

test('whoever opens the comm gets all variables, and after each cell what has changed', async () => {
  await client.execute('const a = 1; let b = { x: 1 };').done;
  const comm = await open('v1');
  const [all] = comm.received;
  assert.equal(all?.type, 'all');
  assert.deepEqual(namesOf(all?.variables), ['a', 'b']);

  await client.execute('b.x = 2; const c = "new"').done;
  const changes = await comm.message(1);
  assert.equal(changes.type, 'changes');
  assert.deepEqual(namesOf(changes.changed), ['b', 'c']);
  assert.deepEqual(changes.removed, []);
  assert.equal(changes.total, 3);

  await client.execute('1 + 1').done;
  assert.deepEqual(await comm.message(2), { type: 'changes', changed: [], removed: [], total: 3 });

  await client.execute('throw new Error("a cell that fails counts too")').done;
  assert.equal((await comm.message(3)).type, 'changes');
  comm.close();
});

test('what is removed is named; who asks is answered, with the id of the question', async () => {
  await client.execute('globalThis.passing = [1, 2]').done;
  const comm = await open('v2');
  const variables = comm.received[0]?.variables;
  assert.ok(Array.isArray(variables));
  const passing = variables.map(recordOf).find(({ name }) => name === 'passing');
  const reference = Number(passing?.reference);
  comm.send({ type: 'children', reference, id: 'q1' });
  const children = await comm.message(1);
  assert.deepEqual([children.type, children.reference, children.id, children.total], ['children', reference, 'q1', 2]);
  assert.deepEqual(namesOf(children.variables), ['0', '1']);
  comm.send({ type: 'children', reference, filter: 'indexed', start: 1, count: 1 });
  assert.deepEqual(namesOf((await comm.message(2)).variables), ['1']);
  comm.send({ type: 'display', expression: 'passing', id: 2 });
  const display = await comm.message(3);
  assert.deepEqual([display.type, display.expression, display.id], ['display', 'passing', 2]);
  assert.equal(recordOf(display.data)['text/plain'], '[ 1, 2 ]');
  comm.send({ type: 'display', expression: 'passing(' });
  assert.deepEqual(await comm.message(4), { type: 'missing', expression: 'passing(' });
  comm.send({ type: 'nonsense' });
  assert.equal((await comm.message(5)).type, 'error');
  await client.execute('delete globalThis.passing').done;
  assert.deepEqual((await comm.message(6)).removed, ['passing']);
  comm.send({ type: 'refresh' });
  const again = await comm.message(7);
  assert.equal(again.type, 'all');
  assert.ok(!namesOf(again.variables).includes('passing'));
  comm.close();
});

test('a burst of cells makes few updates, and the last has all of it', async () => {
  const comm = await open('v3');
  const cells = Array.from({ length: 100 }, (_, i) => client.execute(`globalThis.burst = ${i}`));
  await Promise.all(cells.map(({ done }) => done));
  const values = (): unknown[] =>
    comm.received.flatMap(({ changed }) => (Array.isArray(changed) ? changed.map((one) => recordOf(one).value) : []));
  await until('the last value is told', () => values().includes('99'));
  assert.ok(comm.received.length < 50, String(comm.received.length));
  comm.close();
});

test('a comm that is closed is told nothing more, and another one still is', async () => {
  const [closed, kept] = [await open('v4'), await open('v5')];
  closed.close();
  await client.execute('globalThis.seen = 1').done;
  assert.deepEqual(namesOf((await kept.message(1)).changed), ['seen']);
  assert.equal(closed.received.length, 1);
  kept.close();
});

test('updates come while another cell awaits', async () => {
  const comm = await open('v6');
  const created = await client.createSubshell();
  assert.ok(created.status === 'ok');
  const { subshell_id: subshellId } = created;
  const waiting = client.execute('await new Promise((resolve) => { globalThis.finish = resolve })');
  await client.execute('globalThis.beside = 1', { subshellId }).done;
  await until('it is told', () =>
    comm.received.some(({ changed }) => JSON.stringify(changed ?? '').includes('beside')),
  );
  await client.execute('finish()', { subshellId }).done;
  await waiting.done;
  comm.close();
});

test('elara.variables() gives the variables to cells', async () => {
  const execution = client.execute('JSON.stringify(elara.variables().find(({ name }) => name === "a"))');
  let text: unknown;
  for await (const message of execution) {
    if (isMessage(message, 'execute_result')) text = message.content.data['text/plain'];
  }
  assert.equal(text, `'{"name":"a","type":"number","value":"1"}'`);
});
