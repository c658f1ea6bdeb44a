/** What a cell with type errors does: run and show them, not run, run unchecked. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { JsonObject } from '@elara/protocol/message';
import { recordOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';
import { askTypes } from '../../real-kernel/types-comm.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const client = await kernel.connect();
await client.execute('const counted: string[] = [];');

interface Ran {
  readonly status: unknown;
  readonly reply: Record<string, unknown>;
  /** `TS2322` and the like, of the list that was displayed. */
  readonly codes: readonly unknown[];
  readonly text: string;
  readonly types: readonly string[];
}

async function run(code: string, metadata: JsonObject = {}): Promise<Ran> {
  const id = await client.send('shell', 'execute_request', { code }, { metadata });
  const published = await client.until(id);
  const reply = await client.receive('shell');
  const [list = {}] = published.flatMap(({ header, content }) => {
    const data = header.msg_type === 'display_data' ? recordOf(content.data) : {};
    return 'application/vnd.elara.diagnostics+json' in data ? [data] : [];
  });
  const { diagnostics = [] } = recordOf(list['application/vnd.elara.diagnostics+json'] ?? {});
  return {
    status: reply.content.status,
    reply: reply.content,
    codes: (diagnostics as { code: number }[]).map(({ code: number }) => number),
    text: String(list['text/plain'] ?? ''),
    types: published.map(({ header }) => header.msg_type),
  };
}

test('by default a cell with type errors runs, and its errors are shown before its reply and idle', async () => {
  const { status, codes, text, types } = await run('const n: number = "str"; counted.push("ran")');
  assert.deepEqual([status, codes], ['ok', [2322]]);
  assert.match(text, /^In\[2\]:1:7 - warning TS2322: Type 'string' is not assignable to type 'number'\.\n\nconst n/);
  assert.equal(types.at(-1), 'status');
  assert.equal((await run('counted.length === 1 || fail()')).status, 'ok');
});

test('a cell without type errors shows nothing', async () => {
  const { types } = await run('const m: number = 1; m.toFixed()');
  assert.deepEqual(types, ['status', 'execute_input', 'execute_result', 'status']);
});

test('%%check error: such a cell does not run, and its error is a list of places', async () => {
  const { status, reply, types } = await run('%%check error\ncounted.push("never");\nconst n: number = "str"');
  assert.deepEqual([status, reply.ename], ['error', 'TypeCheckError']);
  assert.equal(reply.evalue, "TS2322: Type 'string' is not assignable to type 'number'.");
  const traceback = reply.traceback as string[];
  assert.match(String(traceback[0]), /^In\[\d+\]:3:7 - error TS2322: /);
  assert.equal(traceback[1], 'const n: number = "str"');
  assert.match(String(traceback[2]), /^.* {6}\^/);
  assert.deepEqual(types, ['status', 'execute_input', 'error', 'status']);
  assert.equal((await run('counted.includes("never") && fail()')).status, 'ok');
});

test('%check sets the kernel; a request and a cell have their own', async () => {
  await run('%check error');
  assert.equal((await run('const k: number = "k"')).reply.ename, 'TypeCheckError');
  assert.equal((await run('const ok: number = 1')).status, 'ok');
  assert.deepEqual((await run('%%check off\nconst k: number = "k"')).codes, []);
  assert.deepEqual((await run('const k: number = "k"', { elara: { check: 'warn' } })).codes, [2322]);
  await run('%check off');
  assert.deepEqual((await run('const k: number = "k"')).codes, []);
  await run('%check warn');
  assert.deepEqual((await run('const k: number = "k"')).codes, [2322]);
});

test('names that a refused cell would have declared are not there', async () => {
  await run('%%check error\nconst refused: number = "str"');
  assert.deepEqual((await run('refused')).codes, [2304]);
});

test('types follow the cells as they were executed, whatever the kind of a name was before', async () => {
  await run('const thing = 1');
  await run('class thing { a = "s" }');
  assert.deepEqual((await run('new thing().a.toFixed')).codes, [2551]);
  await run('type thing = string');
  assert.deepEqual((await run('const word: thing = "w"; new thing().a')).codes, []);
  await run('function thing(a: boolean) { return a }');
  assert.deepEqual((await run('thing(1)')).codes, [2345]);
});

test('what is no error in a notebook is none', async () => {
  for (const code of [
    'undeclared = 5',
    'undeclared.anything',
    '{ a: 1, b: 2 }',
    'let counter = 1',
    'counter += 1; counter = 3',
    'let maybe: string | undefined',
    'maybe = "a"',
    'maybe.length',
    'globalThis.made = 1',
    'made + 1',
    '1',
    '_; In[1]; Out',
    'this',
    'await Promise.resolve(1)',
    'using held = { [Symbol.dispose]() {} }',
    'function loose(a, b) { return a + b }',
    'display(html`<b>bold</b>`); loose(1, 2)',
    'export default 5',
    'try { null } catch (error) { error.message }',
    'const { first, ...others } = { first: 1, second: 2 }; others.second',
    '/** @jsx make */ const make = (...all: unknown[]) => all; <p a={1}>x</p>',
    'with (Math) { sqrt(1) }',
  ]) {
    const { status, text } = await run(code);
    assert.deepEqual([code, status, text], [code, 'ok', '']);
  }
});

test('a frontend asks for the errors of code that is being written, also while a cell runs', async () => {
  const comm = 'types-comm';
  const open = await client.send('shell', 'comm_open', { comm_id: comm, target_name: 'elara.types', data: {} });
  await client.until(open);
  await run('const known: number = 1');
  const running = await client.send('shell', 'execute_request', { code: 'console.log("on"); for (;;);' });
  while ((await client.next()).header.msg_type !== 'stream');
  const asked = await client.send('shell', 'comm_msg', {
    comm_id: comm,
    data: { id: 7, method: 'diagnostics', code: 'const o = { a: known };\no.b' },
  });
  const answered = await client.until(asked);
  const [answer] = answered.flatMap(({ header, content }) => (header.msg_type === 'comm_msg' ? [content] : []));
  assert.deepEqual(recordOf(answer ?? {}).data, {
    id: 7,
    diagnostics: [
      {
        code: 2339,
        message: "Property 'b' does not exist on type '{ a: number; }'.",
        severity: 'error',
        source: 'ts',
        start: { line: 2, column: 3 },
        end: { line: 2, column: 4 },
      },
    ],
  });
  await client.send('control', 'interrupt_request');
  await client.receive('control');
  await client.until(running);
  await client.receive('shell');
});

test('names of cells that have not run are not reported as missing', async () => {
  const answer = await askTypes(client, {
    method: 'diagnostics',
    code: 'later + missing;',
    others: ['let later = 1', 'broken ('],
  });
  const messages = (answer.diagnostics as readonly { message: string }[]).map(({ message }) => message);
  assert.deepEqual(messages, ["Cannot find name 'missing'."]);
});

test('of code that cannot be parsed the place is told, and nothing of what only a cell can be', async () => {
  const problems = async (code: string, more = {}) =>
    (await askTypes(client, { method: 'diagnostics', code, ...more })).diagnostics;
  const place = { line: 2, column: 11 };
  assert.deepEqual(await problems('const a = 1;\nconst b = ;'), [
    { message: "Unexpected token ';'", severity: 'error', source: 'elara', start: place, end: place },
  ]);
  for (const code of [
    '%time 1 + 1',
    '%%time\nawait 1',
    'Math?',
    '?Math',
    '#!/usr/bin/env elara',
    '{ a: 1 }',
    'await 1',
    '',
  ]) {
    assert.deepEqual(await problems(code), [], code);
  }
  for (const code of ['%%bash\nls', '  %tiem f()', 'f()\n%tiem f()']) {
    const [problem] = (await problems(code)) as { message: string }[];
    assert.match(problem?.message ?? '', /^There is no line command %/, code);
  }
  assert.deepEqual(await problems('missing', { typed: false }), []);
  assert.equal(((await problems('missing(', { typed: false })) as unknown[]).length, 1);
});

test('a frontend asks for the signatures of a call, also in broken code', async () => {
  await run(
    '/** Joins them.\n * @param b What comes second. */\nfunction join(a: string, b?: number): string { return a + b }',
  );
  const code = "join('🦊', ";
  const { help } = await askTypes(client, { method: 'signature', code, cursor: code.length });
  assert.deepEqual(help, {
    signatures: [
      {
        label: 'join(a: string, b?: number): string',
        documentation: 'Joins them.',
        parameters: [
          { label: 'a: string', documentation: '' },
          { label: 'b?: number', documentation: 'What comes second.' },
        ],
      },
    ],
    activeSignature: 0,
    activeParameter: 1,
  });
  assert.equal((await askTypes(client, { method: 'signature', code: 'join', cursor: 4 })).help, null);
  assert.match(String((await askTypes(client, { method: 'signature' })).error), /needs code and cursor/);
});
