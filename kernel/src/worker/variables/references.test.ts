import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { FIRST_REFERENCE, References, type View } from './references.ts';

const all: View = { of: { kind: 'contents' } };

test('the same view of the same object has the same number, any other another', () => {
  const references = new References();
  const [one, other] = [{}, {}];
  const number = references.to({ object: one, view: all, path: 'one' });
  assert.ok(number >= FIRST_REFERENCE);
  assert.equal(references.to({ object: one, view: { of: { kind: 'contents' } }, path: 'one' }), number);
  const others = [
    references.to({ object: other, view: all, path: 'one' }),
    references.to({ object: one, view: all, path: 'one.self' }),
    references.to({ object: one, view: { ...all, range: { part: 'indexed', start: 0, end: 5 } }, path: 'one' }),
    references.to({ object: one, view: { of: { kind: 'entry', index: 1 } }, path: undefined }),
  ];
  assert.equal(new Set([number, ...others]).size, 5);
  assert.deepEqual(references.from(number), { object: one, view: all, path: 'one' });
  assert.equal(references.from(1), undefined);
});

test('the oldest numbers are forgotten, and given anew when they are asked for', () => {
  const references = new References();
  const objects = Array.from({ length: 60_000 }, () => ({}));
  const numbers = objects.map((object) => references.to({ object, view: all, path: undefined }));
  const [first, last] = [numbers[0] ?? 0, numbers.at(-1) ?? 0];
  assert.equal(references.from(first), undefined);
  assert.equal(references.from(last)?.object, objects.at(-1));
  const again = references.to({ object: objects[0] ?? assert.fail(), view: all, path: undefined });
  assert.ok(again > last);
  assert.equal(references.from(again)?.object, objects[0]);
});

test('a number keeps nothing alive', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const references = new References();
  const number = (() => references.to({ object: { large: new Array(1000) }, view: all, path: undefined }))();
  for (let times = 0; times < 10 && references.from(number) !== undefined; times += 1) {
    await new Promise(setImmediate);
    collect();
  }
  assert.equal(references.from(number), undefined);
});
