/** The rows of a data view, from a real kernel. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run, source } from '../../kernels/testing/cells.ts';
import { TestMachine } from '../../kernels/testing/test-window.ts';
import { until } from '../testing.ts';
import { variableSourceOf } from '../variables/source-of.ts';
import { DataFeed } from './data-feed.ts';

test('rows come from the kernel that the notebook has, and changes are told', async () => {
  await using machine = new TestMachine();
  const kernels = machine.window();
  const query = { start: 0, count: 10, filters: [], fresh: true };
  let changes = 0;
  const changed = (count: number): Promise<void> => until(`change ${count}`, () => changes >= count);
  const feed = new DataFeed(
    () => kernels.open[0],
    variableSourceOf,
    () => void changes++,
  );
  await assert.rejects(feed.page('rows', query), /no running kernel\. Run the cell/);
  const kernel = await source(kernels, 'own:typescript').open(machine.options());
  feed.follow();
  feed.follow();
  // The kernel is there, and has told its variables.
  await changed(2);
  await run(kernel, 'const rows = [{ a: 1 }];');
  await changed(3);
  assert.deepEqual((await feed.page('rows', query)).rows, [{ index: 0, cells: ['1'] }]);
  await kernel.restart();
  await changed(5);
  await assert.rejects(feed.page('rows', query), /no value of rows/);
  await run(kernel, 'const rows = [{ a: 2 }, { a: 3 }];');
  await changed(6);
  assert.equal((await feed.page('rows', query)).total, 2);
  feed.dispose();
  await assert.rejects(feed.page('rows', query), /no running kernel/);
});
