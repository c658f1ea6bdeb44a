import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RemoteChannel } from '@elara/gateway';
import { Outgoing } from './outgoing.ts';

test('what cannot be sent now is sent later, in order', async () => {
  let isFree = false;
  const channel = {
    tryExclusive(action: () => void) {
      if (isFree) action();
      return isFree;
    },
  } as RemoteChannel;
  const sent: number[] = [];
  const outgoing = new Outgoing(channel);
  for (const n of [1, 2, 3]) outgoing.push(() => void sent.push(n));
  assert.equal(sent.length, 0);
  isFree = true;
  while (sent.length < 3) await sleep(1);
  outgoing.push(() => void sent.push(4));
  assert.equal(sent.join(), '1,2,3,4');
});
