import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject, ReceivedMessage } from '@elara/protocol/message';
import { AfterInterrupt } from './after-interrupt.ts';

function message(msgType: string, content: JsonObject): ReceivedMessage {
  const header = { msg_id: '1', session: 's', username: 'u', date: '', msg_type: msgType };
  return { identities: [], header, rawHeader: Buffer.alloc(0), parentHeader: {}, metadata: {}, content, buffers: [] };
}

const stream = (text: string) => message('stream', { name: 'stdout', text });

function sink() {
  const shown: string[] = [];
  return {
    shown,
    print: async ({ header, content }: ReceivedMessage) => void shown.push(String(content.text ?? header.msg_type)),
    notice: async (text: string) => void shown.push(text),
  };
}

test('without an interrupt everything is printed', async () => {
  const { shown, ...to } = sink();
  const output = new AfterInterrupt(to);
  for (let index = 0; index < 50; index++) await output.print(stream('x'.repeat(1000)));
  await output.end();
  assert.equal(shown.join('').length, 50_000);
});

test('after one, the middle of what was on its way is left out, and its end and the error are shown', async () => {
  const { shown, ...to } = sink();
  const output = new AfterInterrupt(to);
  output.interrupted();
  for (let index = 0; index < 50; index++) await output.print(stream(String(index % 10).repeat(1000)));
  await output.print(message('error', {}));
  await output.end();
  assert.deepEqual(shown.slice(10), ['… 38000 characters left out …', '8'.repeat(1000), '9'.repeat(1000), 'error']);
  assert.equal(shown.slice(0, 10).join('').length, 10_000);
});
