import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { suite, test } from 'node:test';
import {
  headerTo2011,
  is2011,
  publicationFrom2011,
  publicationTo2011,
  requestFrom2011,
  requestTo2011,
} from './dialect-2011.ts';
import { isKnownType, validate } from './validate.ts';

const header = { msg_id: 'a', session: 's', username: 'u', date: '2026-01-31T12:00:00Z', msg_type: 'stream' };

function examples(folder: string, msgType: string): Record<string, unknown>[] {
  const file = new URL(`../../spec/examples/${folder}/${msgType}.json`, import.meta.url);
  const { valid }: { valid: { value: Record<string, unknown> }[] } = JSON.parse(readFileSync(file, 'utf8'));
  return valid.map(({ value }) => value);
}

test('a header without version is the dialect of 2011', () => {
  assert.ok(is2011(header));
  assert.ok(!is2011({ ...header, version: '5.0' }));
  assert.deepEqual(headerTo2011({ ...header, version: '5.6', subshell_id: null }), header);
});

suite('every example of the specification', () => {
  const requests = [
    'execute_request',
    'complete_request',
    'history_request',
    'connect_request',
    'shutdown_request',
    'object_info_request',
    'getattr_request',
    'setattr_request',
  ];
  for (const msgType of requests) {
    test(`${msgType} of 2011 fits today's schema`, () => {
      for (const content of examples('messages-2011', msgType)) {
        const adapted = requestFrom2011(msgType, content);
        validate(adapted.msgType, adapted.content);
      }
    });
  }
  for (const msgType of [
    'execute_request',
    'complete_request',
    'inspect_request',
    'history_request',
    'connect_request',
    'shutdown_request',
  ]) {
    test(`${msgType} of today fits the schema of 2011`, () => {
      for (const content of examples('messages', msgType)) {
        const adapted = requestTo2011(msgType, content);
        validate(adapted.msgType, adapted.content, 2011);
      }
    });
  }
  for (const msgType of [
    'status',
    'stream',
    'display_data',
    'execute_input',
    'execute_result',
    'error',
    'input_request',
  ]) {
    test(`${msgType} of today becomes one of 2011, and comes back`, () => {
      for (const content of examples('messages', msgType)) {
        const old = publicationTo2011(msgType, content);
        if (old === undefined) continue;
        assert.ok(isKnownType(old.msgType, 2011), old.msgType);
        validate(old.msgType, old.content, 2011);
        const back = publicationFrom2011(old.msgType, old.content);
        assert.equal(back?.msgType, msgType);
        validate(msgType, back?.content);
      }
    });
  }
  for (const msgType of ['pyin', 'pyout', 'pyerr', 'crash', 'stream', 'display_data', 'status']) {
    test(`${msgType} of 2011 fits today's schema`, () => {
      for (const content of examples('messages-2011', msgType)) {
        const adapted = publicationFrom2011(msgType, content);
        if (adapted !== undefined) validate(adapted.msgType, adapted.content);
      }
    });
  }
  for (const [request, reply] of [
    ['execute_request', 'execute_reply'],
    ['connect_request', 'connect_reply'],
    ['history_request', 'history_reply'],
    ['shutdown_request', 'shutdown_reply'],
    ['complete_request', 'complete_reply'],
  ] as const) {
    test(`${reply} fits, both ways`, () => {
      const [of2011 = {}] = examples('messages-2011', request);
      const [ofToday = {}] = examples('messages', request);
      for (const content of examples('messages', reply)) {
        const adapted = requestFrom2011(request, of2011).reply(reply, content);
        validate(reply, adapted.content, 2011);
      }
      for (const content of examples('messages-2011', reply))
        validate(reply, requestTo2011(request, ofToday).reply(reply, content).content);
    });
  }
});
