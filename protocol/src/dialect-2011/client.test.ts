import assert from 'node:assert/strict';
import { test } from 'node:test';
import { validate } from '../validate.ts';
import { publicationFrom2011, requestTo2011 } from './client.ts';
import { crash2011 } from './kernel.ts';

const error = {
  ename: 'TypeError',
  evalue: 'x is not a function',
  traceback: ['TypeError: x is not a function', '    at In[1]:1:1'],
};

test('execute_reply: texts become mime bundles, whatever names the error has', () => {
  const { content, reply } = requestTo2011('execute_request', { code: '1', user_expressions: { a: 'a' } });
  validate('execute_request', content, 2011);
  const ok = reply('execute_reply', {
    status: 'ok',
    execution_count: 1,
    payload: {},
    transformed_code: '',
    user_variables: { v: '2' },
    user_expressions: {
      a: '1',
      b: '[ERROR] NameError: b: not: defined',
      c: { status: 'ok', data: {}, metadata: {} },
    },
  });
  validate('execute_reply', ok.content);
  assert.deepEqual(ok.content, {
    status: 'ok',
    execution_count: 1,
    payload: [],
    user_expressions: {
      v: { status: 'ok', data: { 'text/plain': '2' }, metadata: {} },
      a: { status: 'ok', data: { 'text/plain': '1' }, metadata: {} },
      b: { status: 'error', ename: 'NameError', evalue: 'b: not: defined', traceback: [] },
      c: { status: 'ok', data: {}, metadata: {} },
    },
  });
  for (const names of [
    { exc_name: 'E', exc_value: 'v' },
    { etype: 'E', evalue: 'v' },
    { ename: 'E', evalue: 'v' },
  ]) {
    const failed = reply('execute_reply', { status: 'error', execution_count: 1, traceback: ['t'], ...names });
    validate('execute_reply', failed.content);
    assert.deepEqual([failed.content.ename, failed.content.evalue], ['E', 'v']);
  }
  const aborted = reply('execute_reply', { status: 'abort' });
  validate('execute_reply', aborted.content);
  assert.equal(aborted.content.status, 'aborted');
});

test('complete_request: the line of the cursor and the word before it', () => {
  const code = "let s = '😀'\nf('😀', a.is)\nend";
  const cursor = 11 + 1 + 11;
  const { content, reply } = requestTo2011('complete_request', { code, cursor_pos: cursor });
  validate('complete_request', content, 2011);
  assert.deepEqual(content, { text: 'a.is', line: "f('😀', a.is)", block: code, cursor_pos: 11 });
  assert.deepEqual(reply('complete_reply', { matches: ['a.isNaN'] }).content, {
    status: 'ok',
    matches: ['a.isNaN'],
    cursor_start: cursor - 4,
    cursor_end: cursor,
    metadata: {},
  });
  const { cursor_start } = reply('complete_reply', { matches: ['isNaN'], matched_text: 'is' }).content;
  assert.equal(cursor_start, cursor - 2);
});

test('inspect_request asks for the name at the cursor', () => {
  const name = (code: string, cursor_pos: number) =>
    requestTo2011('inspect_request', { code, cursor_pos }).content.name;
  assert.equal(name('a.bc.d', 3), 'a.bc');
  assert.equal(name('x = a.b', 7), 'a.b');
  assert.equal(name('f(', 2), 'f');
  assert.equal(name('a.f(g(1), ', 10), 'a.f');
  assert.equal(name("'😀' + ab", 7), 'ab');
  assert.equal(name('', 0), '');
});

test('object_info_reply becomes a text', () => {
  const { content, reply } = requestTo2011('inspect_request', { code: 'f', cursor_pos: 1, detail_level: 1 });
  validate('object_info_request', content, 2011);
  const found = reply('object_info_reply', {
    name: 'f',
    found: true,
    definition: 'f(a)',
    docstring: 'Does.',
    source: 'def f(a): pass',
  });
  validate(found.msgType, found.content);
  assert.deepEqual(found.content.data, { 'text/plain': 'f(a)\nDoes.\ndef f(a): pass' });
  assert.deepEqual(reply('object_info_reply', { name: 'f', found: false }).content, {
    status: 'ok',
    found: false,
    data: {},
    metadata: {},
  });
});

test('connect, history, shutdown and kernel_info replies are of today', () => {
  const { reply } = requestTo2011('connect_request', {});
  for (const [msgType, content] of [
    ['connect_reply', { xrep_port: 1, pub_port: 2, req_port: 3, hb_port: 5 }],
    ['history_reply', { history: [[0, 1, 'x']] }],
    ['shutdown_reply', { restart: true }],
    [
      'kernel_info_reply',
      { protocol_version: [4, 1], ipython_version: [1, 2, 0, ''], language: 'python', language_version: [2, 7, 3] },
    ],
  ] as const) {
    const adapted = reply(msgType, content);
    validate(adapted.msgType, adapted.content);
    assert.equal(adapted.content.status, 'ok', msgType);
  }
  const { content } = reply('connect_reply', { xrep_port: 1, pub_port: 2, req_port: 3, hb_port: 5 });
  assert.deepEqual([content.shell_port, content.iopub_port, content.stdin_port], [1, 2, 3]);
});

test('messages on iopub have the names of today', () => {
  const received = (msgType: string, content: Record<string, unknown>) => {
    const adapted = publicationFrom2011(msgType, content);
    if (adapted !== undefined) validate(adapted.msgType, adapted.content);
    return adapted;
  };
  assert.deepEqual(received('pyin', { code: '1' }), {
    msgType: 'execute_input',
    content: { code: '1', execution_count: 0 },
  });
  assert.deepEqual(received('pyout', { execution_count: 1, data: '2' })?.content.data, { 'text/plain': '2' });
  assert.deepEqual(received('pyerr', { etype: 'E', evalue: 'v', traceback: [] })?.content.ename, 'E');
  assert.deepEqual(received('stream', { name: 'stderr', data: 'x' })?.content, { name: 'stderr', text: 'x' });
  assert.equal(received('stream', { name: 'stdin_reply', data: 'x' }), undefined);
  assert.deepEqual(
    received('display_data', { source: 's', data: { 'application/json': '{"a":1}' }, metadata: {} })?.content,
    { data: { 'application/json': { a: 1 } }, metadata: {} },
  );
  assert.deepEqual(received('crash', { ...crash2011(error, 'exit code 1') })?.content, {
    ename: 'TypeError',
    evalue: 'exit code 1',
    traceback: error.traceback,
  });
  assert.deepEqual(received('input_request', { prompt: '> ' })?.content, { prompt: '> ', password: false });
});
