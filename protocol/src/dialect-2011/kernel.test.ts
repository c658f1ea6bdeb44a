import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ProtocolError } from '../errors.ts';
import { validate } from '../validate.ts';
import { crash2011, publicationTo2011, requestFrom2011 } from './kernel.ts';

const error = {
  ename: 'TypeError',
  evalue: 'x is not a function',
  traceback: ['TypeError: x is not a function', '    at In[1]:1:1'],
};

test('execute_request: variables are evaluated as expressions and told apart in the reply', () => {
  const request = requestFrom2011('execute_request', {
    code: 'a = 1',
    user_variables: ['a', 'b'],
    user_expressions: { a: 'a + 1', 'user_variables.a': '3' },
  });
  validate(request.msgType, request.content);
  const { user_expressions: expressions } = request.content;
  assert.ok(typeof expressions === 'object' && expressions !== null);
  assert.deepEqual(Object.values(expressions).sort(), ['3', 'a', 'a + 1', 'b']);
  const results = Object.fromEntries(
    Object.entries(expressions).map(([name, code]) => [
      name,
      code === 'b'
        ? { status: 'error', ename: 'ReferenceError', evalue: 'b is not defined', traceback: [] }
        : { status: 'ok', data: { 'text/plain': `<${code}>`, 'text/html': '' }, metadata: {} },
    ]),
  );
  const reply = request.reply('execute_reply', {
    status: 'ok',
    execution_count: 3,
    payload: [],
    user_expressions: results,
  });
  validate(reply.msgType, reply.content, 2011);
  assert.deepEqual(reply.content, {
    status: 'ok',
    execution_count: 3,
    payload: [],
    user_variables: { a: '<a>', b: '[ERROR] ReferenceError: b is not defined' },
    user_expressions: { a: '<a + 1>', 'user_variables.a': '<3>' },
    transformed_code: '',
  });
});

test('execute_request: what 2011 does not say is what its clients expect', () => {
  assert.deepEqual(requestFrom2011('execute_request', { code: '1' }).content, {
    code: '1',
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: true,
    stop_on_error: true,
  });
  const { store_history, allow_stdin } = requestFrom2011('execute_request', {
    code: '',
    silent: true,
    allow_stdin: false,
  }).content;
  assert.deepEqual({ store_history, allow_stdin }, { store_history: false, allow_stdin: false });
});

test('execute_reply: an error has the names of the document, of the console and of the kernel', () => {
  const reply = requestFrom2011('execute_request', { code: 'x()' }).reply('execute_reply', {
    status: 'error',
    execution_count: 1,
    ...error,
  });
  validate('execute_reply', reply.content, 2011);
  const { ename, exc_name, etype, evalue, exc_value } = reply.content;
  assert.deepEqual([ename, exc_name, etype], ['TypeError', 'TypeError', 'TypeError']);
  assert.deepEqual([evalue, exc_value], [error.evalue, error.evalue]);
});

test('execute_reply: a page is a text', () => {
  const payload = [
    { source: 'page', data: { 'text/plain': 'help' }, start: 0 },
    { source: 'set_next_input', text: '1' },
  ];
  const reply = requestFrom2011('execute_request', { code: 'x?' }).reply('execute_reply', {
    status: 'ok',
    execution_count: 1,
    payload,
    user_expressions: {},
  });
  assert.deepEqual(reply.content.payload, [{ ...payload[0], text: 'help' }, payload[1]]);
});

test('complete_request: matches replace the text of the request', () => {
  const complete = (text: string, line: string, cursor: number, range: [number, number], matches: string[]) =>
    requestFrom2011('complete_request', { text, line, cursor_pos: cursor }).reply('complete_reply', {
      status: 'ok',
      matches,
      cursor_start: range[0],
      cursor_end: range[1],
      metadata: {},
    }).content;
  // The kernel replaces the last name only; 2011 has the whole dotted text.
  assert.deepEqual(complete('a.is', 'f(a.is)', 6, [4, 6], ['isNaN']).matches, ['a.isNaN']);
  // The kernel replaces more than the text.
  assert.deepEqual(complete('is', 'a.is', 4, [0, 4], ['a.isNaN', 'b']).matches, ['isNaN']);
  assert.deepEqual(complete('a.is', 'a.is', 4, [0, 4], ['a.isNaN']), {
    matches: ['a.isNaN'],
    matched_text: 'a.is',
    status: 'ok',
  });
  // Clients that leave the text to the kernel learn what was matched.
  assert.deepEqual(complete('', 'a.is', 4, [2, 4], ['isNaN']), {
    matches: ['isNaN'],
    matched_text: 'is',
    status: 'ok',
  });
  // Code points.
  assert.deepEqual(complete('a.is', "'😀'+a.is", 8, [6, 8], ['isNaN']).matches, ['a.isNaN']);
});

test('complete_request: the block is the code where the line stands in it once', () => {
  const content = (line: string, cursor_pos: number, block: string | null) =>
    requestFrom2011('complete_request', { text: '', line, cursor_pos, block }).content;
  assert.deepEqual(content('x.', 2, "let s = '😀'\nx.\ny"), { code: "let s = '😀'\nx.\ny", cursor_pos: 14 });
  assert.deepEqual(content('x.', 2, 'x.\ny'), { code: 'x.\ny', cursor_pos: 2 });
  assert.deepEqual(content('x.', 2, 'x.\nx.'), { code: 'x.', cursor_pos: 2 });
  assert.deepEqual(content('x.', 2, 'other'), { code: 'x.', cursor_pos: 2 });
  assert.deepEqual(content('x.', 2, null), { code: 'x.', cursor_pos: 2 });
});

test('object_info_request: name and oname are the same', () => {
  assert.deepEqual(requestFrom2011('object_info_request', { oname: 'a.b' }).content, {
    name: 'a.b',
    detail_level: 0,
  });
  assert.deepEqual(requestFrom2011('object_info_request', { name: 'a.b', detail_level: 1 }).content, {
    name: 'a.b',
    detail_level: 1,
  });
});

test('connect_reply has the ports under the names of 2011 and of today', () => {
  const ports = { shell_port: 1, iopub_port: 2, stdin_port: 3, control_port: 4, hb_port: 5 };
  const reply = requestFrom2011('connect_request', {}).reply('connect_reply', { status: 'ok', ...ports });
  validate('connect_reply', reply.content, 2011);
  assert.deepEqual(reply.content, { status: 'ok', ...ports, xrep_port: 1, pub_port: 2, req_port: 3 });
});

test('replies that cannot fail in 2011 give nothing and say why', () => {
  for (const msgType of ['history_reply', 'complete_reply']) {
    const reply = requestFrom2011('history_request', { hist_access_type: 'tail', n: 1 }).reply(msgType, {
      status: 'error',
      ...error,
    });
    validate(msgType, reply.content, 2011);
    assert.equal(reply.content.exc_value, error.evalue);
  }
});

test('kernel_info_reply has its versions as lists, as IPython had them from 0.13 to 2', () => {
  const reply = requestFrom2011('kernel_info_request', {}).reply('kernel_info_reply', {
    status: 'ok',
    protocol_version: '5.6',
    language_info: { name: 'typescript', version: '6.0.3' },
  });
  assert.deepEqual(reply.content.protocol_version, [5, 6]);
  assert.deepEqual([reply.content.language, reply.content.language_version], ['typescript', [6, 0, 3]]);
});

test('a request that does not fit the schema of its age is refused', () => {
  assert.throws(
    () => requestFrom2011('execute_request', { code: '1', user_variables: 'a' }),
    (thrown) => thrown instanceof ProtocolError && thrown.code === 'ERR_SCHEMA',
  );
});

test('messages on iopub have the names of 2011', () => {
  const published = (msgType: string, content: Record<string, unknown>) => {
    validate(msgType, content);
    const adapted = publicationTo2011(msgType, content);
    if (adapted !== undefined) validate(adapted.msgType, adapted.content, 2011);
    return adapted;
  };
  assert.deepEqual(published('execute_input', { code: '1', execution_count: 1 }), {
    msgType: 'pyin',
    content: { code: '1', execution_count: 1 },
  });
  assert.deepEqual(published('stream', { name: 'stdout', text: 'hi' }), {
    msgType: 'stream',
    content: { name: 'stdout', data: 'hi' },
  });
  assert.equal(published('error', error)?.msgType, 'pyerr');
  assert.deepEqual(
    published('execute_result', {
      execution_count: 1,
      data: { 'text/plain': '2', 'application/json': { a: 1 } },
      metadata: {},
    }),
    {
      msgType: 'pyout',
      content: { execution_count: 1, data: { 'text/plain': '2', 'application/json': '{"a":1}' }, metadata: {} },
    },
  );
  assert.equal(published('display_data', { data: { 'text/plain': '2' }, metadata: {} })?.content.source, 'display');
  assert.deepEqual(published('status', { execution_state: 'restarting' })?.content, { execution_state: 'starting' });
  assert.equal(published('status', { execution_state: 'dead' }), undefined);
  assert.deepEqual(published('input_request', { prompt: '> ', password: false })?.content, { prompt: '> ' });
  assert.equal(published('comm_close', { comm_id: 'c', data: {} })?.msgType, 'comm_close');
});

test('crash says how the kernel came to its end', () => {
  const crash = crash2011(error, 'exit code 134');
  validate('crash', crash, 2011);
  assert.deepEqual(crash, {
    exc_name: 'TypeError',
    exc_type: 'TypeError',
    traceback: error.traceback,
    info: 'exit code 134',
  });
});
