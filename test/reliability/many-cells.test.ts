/** "10,000 cells in a row without growth" */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { BareKernel } from '../real-kernel/bare-kernel.ts';
import { recordOf } from '../real-kernel/outputs.ts';
import { memoryOf } from '../real-kernel/processes.ts';

const CELLS = 10_000;
/** Cells that are sent before their replies are read. */
const BATCH = 20;
/** By then the caches are full: results, positions of cells for tracebacks. */
const WARM = 2_000;

/**
 * V8 lets its young generation grow to 128 MiB before it collects it with care, which would hide a leak: here it may not.
 * (Measured with 30,000 cells: the server then stays at 120 MiB, the worker at 172.)
 */
const ENV = { NODE_OPTIONS: '--max-semi-space-size=4' };
/** Resident memory may come and go by so much, in MiB: V8 gives pages back when it likes, on a busy machine later. */
const SLACK = 30;
/** How often it is looked at until it does, a second apart. */
const LOOKS = 20;
/** What is live on the worker's heap after a collection may grow by so much, in MiB: 8,000 cells with 1 kB each. */
const LIVE = 8;

test(`${CELLS} cells in a row: no growth from cell ${WARM} on, in the server or in the worker`, async () => {
  await using kernel = await BareKernel.start({ env: ENV });
  const worker = await kernel.workerPid();
  const client = await kernel.connect({ iopub: false });
  const run = async (...cells: string[]): Promise<void> => {
    for (const code of cells) await client.send('shell', 'execute_request', { code });
    for (const code of cells) assert.equal((await client.receive('shell')).content.status, 'ok', code);
  };
  const measure = async (): Promise<Readonly<Record<'live' | 'server' | 'worker', number>>> => {
    const expression = 'collect(); globalThis.process.memoryUsage().heapUsed / 2 ** 20';
    const user_expressions = { live: expression };
    await client.send('shell', 'execute_request', { code: '', silent: true, user_expressions });
    const { live } = recordOf((await client.receive('shell')).content.user_expressions);
    const megabytes = Number(recordOf(recordOf(live).data)['text/plain']);
    return { live: megabytes, server: memoryOf(kernel.pid).now, worker: memoryOf(worker).now };
  };
  await run(
    "require('node:v8').setFlagsFromString('--expose-gc'); var collect = require('node:vm').runInNewContext('gc');",
  );
  const cells = Array.from(
    { length: CELLS },
    // A result, a declaration anew, an await, a print, types to erase: what cells are made of.
    (_, n) => `const value: number = ${n}; let again = await Promise.resolve(value); console.log(again); ({ value })`,
  );
  let warm: Awaited<ReturnType<typeof measure>> | undefined;
  for (let at = 0; at < CELLS; at += BATCH) {
    if (at === WARM) warm = await measure();
    await run(...cells.slice(at, at + BATCH));
  }
  assert.ok(warm !== undefined && warm.live > 1);
  let end = await measure();
  const hasGrown = () => Math.max(end.server - warm.server, end.worker - warm.worker) >= SLACK;
  // What leaks is never given back.
  for (let look = 0; look < LOOKS && hasGrown(); look++) {
    await delay(1000);
    end = await measure();
  }
  const grown = `${JSON.stringify(warm)} -> ${JSON.stringify(end)}`;
  assert.ok(end.live - warm.live < LIVE, grown);
  assert.ok(!hasGrown(), grown);
  await kernel.stop(worker);
});
