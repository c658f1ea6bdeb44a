import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { REPLAY_WINDOW, ReplayWindow } from './replay.ts';

function signature(number: number, digest = 'sha256'): Buffer {
  return Buffer.from(createHash(digest).update(String(number)).digest('hex'));
}

test('a signature is admitted once', () => {
  for (const digest of ['sha256', 'md5', 'sha512']) {
    const window = new ReplayWindow();
    assert.ok(window.admit(signature(1, digest)));
    assert.ok(window.admit(signature(2, digest)));
    assert.ok(!window.admit(signature(1, digest)));
    assert.ok(!window.admit(signature(2, digest)));
  }
});

test('65,536 signatures are kept, and a tenth is culled, the oldest first', () => {
  assert.equal(REPLAY_WINDOW, 65_536);
  const window = new ReplayWindow();
  for (let number = 0; number < REPLAY_WINDOW; number++) window.admit(signature(number));
  assert.equal(window.size, REPLAY_WINDOW);
  assert.ok(!window.admit(signature(0)));
  assert.ok(window.admit(signature(REPLAY_WINDOW)));
  const culled = Math.ceil(REPLAY_WINDOW / 10);
  assert.equal(window.size, REPLAY_WINDOW - culled + 1);
  assert.ok(!window.admit(signature(culled)));
  assert.ok(!window.admit(signature(REPLAY_WINDOW)));
  assert.ok(window.admit(signature(culled - 1)));
});

test('a window never grows beyond its capacity', () => {
  const window = new ReplayWindow(10);
  for (let number = 0; number < 1000; number++) {
    window.admit(signature(number));
    assert.ok(window.size <= 10);
    assert.ok(!window.admit(signature(number)));
  }
});

test('a window holds one signature at least', () => {
  for (const capacity of [0, -1, 1.5, Number.NaN]) assert.throws(() => new ReplayWindow(capacity), RangeError);
  const window = new ReplayWindow(1);
  assert.ok(window.admit(signature(1)));
  assert.ok(!window.admit(signature(1)));
  assert.ok(window.admit(signature(2)));
});
