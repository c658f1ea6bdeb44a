import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { Pair } from 'zeromq';
import { socketFrames } from './socket-frames.ts';

test('frames of every size and content arrive byte for byte', async () => {
  const out = new Pair();
  const into = new Pair({ receiveTimeout: 10_000 });
  await out.bind('tcp://127.0.0.1:*');
  into.connect(out.lastEndpoint ?? '');
  const frames = [
    Buffer.alloc(0),
    Buffer.from('short'),
    Buffer.from(`{"text":"${'é𝒳\u0000'.repeat(100)}"}`),
    randomBytes(1000),
    Buffer.from('\ufeffbyte order mark '.repeat(20)),
    Buffer.alloc(100_000, 'x'),
    Buffer.concat([Buffer.alloc(300, 'a'), Buffer.from([0xed, 0xa0, 0x80])]),
  ];
  await out.send(socketFrames(frames) as Buffer[]);
  const received = await into.receive();
  out.close();
  into.close();
  assert.deepEqual(
    received.map((frame) => frame.toString('hex')),
    frames.map((frame) => frame.toString('hex')),
  );
});
