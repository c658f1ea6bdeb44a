import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TypedCompletion } from './complete.ts';
import { KeptMembers } from './kept-members.ts';

const list: TypedCompletion = {
  place: { kind: 'member', prefix: '', start: 2, end: 2 },
  matches: [],
  general: false,
};

test('a list is kept until something changes', () => {
  let state = 1;
  const kept = new KeptMembers(() => state);
  assert.equal(kept.of('a'), undefined);
  kept.keeper('a')(list);
  assert.equal(kept.of('a'), list);
  assert.equal(kept.of('a.b'), undefined);
  state = 2;
  assert.equal(kept.of('a'), undefined);
  kept.keeper('a')(list);
  assert.equal(kept.of('a'), list);
});

test('a list that was overtaken by a change is not kept', () => {
  let state = 1;
  const kept = new KeptMembers(() => state);
  const keep = kept.keeper('a');
  state = 2;
  keep(list);
  assert.equal(kept.of('a'), undefined);
});

test('of many lists the oldest are forgotten', () => {
  const kept = new KeptMembers(() => 1);
  for (let count = 0; count < 100; count += 1) kept.keeper(`a${count}`)(list);
  assert.equal(kept.of('a0'), undefined);
  assert.equal(kept.of('a99'), list);
});
