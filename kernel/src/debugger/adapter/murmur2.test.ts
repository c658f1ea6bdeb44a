import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HASH_SEED, murmur2 } from './murmur2.ts';

// By ipykernel's `murmur2_x86`.
const rows = [
  ['', 3990065800],
  ['a', 2167009006],
  ['ab', 2805137849],
  ['abc', 3350977461],
  ['abcd', 804720481],
  ['const x = 1;', 2401825191],
  ['ünï 𝒳\n', 3260792729],
  ['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', 4066827676],
] as const;

for (const [text, hash] of rows) {
  test(`the hash of ${JSON.stringify(text)}`, () => {
    assert.equal(murmur2(text, HASH_SEED), hash);
  });
}
