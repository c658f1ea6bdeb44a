import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TreeLines } from './tree-lines.ts';

interface Line {
  readonly id: string;
  readonly shown: number;
}

/** A tree of these lines, what it has told, and a way to have other ones. */
function treeOf(first: readonly Line[]) {
  let now = Promise.resolve(first);
  let listed = 0;
  const tree = new TreeLines<Line>(
    () => {
      listed += 1;
      return now;
    },
    ({ id }) => id,
  );
  const told: (string | undefined)[] = [];
  tree.onDidChange((lines) => told.push(lines?.map(({ id, shown }) => `${id}${shown}`).join(' ')));
  return { tree, told, become: (next: Promise<readonly Line[]>) => (now = next), listed: () => listed };
}

/** All that is under way comes to its end. */
const settled = () => new Promise(setImmediate);

test('a line that shows something else is the same object, and is drawn anew', async () => {
  const { tree, told, become } = treeOf([{ id: 'a', shown: 1 }]);
  const [line] = await tree.get();
  become(Promise.resolve([{ id: 'a', shown: 2 }]));
  tree.refresh();
  await settled();
  assert.deepEqual(told, ['a2']);
  assert.equal((await tree.get())[0], line);
});

test('where lines come, go or change places all are listed anew, from what is known already', async () => {
  const { tree, told, become, listed } = treeOf([
    { id: 'a', shown: 1 },
    { id: 'b', shown: 1 },
  ]);
  const before = await tree.get();
  become(Promise.resolve([{ id: 'b', shown: 1 }]));
  tree.refresh();
  await settled();
  become(Promise.resolve(before));
  tree.refresh();
  await settled();
  assert.deepEqual(told, [undefined, undefined]);
  const count = listed();
  assert.deepEqual(await tree.get(), before);
  assert.equal(listed(), count);
});

test('nothing is listed before somebody looks', async () => {
  const { tree, listed } = treeOf([]);
  tree.refresh();
  await settled();
  assert.equal(listed(), 0);
});

test('lines of what it was before are not shown', async () => {
  const { tree, become, told } = treeOf([{ id: 'old', shown: 1 }]);
  const slow = Promise.withResolvers<readonly Line[]>();
  become(slow.promise);
  const asked = tree.get();
  tree.reset();
  become(Promise.resolve([{ id: 'new', shown: 1 }]));
  slow.resolve([{ id: 'old', shown: 1 }]);
  assert.deepEqual(await asked, [{ id: 'new', shown: 1 }]);
  assert.deepEqual(told, [undefined]);
});

test('what is listed for long does not hold up what the lines are of now', { timeout: 10_000 }, async () => {
  const { tree, become } = treeOf([]);
  const slow = Promise.withResolvers<readonly Line[]>();
  become(slow.promise);
  const asked = tree.get();
  become(Promise.resolve([{ id: 'new', shown: 1 }]));
  tree.reset();
  assert.deepEqual(await asked, [{ id: 'new', shown: 1 }]);
  slow.resolve([{ id: 'old', shown: 1 }]);
  await settled();
  tree.refresh();
  await settled();
  assert.deepEqual(await tree.get(), [{ id: 'new', shown: 1 }]);
});

test('of many refreshes at once, one more listing is made', async () => {
  const { tree, listed } = treeOf([{ id: 'a', shown: 1 }]);
  await tree.get();
  for (let i = 0; i < 10; i++) tree.refresh();
  await settled();
  assert.equal(listed(), 3);
});
