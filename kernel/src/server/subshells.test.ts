import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Job } from './queue.ts';
import { MOST_SUBSHELLS, type Shell, Subshells } from './subshells.ts';

/** A job that runs until it is told to end. */
function job(name: string, events: string[], abortable = true): Job & { end(): void } {
  const ended = Promise.withResolvers<void>();
  return {
    client: 'a',
    abortable,
    async run() {
      events.push(`begin ${name}`);
      await ended.promise;
      events.push(`end ${name}`);
    },
    abort: () => void events.push(`abort ${name}`),
    end: ended.resolve,
  };
}

function created(subshells: Subshells): [string, Shell] {
  const id = subshells.create();
  const shell = id === undefined ? undefined : subshells.get(id);
  assert.ok(id !== undefined && shell !== undefined);
  return [id, shell];
}

test('subshells are listed in the order of their creation, the main one not', () => {
  const subshells = new Subshells();
  const [one] = created(subshells);
  const [two] = created(subshells);
  assert.notEqual(one, two);
  assert.deepEqual(subshells.ids, [one, two]);
  assert.equal(subshells.delete(one), true);
  assert.equal(subshells.delete(one), false);
  assert.deepEqual(subshells.ids, [two]);
  assert.equal(subshells.get(one), undefined);
});

test('there is an end to them', () => {
  const subshells = new Subshells();
  for (let count = 0; count < MOST_SUBSHELLS; count++) assert.ok(subshells.create() !== undefined);
  assert.equal(subshells.create(), undefined);
  subshells.delete(subshells.ids[0] ?? '');
  assert.ok(subshells.create() !== undefined);
});

test('a deleted one runs to the end what runs, aborts the cells that wait, and loses no message of a comm', async () => {
  const subshells = new Subshells();
  const [id, { queue }] = created(subshells);
  const events: string[] = [];
  const [running, waiting, comm, late] = [
    job('running', events),
    job('waiting', events),
    job('comm', events, false),
    job('late', events, false),
  ];
  for (const each of [running, waiting, comm]) queue.push(each);
  subshells.delete(id);
  assert.deepEqual(events, ['begin running', 'abort waiting']);
  // What a frontend sent on shell before it deleted the subshell on control may come after that.
  assert.equal(subshells.forComm(id).queue, queue);
  subshells.forComm(id).queue.push(late);
  for (const each of [running, comm, late]) each.end();
  while (queue.running !== undefined) await queue.running;
  assert.deepEqual(events.slice(2), ['end running', 'begin comm', 'end comm', 'begin late', 'end late']);
  await new Promise(setImmediate);
  assert.equal(subshells.forComm(id), subshells.main);
});

test('at the end all queues are closed', () => {
  const subshells = new Subshells();
  const [id, ending] = created(subshells);
  const [, other] = created(subshells);
  const events: string[] = [];
  ending.queue.push(job('running', events));
  subshells.delete(id);
  ending.queue.push(job('comm', events, false));
  other.queue.push(job('other', events));
  other.queue.push(job('behind', events));
  subshells.close();
  subshells.main.queue.push(job('main', events));
  assert.deepEqual(events, ['begin running', 'begin other', 'abort behind', 'abort comm', 'abort main']);
});
