/** The outbound queue over real sockets, which refuse a second send while one waits. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pull, Push } from 'zeromq';
import { OutboundQueue } from './channel.ts';

const MESSAGES = 2000;
const BYTES = 20_000;

test('a reader that comes late gets everything, in order, and the queue shows how much waits', async () => {
  const push = new Push({ sendHighWaterMark: 1, linger: 0 });
  const pull = new Pull({ receiveHighWaterMark: 1 });
  await push.bind('tcp://127.0.0.1:0');
  const failures: unknown[] = [];
  const queue = new OutboundQueue((frames) => push.send([...frames]), { onError: (error) => failures.push(error) });
  for (let index = 0; index < MESSAGES; index++) {
    queue.push([Buffer.from(`${index}`), new Uint8Array(BYTES).fill(index % 256)]);
  }
  assert.equal(queue.pending, MESSAGES);
  assert.ok(queue.pendingBytes > MESSAGES * BYTES);
  pull.connect(push.lastEndpoint ?? '');
  try {
    for (let index = 0; index < MESSAGES; index++) {
      const [number, bytes] = await pull.receive();
      assert.equal(number?.toString(), `${index}`);
      assert.ok(bytes?.length === BYTES && bytes.every((byte) => byte === index % 256));
    }
    await queue.flush();
    assert.deepEqual([queue.pending, queue.pendingBytes, failures], [0, 0, []]);
  } finally {
    queue.close();
    push.close();
    pull.close();
  }
});
