import assert from 'node:assert/strict';
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type TestContext, test } from 'node:test';
import { interruptChildren, interruptLastChild, watchChildren } from './children.ts';
import { RunningCell, runInCell } from './running-cell.ts';

/** The one that the tests run on, and one without /proc. */
const PLATFORMS = [process.platform, 'darwin'];

watchChildren();

for (const platform of PLATFORMS) {
  test(`the child that was started last is interrupted, and no other (${platform})`, async (t) => {
    become(platform, t);
    const other = await start(t);
    const last = await start(t);
    const ended = once(last, 'exit');
    await interruptLastChild();
    assert.deepEqual(await ended, [null, 'SIGINT']);
    assert.ok(runs(other));
  });

  test(`what a cell has started is interrupted, and nothing of another's (${platform})`, async (t) => {
    become(platform, t);
    const [cell, another] = [aCell(), aCell()];
    const children = await inCell(cell, () => Promise.all([start(t), start(t)]));
    const detached = await inCell(cell, () => start(t, { detached: true }));
    const others = await inCell(another, () => start(t));
    const ended = Promise.all(children.map((child) => once(child, 'exit')));
    await interruptChildren([cell]);
    assert.deepEqual((await ended).flat(), [null, 'SIGINT', null, 'SIGINT']);
    assert.ok(runs(detached) && runs(others));
    assert.deepEqual([...cell.children], [detached]);
  });
}

test('what code starts after its cell has ended is not the cell’s', async (t) => {
  const cell = aCell();
  cell.answered = true;
  await inCell(cell, () => start(t));
  assert.equal(cell.children.size, 0);
});

function aCell(): RunningCell {
  return new RunningCell({
    op: 'execute',
    id: 1,
    parent: Buffer.from('{}'),
    code: '',
    count: 1,
    silent: false,
    storeHistory: true,
    allowStdin: false,
    userExpressions: {},
  });
}

function inCell<Result>(cell: RunningCell, action: () => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => runInCell(cell, () => void action().then(resolve, reject)));
}

/** A process that has told that it runs. */
async function start(t: TestContext, options: SpawnOptions = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', 'console.log(1); process.stdin.resume()'], options);
  t.after(() => child.kill());
  assert.ok(child.stdout !== null);
  await once(child.stdout, 'data');
  return child;
}

function runs({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function become(platform: string, t: TestContext): void {
  const own = Object.getOwnPropertyDescriptor(process, 'platform');
  assert.ok(own !== undefined);
  Object.defineProperty(process, 'platform', { ...own, value: platform });
  t.after(() => Object.defineProperty(process, 'platform', own));
}
