import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExecutionQueue, type Job } from './queue.ts';

function queueOf(): { queue: ExecutionQueue; events: string[]; job: (name: string, more?: Partial<Job>) => void } {
  const queue = new ExecutionQueue();
  const events: string[] = [];
  const job = (name: string, more: Partial<Job> = {}): void =>
    queue.push({
      client: 'a',
      abortable: true,
      async run() {
        events.push(`begin ${name}`);
        await new Promise(setImmediate);
        events.push(`end ${name}`);
      },
      abort: () => void events.push(`abort ${name}`),
      ...more,
    });
  return { queue, events, job };
}

test('jobs run one at a time, in their order', async () => {
  const { queue, events, job } = queueOf();
  job('1');
  job('2');
  assert.equal(queue.waiting, 1);
  while (queue.running !== undefined) await queue.running;
  assert.deepEqual(events, ['begin 1', 'end 1', 'begin 2', 'end 2']);
  job('3');
  while (queue.running !== undefined) await queue.running;
  assert.deepEqual(events.slice(4), ['begin 3', 'end 3']);
});

test('what is taken for a client is what may be aborted and has not begun; the rest keeps its place', async () => {
  const { queue, events, job } = queueOf();
  job('1');
  job('2');
  job('comm', { abortable: false });
  job('other', { client: 'b' });
  job('3');
  for (const taken of queue.take('a')) taken.abort();
  while (queue.running !== undefined) await queue.running;
  assert.deepEqual(events, [
    'begin 1',
    'abort 2',
    'abort 3',
    'end 1',
    'begin comm',
    'end comm',
    'begin other',
    'end other',
  ]);
});

test('what can run beside a cell does, one at a time and in order, also past cells that wait', async () => {
  const { queue, events, job } = queueOf();
  const cell = Promise.withResolvers<void>();
  let open = false;
  const besides = { abortable: false, beside: () => open };
  job('cell', { run: () => cell.promise });
  job('opens', { abortable: false });
  job('next');
  job('first', besides);
  job('second', besides);
  assert.equal(events.length, 0);
  open = true;
  job('third', besides);
  while (!events.includes('end third')) await new Promise(setImmediate);
  assert.deepEqual(
    events,
    ['first', 'second', 'third'].flatMap((name) => [`begin ${name}`, `end ${name}`]),
  );
  cell.resolve();
  while (queue.running !== undefined) await queue.running;
  assert.deepEqual(events.slice(6), ['begin opens', 'end opens', 'begin next', 'end next']);
});

test('what can run beside a cell waits for its turn where none runs', async () => {
  const { queue, events, job } = queueOf();
  job('comm', { abortable: false });
  job('another', { abortable: false, beside: () => true });
  while (queue.running !== undefined) await queue.running;
  assert.deepEqual(events, ['begin comm', 'end comm', 'begin another', 'end another']);
});

test('a closed queue aborts what waits and what comes', async () => {
  const { queue, events, job } = queueOf();
  job('1');
  job('2');
  queue.close();
  job('3');
  while (queue.running !== undefined) await queue.running;
  assert.deepEqual(events, ['begin 1', 'abort 2', 'abort 3', 'end 1']);
});

test("the next one begins when the user's code of the one that runs has ended; then it is not aborted any more", async () => {
  const { queue, events, job } = queueOf();
  const gate = Promise.withResolvers<void>();
  const begin = (name: string) => ({ begin: () => void events.push(`early ${name}`) });
  job('1', { run: () => gate.promise });
  queue.beginNext();
  job('2', begin('2'));
  job('3', begin('3'));
  queue.beginNext();
  assert.deepEqual(events, ['early 2']);
  for (const taken of queue.take('a')) taken.abort();
  gate.resolve();
  while (queue.running !== undefined) await queue.running;
  assert.deepEqual(events, ['early 2', 'abort 3', 'begin 2', 'end 2']);
});
