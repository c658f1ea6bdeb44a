/** What is answered about live objects, end to end: a worker process behind its link. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createProcessWorker } from '../../server/process-worker.ts';

const published: string[] = [];
const worker = createProcessWorker({
  folder: import.meta.dirname,
  listener: {
    publish: ({ msgType, content }) => published.push(`${msgType} ${Buffer.from(content).toString()}`),
    input: () => undefined,
    asked: async () => null,
    output: () => undefined,
    package: () => undefined,
    ended: () => undefined,
  },
});
let count = 0;

function run(code: string) {
  count += 1;
  const parent = Buffer.from('{"msg_id":"m"}');
  const flags = { silent: false, storeHistory: true, allowStdin: false, userExpressions: {} };
  return worker.execute({ parent, code, count, ...flags });
}

async function matches(code: string): Promise<readonly string[]> {
  return (await worker.complete({ code, cursor: code.length })).matches;
}

before(async () => {
  await worker.start();
});
after(() => worker.stop({ graceMs: 1_000 }));

test('completion, inspection and object information of what cells declared', async () => {
  await run(`/** Greets. */ const greet = (name: string): string => 'Hello ' + name;
const settings = { port: 1, get secret() { console.log('read'); return 1; } };`);
  assert.deepEqual(await matches('gree'), ['greet']);
  assert.deepEqual((await matches('settings.')).slice(0, 2), ['port', 'secret']);
  const inspected = await worker.inspect({ code: 'greet', cursor: 5, detailLevel: 1 });
  assert.equal(
    inspected.data['text/plain'],
    `greet: function\n\ngreet(name: string): string\n\nGreets.\n\nDefined in In[1]:1:30\n\nSource:\n\nconst greet = (name: string): string => 'Hello ' + name;`,
  );
  const info = await worker.objectInfo({ name: 'settings.secret', detailLevel: 0 });
  assert.deepEqual([info.found, info.type_name], [true, 'accessor']);
  assert.deepEqual(published, [], 'nothing was read');
});

test('while a cell waits, and after one was interrupted', async () => {
  const waiting = run(`const early = { inside: 1 }; await new Promise(() => {});`);
  assert.deepEqual(await matches('early.ins'), ['inside']);
  worker.interrupt();
  assert.equal((await waiting).status, 'error');
  assert.deepEqual(await matches('early.ins'), ['inside']);
  assert.equal((await worker.inspect({ code: 'early', cursor: 5, detailLevel: 0 })).found, true);
});

test('results of earlier cells: _, Out and _N', async () => {
  await run('({ result: { field: 1 } })');
  assert.deepEqual(await matches('_.result.fie'), ['field']);
  assert.deepEqual(await matches(`_${count}.res`), ['result']);
  assert.deepEqual(await matches(`Out[${count}].res`), ['result']);
});

test('a function that prototypes and globals were tampered with is still answered', async () => {
  await run(`Function.prototype.toString = () => { throw new Error('toString'); };
Object.getOwnPropertyNames = () => { throw new Error('names'); };`);
  assert.deepEqual(await matches('gree'), ['greet']);
  assert.equal((await worker.inspect({ code: 'greet', cursor: 5, detailLevel: 0 })).found, true);
});
