/** "The 2011 dialect": served on the shell channel beside the current one, so that a client of either age works. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { KernelClient } from '@elara/protocol/client/index';
import type { JsonObject } from '@elara/protocol/message';
import { BareKernel } from '../../real-kernel/bare-kernel.ts';
import { contentsOf, recordOf, resultOf, shape } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
/** Its headers have no version, and every reply is checked against the schemas of 2011. */
const old = await kernel.connect({ old: true });
const current = await kernel.connect();

async function ask(msgType: string, content: JsonObject = {}): Promise<Record<string, unknown>> {
  return (await old.ask(msgType, content)).reply.content;
}

await old.execute(`
  /** Adds. */
  function add(one: number, other = 1, ...more: number[]): number { return one + other; }
  /** A point. */
  class Point { x = 1; /** Makes it. */ constructor(x: number) { this.x = x; } }
  const long = 'x'.repeat(5000), settings = { deep: { add } }, list = [1, 2, 3];`);

const FIELDS =
  'name found ismagic isalias namespace type_name string_form base_class length file definition argspec init_definition docstring init_docstring class_docstring call_def call_docstring source';

test('object_info_reply has every field of the seed, asked by name or by oname', async () => {
  for (const field of ['name', 'oname']) {
    const content = await ask('object_info_request', { [field]: 'add', detail_level: 0 });
    assert.deepEqual(Object.keys(content).sort(), FIELDS.split(' ').sort());
    assert.deepEqual([content.name, content.found, content.ismagic, content.isalias], ['add', true, false, false]);
  }
});

test('object_info of a function: definition, argspec, docstring; its source at detail_level 1', async () => {
  const {
    definition,
    argspec,
    docstring,
    type_name: type,
    source,
  } = await ask('object_info_request', { name: 'add', detail_level: 0 });
  assert.match(String(definition), /^add\(one.*other.*more/);
  assert.match(String(docstring), /Adds\./);
  assert.equal(type, 'function');
  assert.equal(source, null);
  const { args, varargs, varkw, defaults } = recordOf(argspec);
  assert.deepEqual([args, varargs, varkw], [['one', 'other'], 'more', null]);
  assert.equal(Array.isArray(defaults) && defaults.length, 1);
  assert.match(
    String((await ask('object_info_request', { name: 'add', detail_level: 1 })).source),
    /return one \+ other/,
  );
});

test('object_info of a class: its own and its constructor\u2019s documentation', async () => {
  const content = await ask('object_info_request', { name: 'Point', detail_level: 0 });
  assert.match(String(content.init_definition), /x/);
  assert.match(String(content.init_docstring), /Makes it\./);
  assert.match(`${content.docstring} ${content.class_docstring}`, /A point\./);
});

test('string_form is truncated at detail_level 0', async () => {
  const brief = String((await ask('object_info_request', { name: 'long', detail_level: 0 })).string_form);
  const full = String((await ask('object_info_request', { name: 'long', detail_level: 1 })).string_form);
  assert.ok(brief.length <= 250 && full.length >= 5000, `${brief.length} ${full.length}`);
});

test('length is that of what has one; dotted names are followed', async () => {
  assert.equal((await ask('object_info_request', { name: 'list' })).length, 3);
  const dotted = await ask('object_info_request', { name: 'settings.deep.add' });
  assert.deepEqual([dotted.found, dotted.type_name], [true, 'function']);
});

test('a name that is not there: found false, and every field all the same', async () => {
  for (const name of ['no_such_name', 'settings.none.add', '1 +']) {
    const content = await ask('object_info_request', { name });
    assert.equal(content.found, false);
    assert.deepEqual(Object.keys(content).sort(), FIELDS.split(' ').sort());
  }
});

test('object_info_request is served to a client of today too', async () => {
  assert.equal((await current.ask('object_info_request', { name: 'add' })).reply.content.found, true);
});

test('complete_request {text, line, block, cursor_pos} -> matches', async () => {
  const { matches } = await ask('complete_request', {
    text: 'settings.de',
    line: 'x = settings.de',
    block: null,
    cursor_pos: 15,
  });
  assert.deepEqual(matches, ['settings.deep']);
});

test('execute_request with user_variables; its reply has payload, user_variables and transformed_code', async () => {
  const { reply, published } = await old.execute('const wind = 12', {
    user_variables: ['wind', 'nothing'],
    user_expressions: { twice: 'wind * 2' },
  });
  const {
    status,
    payload,
    user_variables: variables,
    user_expressions: expressions,
    transformed_code: code,
  } = reply.content;
  assert.deepEqual([status, payload, code], ['ok', [], '']);
  const { wind, nothing } = recordOf(variables);
  assert.equal(wind, '12');
  assert.match(JSON.stringify(nothing), /nothing is not defined/);
  assert.deepEqual(expressions, { twice: '24' });
  assert.deepEqual(shape(published), ['busy', 'execute_input', 'idle']);
});

test('an error reply has the names of every age', async () => {
  const { content } = (await old.execute('throw new TypeError("no")')).reply;
  assert.equal(content.status, 'error');
  for (const field of ['ename', 'exc_name', 'etype']) assert.equal(content[field], 'TypeError', field);
  for (const field of ['evalue', 'exc_value']) if (field in content) assert.equal(content[field], 'no', field);
  assert.ok(Array.isArray(content.traceback));
  assert.equal('exc_name' in (await current.execute('throw 1')).reply.content, false);
});

test('history_request {hist_access_type, n, …}', async () => {
  await old.execute('"for the history"');
  const { history } = await ask('history_request', { output: false, raw: true, hist_access_type: 'tail', n: 1 });
  assert.match(JSON.stringify(history), /for the history/);
  const range = await ask('history_request', {
    output: true,
    raw: true,
    hist_access_type: 'range',
    session: 0,
    start: 1,
    stop: 2,
  });
  assert.equal(Array.isArray(range.history) && range.history.length, 1);
  const found = await ask('history_request', {
    output: false,
    raw: true,
    hist_access_type: 'search',
    pattern: '*for the*',
  });
  assert.equal(Array.isArray(found.history) && found.history.length, 1);
});

test('connect_reply has the ports, by the names of 2011 and by today\u2019s', async () => {
  const { info } = kernel.running.client;
  const content = await ask('connect_request');
  assert.deepEqual(
    [content.xrep_port, content.pub_port, content.req_port, content.hb_port],
    [info.shell_port, info.iopub_port, info.stdin_port, info.hb_port],
  );
  assert.deepEqual(
    [content.shell_port, content.iopub_port, content.stdin_port],
    [info.shell_port, info.iopub_port, info.stdin_port],
  );
});

test('getattr_request: ok, AttributeError, AccessError over the declared attributes', async () => {
  assert.deepEqual(await ask('getattr_request', { name: 'language' }), { status: 'ok', value: 'typescript' });
  assert.equal((await ask('getattr_request', { name: 'execution_count' })).status, 'ok');
  assert.deepEqual(await ask('getattr_request', { name: 'nothing' }), { status: 'AttributeError' });
  assert.deepEqual(await ask('getattr_request', { name: 'connection.key' }), { status: 'AccessError' });
});

test('setattr_request: ok, AttributeError, AccessError', async () => {
  assert.deepEqual(await ask('setattr_request', { name: 'log.level', value: 'error' }), { status: 'ok' });
  assert.deepEqual(await ask('getattr_request', { name: 'log.level' }), { status: 'ok', value: 'error' });
  assert.deepEqual(await ask('setattr_request', { name: 'log.level', value: 'loud' }), { status: 'AccessError' });
  assert.deepEqual(await ask('setattr_request', { name: 'language', value: 'python' }), { status: 'AccessError' });
  assert.deepEqual(await ask('setattr_request', { name: 'nothing', value: 1 }), { status: 'AttributeError' });
  assert.deepEqual(await ask('setattr_request', { name: 'log.level', value: 'warn' }), { status: 'ok' });
});

test('a client of 2011 is asked for input without password', async () => {
  const id = await old.send('shell', 'execute_request', { code: 'prompt("name?")' });
  const question = await old.receive('stdin');
  assert.deepEqual(question.content, { prompt: 'name? ' });
  await old.send('stdin', 'input_reply', { value: 'Ada' }, { parentHeader: question.header });
  assert.equal(resultOf(await old.until(id)), "'Ada'");
  await old.receive('shell');
});

test('both ages at once: each has replies of its own', async () => {
  const [one, other] = await Promise.all([old.execute('1 + 1'), current.execute('2 + 2')]);
  assert.ok('transformed_code' in one.reply.content && !('transformed_code' in other.reply.content));
  assert.deepEqual([resultOf(one.published), resultOf(other.published)], ['2', '4']);
});

test('our own client in the dialect of 2011 works with the kernel', async () => {
  await using client = await KernelClient.connect(kernel.running.client.info, { dialect2011: true });
  await client.waitForReady({ timeoutMs: 10_000 });
  const execution = client.execute('20 + 3');
  const results: unknown[] = [];
  for await (const { header, content } of execution)
    if (header.msg_type === 'execute_result') results.push(content.data);
  assert.deepEqual(results, [{ 'text/plain': '23' }]);
  assert.equal((await execution.reply).status, 'ok');
});

test('with --names-2011, iopub has pyin, pyout, pyerr and stream\u2019s data, and crash when the worker dies', async () => {
  await using ancient = await BareKernel.start({ args: ['--names-2011'] });
  const client = await ancient.connect({ old: true });
  const { published } = await client.execute('console.log("x"); 42');
  assert.deepEqual(
    published.map(({ header }) => header.msg_type),
    ['status', 'pyin', 'stream', 'pyout', 'status'],
  );
  assert.deepEqual(contentsOf(published, 'stream'), [{ name: 'stdout', data: 'x\n' }]);
  assert.deepEqual(recordOf(contentsOf(published, 'pyout')[0]?.data)['text/plain'], '42');
  const failed = await client.execute('throw new RangeError("no")');
  assert.equal(contentsOf(failed.published, 'pyerr')[0]?.ename, 'RangeError');
  await client.send('shell', 'execute_request', { code: 'globalThis.process.exit(9)' });
  let message = await client.next();
  while (message.header.msg_type !== 'crash') message = await client.next();
  assert.match(JSON.stringify(message.content), /exit code 9/);
  assert.equal((await client.receive('shell')).content.status, 'error');
});
