import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DEFAULT_LIMITS, DELIMITER, encode, parseHeader, parseObject, parseParentHeader, split } from './codec.ts';

const bytes = (text: string) => Buffer.from(text);
const json = ['{"h":1}', '{"p":1}', '{"m":1}', '{"c":1}'].map(bytes);

test('a message is identities, delimiter, signature, four JSON frames and buffers', () => {
  const parts = split([bytes('a'), bytes(''), DELIMITER, bytes('sig'), ...json, bytes('b1'), DELIMITER]);
  assert.deepEqual(parts, {
    identities: [bytes('a'), bytes('')],
    signature: bytes('sig'),
    json,
    buffers: [bytes('b1'), DELIMITER],
  });
});

test('frames are those that were received, not copies', () => {
  const frames = [bytes('a'), DELIMITER, bytes('sig'), ...json, bytes('b')];
  const { identities, signature, json: parts, buffers } = split(frames);
  const taken = [...identities, DELIMITER, signature, ...parts, ...buffers];
  assert.ok(taken.every((frame, index) => frame === frames[index]));
});

test('JSON frames fit into a string of V8 by default', () => {
  assert.ok(DEFAULT_LIMITS.maxJsonBytes < 0x1fffffe8);
});

test('encode: a value becomes JSON, bytes stay', () => {
  assert.equal(Buffer.from(encode({ a: 'é' })).toString(), '{"a":"é"}');
  const given = new Uint8Array([1]);
  assert.equal(encode(given), given);
});

test('parseObject reads any Uint8Array, also a part of a larger one', () => {
  const whole = new Uint8Array(bytes('xx{"a":1}yy'));
  assert.deepEqual(parseObject(whole.subarray(2, 9), 'content'), { a: 1 });
});

test('parseObject keeps __proto__ a field like any other', () => {
  const object = parseObject(bytes('{"__proto__":{"a":1}}'), 'content');
  assert.equal(object.a, undefined);
  assert.deepEqual(Object.keys(object), ['__proto__']);
});

test('an error of parseObject names the frame and not what is in it', () => {
  for (const text of ['{"secret', 'secret', '["secret"]']) {
    assert.throws(
      () => parseObject(bytes(text), 'metadata'),
      (error) => error instanceof Error && error.message.startsWith('metadata') && !error.message.includes('secret'),
    );
  }
});

test('parseHeader fills what the 2011 dialect leaves out', () => {
  const header = parseHeader(bytes('{"msg_id":"1","msg_type":"x","session":null}'));
  assert.deepEqual({ ...header, date: '' }, { msg_id: '1', msg_type: 'x', session: '', username: '', date: '' });
  assert.ok(!Number.isNaN(Date.parse(header.date)));
  assert.ok(!('version' in header));
});

test('parseHeader keeps subshell_id null, and fields that it does not know', () => {
  const header = parseHeader(bytes('{"msg_id":"1","msg_type":"x","subshell_id":null,"x":1}'));
  assert.equal(header.subshell_id, null);
  assert.deepEqual(
    Object.entries(header).find(([name]) => name === 'x'),
    ['x', 1],
  );
});

test('parseHeader refuses an id that is empty or no string', () => {
  for (const text of [
    '{"msg_type":"x"}',
    '{"msg_id":"","msg_type":"x"}',
    '{"msg_id":"1","msg_type":""}',
    '{"msg_id":1,"msg_type":"x"}',
  ]) {
    assert.throws(() => parseHeader(bytes(text)), { code: 'ERR_SCHEMA' });
  }
});

test('null is the main shell, and so is what R sends back for it', () => {
  for (const main of ['null', '{}']) {
    assert.equal(parseHeader(bytes(`{"msg_id":"1","msg_type":"x","subshell_id":${main}}`)).subshell_id, null);
  }
  for (const wrong of ['[]', '{"a":1}', '1']) {
    const header = bytes(`{"msg_id":"1","msg_type":"x","subshell_id":${wrong}}`);
    assert.throws(() => parseHeader(header), { code: 'ERR_SCHEMA' });
  }
});

test('a parent header without an id is no parent header', () => {
  assert.deepEqual(parseParentHeader(bytes('{}')), {});
  assert.deepEqual(parseParentHeader(bytes(' { } ')), {});
  assert.deepEqual(parseParentHeader(bytes('{"session":"s"}')), {});
  assert.deepEqual(parseParentHeader(bytes('null')), {});
  assert.throws(() => parseParentHeader(bytes('[]')), { code: 'ERR_JSON' });
});
