import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OneInSight } from './one-in-sight.ts';

/** Boxes with these names, and which were shown. */
function boxes(...names: readonly string[]) {
  const shown: string[] = [];
  const all = new OneInSight<{ name: string; show(): void }>();
  const made = names.map((name) => ({ name, show: () => void shown.push(name) }));
  for (const box of made) all.add(box);
  return { all, made, shown };
}

test('one is shown, and the next one when it is gone', () => {
  const { all, made, shown } = boxes('a', 'b', 'c');
  const [a, b, c] = made;
  assert.ok(a && b && c);
  assert.deepEqual(shown, ['a']);
  all.remove(b);
  assert.equal(all.inSight, a);
  all.remove(a);
  assert.deepEqual([shown, all.inSight, all.waiting], [['a', 'c'], c, [c]]);
  all.remove(c);
  assert.deepEqual([all.inSight, all.waiting], [undefined, []]);
});

test('one that was put aside waits until it is asked for, or another one is gone', () => {
  const { all, made, shown } = boxes('a');
  const [a] = made;
  assert.ok(a);
  all.putAside(a);
  assert.deepEqual([all.inSight, all.waiting], [undefined, [a]]);
  all.show(a);
  assert.deepEqual([shown, all.inSight], [['a', 'a'], a]);
  all.putAside(a);
  const b = { name: 'b', show: () => void shown.push('b') };
  all.add(b);
  assert.equal(all.inSight, b);
  all.putAside(a);
  assert.equal(all.inSight, b, 'it was not a that was put aside');
  all.remove(b);
  assert.equal(all.inSight, a);
});

test('what nobody waits for is not shown', () => {
  const { all, made, shown } = boxes('a');
  const [a] = made;
  assert.ok(a);
  all.remove(a);
  all.show(a);
  all.remove(a);
  assert.deepEqual([shown, all.inSight], [['a'], undefined]);
});

test('each change is told', () => {
  const { all, made } = boxes('a', 'b');
  const [a, b] = made;
  assert.ok(a && b);
  const told: (string | undefined)[] = [];
  all.onDidChange(() => void told.push(all.inSight?.name));
  all.putAside(a);
  all.show(b);
  all.remove(a);
  all.remove(b);
  assert.deepEqual(told, [undefined, 'b', 'b', undefined]);
});
