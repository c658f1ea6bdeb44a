/** What is shown of a real kernel. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { run, source } from '../../kernels/testing/cells.ts';
import { TestMachine } from '../../kernels/testing/test-window.ts';
import { SILENT } from '../../log.ts';
import { askUsage } from '../requests.ts';
import { until } from '../testing.ts';
import { kernelEntries, shownKernel } from './kernel-entry.ts';
import { KernelWatch } from './kernel-watch.ts';

const machine = new TestMachine();
after(() => machine[Symbol.asyncDispose]());
const kernels = machine.window();
const kernel = await source(kernels, 'own:typescript').open(machine.options());

test('a kernel tells its memory and how many cells it has run, also before somebody looked', async () => {
  await run(kernel, '1');
  await run(kernel, '2');
  await until('the kernel to be idle', () => kernel.connection.status === 'idle');
  const watch = new KernelWatch(SILENT);
  watch.follow(kernels.open);
  const entries = kernelEntries(kernels.open, kernels.sources);
  assert.deepEqual(
    entries.map(({ name, state }) => `${name} ${state}`),
    ['TypeScript (Elara) idle'],
  );
  await watch.measure(entries);
  assert.ok(Number(watch.memory(kernel.id)) > 30e6);
  assert.ok((await askUsage(kernel.connection)).memory > 30e6);
  assert.equal(watch.cells(kernel.id), 2);
  await run(kernel, '3');
  assert.equal(watch.cells(kernel.id), 3);
  const waiting = run(kernel, 'await new Promise(() => {})');
  await until('the cell to run', () => watch.isBusy(kernel));
  // What is asked beside the cell does not end it.
  await watch.measure(entries);
  assert.ok(watch.isBusy(kernel));
  await kernel.interrupt();
  await waiting;
  await kernel.restart();
  assert.equal(watch.cells(kernel.id), 0);
  assert.equal(watch.isBusy(kernel), false);
  watch.dispose();
});

test('a kernel that another window has is listed once, as it is known', async () => {
  const other = machine.window();
  await other.refresh();
  const [entry] = kernelEntries([], other.sources);
  assert.deepEqual([entry?.id, entry?.state, entry?.place?.kind], [kernel.id, 'away', 'local']);
  assert.equal(kernelEntries(kernels.open, other.sources).length, 1);
  assert.ok(entry);
  const shown = shownKernel(entry, { memory: 123_456_789, cells: undefined, notebooks: ['a.ipynb'] });
  assert.match(shown.description, /^running, process \d+ · 123 MB$/);
  assert.match(shown.spoken, /^TypeScript \(Elara\), running, process \d+, 123 MB, runs a\.ipynb$/);
  assert.equal(shown.contextValue, 'kernel running local');
  assert.match(shown.tooltip.join('\n'), /TypeScript \\\(Elara\\\)[\s\S]*Connection file/);
});
