import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationText } from './duration.ts';

test('a time has three digits that count, in a unit that suits it', () => {
  const times: readonly (readonly [ns: number, text: string])[] = [
    [0, '0 ns'],
    [0.4567, '0.457 ns'],
    [999.4, '999 ns'],
    [999.9, '1 µs'],
    [1234, '1.23 µs'],
    [999_999, '1 ms'],
    [12_345_678, '12.3 ms'],
    [1e9, '1 s'],
    [59.94e9, '59.9 s'],
    [60e9, '1 min 0 s'],
    [3599.6e9, '1 h 0 min'],
    [4000e9, '1 h 6 min'],
  ];
  for (const [ns, text] of times) assert.equal(durationText(ns), text);
});
