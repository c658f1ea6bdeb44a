/** heartbeat: "echo, byte for byte, while the user's code is busy". */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { endpoint } from '@elara/protocol/connection';
import { Dealer, Request } from 'zeromq';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
const address = endpoint(kernel.running.client.info, 'hb');

test('a REQ socket has its message echoed', async () => {
  const socket = new Request({ linger: 0, receiveTimeout: 10_000 });
  try {
    socket.connect(address);
    for (const text of ['ping', '', 'ping']) {
      await socket.send(text);
      assert.deepEqual((await socket.receive()).map(String), [text]);
    }
  } finally {
    socket.close();
  }
});

test('a DEALER socket has all its frames echoed, byte for byte', async () => {
  const socket = new Dealer({ linger: 0, receiveTimeout: 10_000 });
  try {
    socket.connect(address);
    const frames = [Buffer.alloc(0), Buffer.from([0, 1, 254, 255]), Buffer.from('<IDS|MSG>'), Buffer.alloc(100_000, 7)];
    await socket.send(frames);
    assert.deepEqual(await socket.receive(), frames);
  } finally {
    socket.close();
  }
});

for (const [what, code] of [
  ['a busy loop', 'for (;;);'],
  ['a wait of the thread', 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)'],
  ['a flood of output', 'for (;;) console.log("x".repeat(1000))'],
] as const) {
  test(`the heart beats during ${what}`, async () => {
    const client = await kernel.connect();
    const socket = new Request({ linger: 0, receiveTimeout: 10_000 });
    try {
      socket.connect(address);
      const id = await client.send('shell', 'execute_request', { code });
      while ((await client.next()).parentHeader.msg_id !== id);
      for (let beats = 0; beats < 20; beats++) {
        await socket.send(String(beats));
        assert.deepEqual((await socket.receive()).map(String), [String(beats)]);
      }
      await client.send('control', 'interrupt_request');
      await client.until(id);
      assert.equal((await client.receive('shell')).content.ename, 'InterruptError');
    } finally {
      socket.close();
      client.close();
    }
  });
}
