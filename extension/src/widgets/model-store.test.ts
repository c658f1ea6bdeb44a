import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ModelStore, placeBuffers } from './model-store.ts';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

test('an update replaces members as a whole, with their bytes', () => {
  const store = new ModelStore();
  store.open({
    id: 'a',
    state: { value: 1, data: { shape: [1] } },
    buffers: [
      { path: ['data', 'buffer'], bytes: bytes(1) },
      { path: ['image'], bytes: bytes(2) },
    ],
  });
  store.update('a', { value: 2, data: { shape: [2] } }, [{ path: ['data', 'buffer'], bytes: bytes(3) }]);
  assert.deepEqual(store.get('a'), {
    id: 'a',
    state: { value: 2, data: { shape: [2] } },
    buffers: [
      { path: ['image'], bytes: bytes(2) },
      { path: ['data', 'buffer'], bytes: bytes(3) },
    ],
  });
});

test('a member that was bytes and is none any more has none, and the other way round', () => {
  const store = new ModelStore();
  store.open({ id: 'a', state: {}, buffers: [{ path: ['value'], bytes: bytes(1) }] });
  store.update('a', { value: null }, []);
  assert.deepEqual(store.get('a'), { id: 'a', state: { value: null }, buffers: [] });
  store.update('a', {}, [{ path: ['value'], bytes: bytes(2) }]);
  assert.deepEqual(store.get('a'), { id: 'a', state: {}, buffers: [{ path: ['value'], bytes: bytes(2) }] });
});

test('what is said of a model that is not there changes nothing', () => {
  const store = new ModelStore();
  store.update('a', { value: 1 }, []);
  assert.deepEqual(store.all, []);
});

test('the buffers of a message are paired with their paths', () => {
  const view = new DataView(Uint8Array.of(9, 1, 2).buffer, 1);
  assert.deepEqual(placeBuffers([['a', 0], ['b']], [view, Uint8Array.of(3).buffer]), [
    { path: ['a', 0], bytes: bytes(1, 2) },
    { path: ['b'], bytes: bytes(3) },
  ]);
  assert.deepEqual(placeBuffers(undefined, [view]), []);
});
