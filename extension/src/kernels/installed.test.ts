import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { run, source, untilSources } from './testing/cells.ts';
import { TestMachine } from './testing/test-window.ts';

test('kernelspecs come and go while the window is there', async () => {
  await using machine = new TestMachine();
  const alive = setInterval(() => undefined, 1000);
  const kernels = machine.window();
  await kernels.refresh();
  machine.install('late');
  await untilSources(kernels, (ids) => ids.includes('spec:late'));
  const kernel = await source(kernels, 'spec:late').open(machine.options());
  assert.deepEqual(await run(kernel, '6 * 7'), ['result: 42']);
  rmSync(join(machine.folder, 'path/kernels/late'), { recursive: true });
  await untilSources(kernels, (ids) => !ids.includes('spec:late'));
  clearInterval(alive);
});

test('a broken kernelspec is told with its file and the reason; the others are listed', async () => {
  await using machine = new TestMachine();
  machine.install('fine');
  writeFileSync(join(machine.install('broken'), 'kernel.json'), '{ "argv": [');
  const told: string[] = [];
  const kernels = machine.window({ tellOnce: (message) => void told.push(message) });
  await kernels.refresh();
  // The system's own kernels, such as R's, are listed too.
  const ids = kernels.sources.map(({ id }) => id);
  assert.deepEqual(ids.slice(0, 2), ['own:typescript', 'own:javascript']);
  assert.ok(ids.includes('spec:fine') && !ids.includes('spec:broken'), ids.join());
  assert.match(told[0] ?? '', /path\/kernels\/broken\/kernel\.json: not JSON/);
});

test('a kernelspec whose program is missing says which one, and where it is named', async () => {
  await using machine = new TestMachine();
  machine.install('gone', { argv: ['/nowhere/python', '-m', 'ipykernel', '-f', '{connection_file}'] });
  machine.install('absent', { argv: ['no-such-program', '{connection_file}'] });
  const kernels = machine.window();
  await kernels.refresh();
  await assert.rejects(source(kernels, 'spec:gone').open(machine.options()), {
    code: 'ERR_NO_PROGRAM',
    message: /\/nowhere\/python is not there\. Install it again, or correct .*gone\/kernel\.json/,
  });
  await assert.rejects(source(kernels, 'spec:absent').open(machine.options()), {
    code: 'ERR_NO_PROGRAM',
    message: /no-such-program is not on PATH/,
  });
});

test('a kernel that ends before it is ready is told with what it wrote', async () => {
  await using machine = new TestMachine();
  machine.install('failing', {
    argv: [process.execPath, '-e', 'console.error("No module named ipykernel"); process.exit(1)', '{connection_file}'],
  });
  const kernels = machine.window();
  await kernels.refresh();
  await assert.rejects(source(kernels, 'spec:failing').open(machine.options()), {
    code: 'ERR_KERNEL_START',
    message: /ended with exit code 1 before it was ready\.\nNo module named ipykernel\n.*-m pip install ipykernel/,
  });
});

test('the start of a kernel can be cancelled, and is bounded', async () => {
  await using machine = new TestMachine();
  machine.install('silent', { argv: [process.execPath, '-e', 'setInterval(() => {}, 1000)', '{connection_file}'] });
  const cancelling = new AbortController();
  const kernels = machine.window({ settings: { 'elara.startTimeout': 1 } });
  await kernels.refresh();
  const silent = source(kernels, 'spec:silent');
  await assert.rejects(silent.open(machine.options()), { code: 'ERR_KERNEL_START', message: /did not get ready/ });
  const opening = silent.open(machine.options({ signal: cancelling.signal, onProgress: () => cancelling.abort() }));
  await assert.rejects(opening);
});

test('nothing is started in a workspace that is not trusted', async () => {
  await using machine = new TestMachine();
  const kernels = machine.window({ trusted: () => false });
  await assert.rejects(source(kernels, 'own:typescript').open(machine.options()), { code: 'ERR_UNTRUSTED' });
});
