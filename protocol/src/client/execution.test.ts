import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ExecuteReply } from '../generated/messages.ts';
import type { ReceivedMessage } from '../message.ts';
import { KernelDiedError, KernelTimeoutError } from './errors.ts';
import { ExecutionStream } from './execution.ts';

const BOUNDS = { timeoutMs: Number.POSITIVE_INFINITY, settleMs: 10_000 };
const REPLY: ExecuteReply = { status: 'ok', execution_count: 1 };

function message(msg_type: string, content: ReceivedMessage['content']): ReceivedMessage {
  const header = { msg_id: msg_type, session: 's', username: 'u', date: '2026-01-01T00:00:00Z', msg_type };
  return { identities: [], header, rawHeader: Buffer.alloc(0), parentHeader: {}, metadata: {}, content, buffers: [] };
}

const BUSY = message('status', { execution_state: 'busy' });
const IDLE = message('status', { execution_state: 'idle' });
const OUTPUT = message('stream', { name: 'stdout', text: 'hi' });

async function typesOf(execution: ExecutionStream): Promise<string[]> {
  const types: string[] = [];
  for await (const one of execution) types.push(one.header.msg_type);
  return types;
}

test('iteration gives what came before it began and what comes after, and ends after idle', async () => {
  const execution = new ExecutionStream('1', BOUNDS);
  execution.acceptIopub(BUSY);
  const types = typesOf(execution);
  await Promise.resolve();
  execution.acceptIopub(OUTPUT);
  execution.acceptIopub(IDLE);
  assert.deepEqual(await types, ['status', 'stream', 'status']);
  execution.acceptReply(REPLY);
  assert.equal(await execution.done, REPLY);
});

test('an iteration that was left is taken up where it was left', async () => {
  const execution = new ExecutionStream('1', BOUNDS);
  for (const one of [BUSY, OUTPUT, IDLE]) execution.acceptIopub(one);
  for await (const one of execution) {
    assert.equal(one, BUSY);
    break;
  }
  assert.deepEqual(await typesOf(execution), ['stream', 'status']);
});

test('idle may come before the reply, and the reply before idle', async () => {
  for (const order of [
    ['reply', 'idle'],
    ['idle', 'reply'],
  ]) {
    const execution = new ExecutionStream('1', BOUNDS);
    for (const step of order) {
      if (step === 'reply') execution.acceptReply(REPLY);
      else execution.acceptIopub(IDLE);
    }
    assert.equal(await execution.done, REPLY);
    assert.ok(execution.ended.aborted);
  }
});

test('outputs that came before a failure are given before it is thrown', async () => {
  const execution = new ExecutionStream('1', BOUNDS);
  execution.acceptIopub(OUTPUT);
  execution.fail(new KernelDiedError('gone'));
  const seen: string[] = [];
  await assert.rejects(
    async () => {
      for await (const one of execution) seen.push(one.header.msg_type);
    },
    { code: 'ERR_KERNEL_DIED' },
  );
  assert.deepEqual(seen, ['stream']);
  await assert.rejects(execution.reply, { code: 'ERR_KERNEL_DIED' });
  await assert.rejects(execution.done, { code: 'ERR_KERNEL_DIED' });
});

test('a reply without idle ends by a typed error, and the reply stays', async () => {
  const execution = new ExecutionStream('1', { ...BOUNDS, settleMs: 5 });
  execution.acceptReply(REPLY);
  await assert.rejects(execution.done, (error) => {
    return error instanceof KernelTimeoutError && error.timeoutMs === 5 && /No idle after/.test(error.message);
  });
  assert.equal(await execution.reply, REPLY);
});

test('an execution that takes longer than its bound ends by a typed error', async () => {
  const execution = new ExecutionStream('1', { ...BOUNDS, timeoutMs: 5 });
  await assert.rejects(typesOf(execution), { code: 'ERR_KERNEL_TIMEOUT' });
  await assert.rejects(execution.reply, { code: 'ERR_KERNEL_TIMEOUT' });
});

test('what comes after the end changes nothing', async () => {
  const execution = new ExecutionStream('1', BOUNDS);
  execution.acceptIopub(IDLE);
  execution.acceptReply(REPLY);
  execution.acceptIopub(OUTPUT);
  execution.fail(new KernelDiedError('gone'));
  assert.deepEqual(await typesOf(execution), ['status']);
  assert.equal(await execution.done, REPLY);
});
