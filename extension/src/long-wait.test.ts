import assert from 'node:assert/strict';
import { test } from 'node:test';
import { waitFor } from './long-wait.ts';

const AFTER_MS = 500;

/** Somebody who waits for an answer. */
function wait() {
  const answer = Promise.withResolvers<string>();
  const givenUp = Promise.withResolvers<void>();
  const seen = { told: 0, ended: false };
  const tell = async (ended: Promise<void>): Promise<void> => {
    seen.told += 1;
    const noted = ended.then(() => {
      seen.ended = true;
    });
    await Promise.race([noted, givenUp.promise]);
  };
  return { answer, givenUp, seen, outcome: waitFor(answer.promise, { tellAfterMs: AFTER_MS, tell }) };
}

test('of an answer that comes soon nothing is told', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { answer, outcome, seen } = wait();
  answer.resolve('here');
  assert.equal(await outcome, 'here');
  context.mock.timers.tick(AFTER_MS);
  assert.equal(seen.told, 0);
});

test('it is told that it takes long, until the answer comes', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { answer, outcome, seen } = wait();
  context.mock.timers.tick(AFTER_MS);
  assert.deepEqual(seen, { told: 1, ended: false });
  answer.resolve('here');
  assert.equal(await outcome, 'here');
  assert.deepEqual(seen, { told: 1, ended: true });
});

test('who gives up has no answer, and the one that comes later is nobody’s', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { answer, givenUp, outcome } = wait();
  context.mock.timers.tick(AFTER_MS);
  givenUp.resolve();
  assert.equal(await outcome, undefined);
  answer.reject(new Error('too late for anybody'));
});

test('where there will be no answer, that is said, and nothing is told any more', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { answer, outcome, seen } = wait();
  context.mock.timers.tick(AFTER_MS);
  answer.reject(new Error('the kernel ended'));
  await assert.rejects(outcome, /the kernel ended/);
  assert.deepEqual(seen, { told: 1, ended: true });
});
