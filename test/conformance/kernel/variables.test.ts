/**
 * "Variables: name, type, bounded preview, size, shape where there is one, expandable children; over richInspectVariables and a
 * comm for live updates; never runs a getter": by debug_request while nothing stands still, as JupyterLab's panel asks.
 */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JsonObject } from '@elara/protocol/message';
import { recordOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

// Where apache-arrow is found.
const kernel = await RealKernel.start({ cwd: new URL('../..', import.meta.url).pathname });
after(() => kernel.stop());
const client = await kernel.connect();
let seq = 0;

/** A request of the Debug Adapter Protocol, and its reply. */
async function debug(command: string, args: JsonObject = {}): Promise<Record<string, unknown>> {
  const request = { type: 'request', seq: ++seq, command, arguments: args };
  const { content } = (await client.ask('debug_request', request, { channel: 'control' })).reply;
  assert.deepEqual([content.type, content.request_seq, content.command], ['response', seq, command]);
  return content;
}

async function body(command: string, args: JsonObject = {}): Promise<Record<string, unknown>> {
  const reply = await debug(command, args);
  assert.equal(reply.success, true, String(reply.message));
  return recordOf(reply.body);
}

async function variables(command: string, args: JsonObject = {}): Promise<Record<string, unknown>[]> {
  const { variables: listed } = await body(command, args);
  assert.ok(Array.isArray(listed));
  return listed.map(recordOf);
}

async function variable(name: string): Promise<Record<string, unknown>> {
  const listed = await variables('inspectVariables');
  return listed.find((one) => one.name === name) ?? assert.fail(`no variable ${name}`);
}

async function children(name: string, args: JsonObject = {}): Promise<Record<string, unknown>[]> {
  const reference = Number((await variable(name)).variablesReference);
  assert.ok(reference >= 2 ** 30 && reference < 2 ** 31);
  return await variables('variables', { variablesReference: reference, ...args });
}

test('inspectVariables lists the variables of the cells as the protocol has them', async () => {
  await client.execute(`
    const count = 3, label = 'a label', points = [[1, 2], [3, 4], [5, 6]];
    const samples = new Float32Array(1000); class Probe { id = 7 } const probe = new Probe();`);
  const { variablesReference: _, ...count } = await variable('count');
  assert.deepEqual(count, {
    name: 'count',
    // JupyterLab shows the value of what has no type.
    value: '3',
    evaluateName: 'count',
    presentationHint: { kind: 'data' },
    elara: { type: 'number' },
  });
  assert.equal((await variable('label')).value, "'a label'");
  const points = await variable('points');
  assert.deepEqual([points.type, points.indexedVariables], ['Array(3×2)', 3]);
  assert.deepEqual(points.elara, { type: 'Array', length: 3, shape: [3, 2] });
  const samples = await variable('samples');
  assert.deepEqual(samples.elara, { type: 'Float32Array', length: 1000, bytes: 4000, shape: [1000] });
  const probe = await variable('probe');
  assert.deepEqual([probe.type, probe.value], ['Probe', 'Probe { id: 7 }']);
});

test('variables gives what is in one, by pages where it is asked to', async () => {
  const rows = await children('points');
  assert.deepEqual(
    rows.map(({ name, value, evaluateName }) => [name, value, evaluateName]),
    [
      ['0', '[ 1, 2 ]', 'points[0]'],
      ['1', '[ 3, 4 ]', 'points[1]'],
      ['2', '[ 5, 6 ]', 'points[2]'],
    ],
  );
  const inner = await variables('variables', { variablesReference: Number(rows[2]?.variablesReference) });
  assert.deepEqual(
    inner.map(({ value }) => value),
    ['5', '6'],
  );
  assert.equal((await children('samples', { filter: 'indexed', start: 990, count: 100 })).length, 10);
  assert.equal((await children('samples')).length, 11);
  const gone = await debug('variables', { variablesReference: 2 ** 31 - 5 });
  assert.equal(gone.success, false);
  assert.match(String(gone.message), /nothing is known/);
});

test('richInspectVariables gives a mime bundle; of what is no variable an empty one', async () => {
  const { data, metadata } = await body('richInspectVariables', { variableName: 'points' });
  assert.deepEqual(Object.keys(recordOf(data)).sort(), [
    'application/vnd.dataresource+json',
    'text/html',
    'text/plain',
  ]);
  assert.match(String(recordOf(data)['text/html']), /<td[^>]*>6<\/td>/);
  assert.deepEqual(metadata, {});
  assert.deepEqual(await body('richInspectVariables', { variableName: 'probe.id', frameId: 1 }), {
    data: { 'text/plain': '7' },
    metadata: {},
  });
  for (const variableName of ['nothing', 'special variables', '[0 … 99]', 'points[', 'process.exit(1)', 'count = 9']) {
    assert.deepEqual(await body('richInspectVariables', { variableName }), { data: {}, metadata: {} });
  }
  assert.equal((await variable('count')).value, '3');
});

test('an Arrow table shows its columns with their types, its rows and the first of them', async () => {
  await client.execute(`
    import { tableFromArrays } from 'apache-arrow';
    const rain = tableFromArrays({ mm: Float64Array.of(1.5, 0, 20), day: Int32Array.of(1, 2, 3), where: ['Oslo', 'Rome', 'Oslo'] });`);
  const rainy = await variable('rain');
  assert.equal(rainy.type, 'Table(3×3)');
  assert.equal(rainy.value, '3 × 3 { mm: Float64, day: Int32, where: Dictionary<Int32, Utf8> }');
  assert.deepEqual(
    (await children('rain')).map(({ name, type, value }) => [name, type, value]),
    [
      ['0', 'row', "{ mm: 1.5, day: 1, where: 'Oslo' }"],
      ['1', 'row', "{ mm: 0, day: 2, where: 'Rome' }"],
      ['2', 'row', "{ mm: 20, day: 3, where: 'Oslo' }"],
      ['mm', 'Float64(3)', '[ 1.5, 0, 20 ]'],
      ['day', 'Int32(3)', '[ 1, 2, 3 ]'],
      ['where', 'Dictionary<Int32, Utf8>(3)', "[ 'Oslo', 'Rome', 'Oslo' ]"],
    ],
  );
  const [, , , , , where] = await children('rain');
  const cells = await variables('variables', { variablesReference: Number(where?.variablesReference) });
  assert.deepEqual(
    cells.map(({ value }) => value),
    ["'Oslo'", "'Rome'", "'Oslo'"],
  );
  const { data } = await body('richInspectVariables', { variableName: 'rain' });
  assert.match(String(recordOf(data)['text/html']), /Float64.*Rome/s);
});

test('nothing that is shown has run any code of the user’s', async () => {
  await client.execute(`
    const touched = [];
    const touch = (what) => { touched.push(what); return what };
    const traps = Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, (...args) => { touch('trap ' + trap); return Reflect[trap](...args) }]));
    class Hostile extends Error {
      static get name() { return touch('static name') }
      static [Symbol.hasInstance]() { touch('hasInstance'); return true }
      get name() { return touch('name') }
      get message() { return touch('message') }
      get stack() { return touch('stack') }
    }
    Object.defineProperty(Hostile.prototype, 'constructor', { get() { touch('constructor'); return Error } });
    const hostile = {
      get getter() { return touch('getter') },
      get length() { return touch('length') },
      get shape() { return touch('shape') },
      get schema() { return touch('schema') },
      get data() { return touch('data') },
      get then() { return touch('then') },
      get [Symbol.toStringTag]() { return touch('toStringTag') },
      toString() { return touch('toString') },
      toJSON() { return touch('toJSON') },
      valueOf() { return touch('valueOf') },
      [Symbol.toPrimitive]() { return touch('toPrimitive') },
      [Symbol.iterator]() { return touch('iterator') },
      [Symbol.for('nodejs.util.inspect.custom')]() { return touch('inspect') },
      [Symbol.for('Jupyter.display')]() { return touch('display') },
      _toHtml() { return touch('toHtml') },
    };
    const error = new Hostile();
    const proxy = new Proxy({ inner: hostile }, traps);
    const callable = new Proxy(function called() {}, traps);
    const ofError = new Proxy(error, traps);
    const heir = Object.create(proxy, { own: { value: 1 } });
    const listed = [hostile, proxy, error, [proxy, error]];
    const records = [{ a: hostile, b: proxy, get c() { return touch('record') } }, { a: error }];
    const mapped = new Map([[hostile, proxy], ['error', error]]);
    const gathered = new Set([hostile, proxy, error]);
    const failed = Promise.reject(error); failed.catch(() => {});
    const kept = (() => ({ promise: Promise.resolve({ hostile }) }))();
    class Fields extends Map { get size() { touch('size'); return 1 } [Symbol.iterator]() { touch('entries'); return super[Symbol.iterator]() } }
    const fields = new Fields([[1, hostile]]);
    const numbers = Object.defineProperty(new Uint8Array(3), 'length', { get() { return touch('typed length') } });
    Object.defineProperties(numbers, { buffer: { get() { return touch('buffer') } }, byteLength: { get() { return touch('byteLength') } } });
    Object.defineProperty(globalThis, 'lurking', { configurable: true, get() { return touch('global') } });
    const table = { schema: { fields: [{ get name() { return touch('field') }, type: proxy }] }, batches: [{ data: { type: proxy, length: 1, children: [] } }] };
    Error.prepareStackTrace = () => touch('prepareStackTrace');
    touched.length = 0;`);
  const names = (await variables('inspectVariables')).map(({ name }) => String(name));
  assert.ok(names.includes('hostile') && names.includes('lurking'));
  /** All that can be opened, three levels deep. */
  const open = async (reference: number, level: number): Promise<void> => {
    if (reference === 0 || level === 3) return;
    for (const paging of [{}, { filter: 'indexed', start: 0, count: 10 }, { filter: 'named' }]) {
      for (const one of await variables('variables', { variablesReference: reference, ...paging })) {
        if ('filter' in paging) continue;
        await open(Number(one.variablesReference), level + 1);
      }
    }
  };
  for (const one of await variables('inspectVariables')) {
    await open(Number(one.variablesReference), 0);
    await body('richInspectVariables', { variableName: String(one.name) });
    await body('richInspectVariables', { variableName: `${String(one.name)}.getter` });
  }
  const { value } = await variable('touched');
  assert.equal(value, '[]');
  await client.execute('delete Error.prepareStackTrace');
});

test('while code runs that does not await the reply is busy, soon; while it awaits the variables are there', async () => {
  const id = await client.send('shell', 'execute_request', {
    code: 'console.log("on"); await new Promise((go) => { globalThis.go = go }); for (;;);',
  });
  while ((await client.next()).header.msg_type !== 'stream');
  assert.equal((await variable('count')).value, '3');
  await client.send('shell', 'comm_msg', { comm_id: 'none', data: {} });
  const other = await client.ask('create_subshell_request', {}, { channel: 'control' });
  const header = { subshell_id: String(other.reply.content.subshell_id) };
  await client.send('shell', 'execute_request', { code: 'go()' }, { header });
  await client.receive('shell');
  for (let times = 0; times < 3; times += 1) {
    const { success, message } = await debug('inspectVariables');
    assert.equal(success, false);
    assert.match(String(message), /^busy/);
  }
  await client.send('control', 'interrupt_request');
  await client.receive('control');
  assert.equal((await client.receive('shell')).content.ename, 'InterruptError');
  await client.until(id);
  assert.equal((await variable('count')).value, '3');
});

test('after the worker has died there are no variables', async () => {
  await client.execute('process.kill(process.pid, "SIGKILL"); for (;;);');
  assert.equal((await client.execute('const fresh = 1')).reply.content.status, 'ok');
  const names = (await variables('inspectVariables')).map(({ name }) => name);
  assert.deepEqual(names, ['fresh']);
});
