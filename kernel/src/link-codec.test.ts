import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Publication } from './link.ts';
import { decodeEvent, decodeExecution, encodeAnswer, encodeExecution, encodePublication } from './link-codec.ts';

const bytes = (text: string): Buffer => Buffer.from(text);

function there(publication: Publication): unknown {
  return decodeEvent(Buffer.concat(encodePublication(publication)));
}

test('a publication arrives with all of its parts', () => {
  const publication: Publication = {
    op: 'publish',
    msgType: 'display_data',
    parent: bytes('{"msg_id":"é"}'),
    content: bytes('{"data":{}}'),
    metadata: bytes('{}'),
    buffers: [bytes(''), bytes('\0\u0001')],
  };
  assert.deepEqual(there(publication), publication);
});

test('a publication without parent, metadata and buffers has none there', () => {
  const publication: Publication = { op: 'publish', msgType: 'stream', parent: null, content: bytes('{}') };
  assert.deepEqual(there(publication), publication);
});

test('a message type may be any text, and there may be hundreds of buffers', () => {
  const buffers = Array.from({ length: 700 }, (_, index) => bytes(`${index}`));
  const publication: Publication = {
    op: 'publish',
    msgType: `my_${'ü'.repeat(200)}`,
    parent: null,
    content: bytes('{}'),
    buffers,
  };
  assert.deepEqual(there(publication), publication);
});

test('an answer and an execution arrive as they were', () => {
  const outcome = { status: 'ok', userExpressions: {}, payload: [], declared: ['é', '😀'] } as const;
  const answer: Answer = { op: 'answer', to: 'execute', id: 7, outcome };
  assert.deepEqual(decodeEvent(encodeAnswer(answer)), answer);
  const command = {
    op: 'execute',
    id: 7,
    parent: bytes('{"msg_id":"a \\"quoted\\" é"}'),
    code: '"\u2028" + `\n` + "😀"',
    count: 3,
    silent: false,
    storeHistory: true,
    allowStdin: false,
    userExpressions: { a: '1' },
  } as const;
  assert.deepEqual(decodeExecution(encodeExecution(command)), command);
});
