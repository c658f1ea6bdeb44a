import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Checked, currentProblems } from './current-problems.ts';

const FIRST: Checked<string> = { session: 'first', version: 1 };

/** What is shown when the cell is `after` by the time of the answer. */
function shown(before: Checked<string> | undefined, after = before, ask = async () => ['wrong']) {
  let looks = 0;
  return currentProblems(() => (looks++ === 0 ? before : after), ask);
}

test('the problems of a text that is still there are shown', async () => {
  assert.deepEqual(await shown(FIRST), ['wrong']);
  // It is looked at anew each time.
  assert.deepEqual(await shown(FIRST, { ...FIRST }), ['wrong']);
});

test('the answer about an older text is none', async () => {
  assert.equal(await shown(FIRST, { ...FIRST, version: 2 }), undefined);
});

test('nor is that of a kernel that the notebook does not have any more', async () => {
  assert.equal(await shown(FIRST, { ...FIRST, session: 'second' }), undefined);
});

test('a cell that nobody checks has no problems, also if it comes to that meanwhile', async () => {
  const none = () => assert.fail('nobody is to be asked');
  assert.deepEqual(await currentProblems(() => undefined, none), []);
  let there: Checked<string> | undefined = FIRST;
  const gone = currentProblems(
    () => there,
    async () => {
      there = undefined;
      return ['wrong'];
    },
  );
  assert.deepEqual(await gone, []);
});

test('a kernel that cannot tell is an error', async () => {
  await assert.rejects(
    shown(FIRST, FIRST, () => Promise.reject(new Error('ended'))),
    /ended/,
  );
});
