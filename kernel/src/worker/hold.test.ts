import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hold, holdEach, releaseHeld } from './hold.ts';

async function fails(): Promise<never> {
  await undefined;
  throw new Error('later');
}

test('an error that comes through hold has the frames of who awaits it', async () => {
  async function cell(): Promise<void> {
    await hold(fails());
  }
  await assert.rejects(cell(), ({ stack }: Error) => /at async cell/.test(stack ?? ''));
});

test('an error of a step has the frames of the loop', async () => {
  async function* steps(): AsyncGenerator<never> {
    yield await fails();
  }
  async function cell(): Promise<void> {
    for await (const step of holdEach(steps())) assert.fail(step);
  }
  await assert.rejects(cell(), ({ stack }: Error) => /at async cell/.test(stack ?? ''));
});

test('what is no promise is given back as it is', async () => {
  assert.equal(hold(1), 1);
  const thenable = {};
  Reflect.set(thenable, 'then', (resolve: (value: number) => void) => resolve(2));
  assert.equal(await hold(thenable), 2);
});

test('what is held is released by an error, once', async () => {
  const awaited = hold(new Promise(() => undefined));
  const later = holdEach(
    (async function* () {
      yield await new Promise(() => undefined);
    })(),
  )
    [Symbol.asyncIterator]()
    .next();
  releaseHeld(new Error('released'));
  await assert.rejects(Promise.resolve(awaited), /released/);
  await assert.rejects(later, /released/);
  const settled = hold(Promise.resolve(3));
  assert.equal(await settled, 3);
  releaseHeld(new Error('nothing is held'));
});
