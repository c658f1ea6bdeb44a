/** The history of a real kernel. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestHistory, searchHistory } from './history-request.ts';
import { run, source } from './kernels/testing/cells.ts';
import { TestMachine } from './kernels/testing/test-window.ts';

test('what was run comes newest first, each text once, also from earlier sessions', async () => {
  await using machine = new TestMachine();
  const open = () => source(machine.window(), 'own:typescript').open(machine.options());
  const earlier = await open();
  await run(earlier, 'const Earlier = 1;');
  await earlier.shutdown();
  const kernel = await open();
  for (const code of ['1 + 1', '"two\\nlines";\n2', '1 + 1']) await run(kernel, code);
  const entries = await requestHistory(kernel.connection);
  assert.deepEqual(
    entries.map(({ code }) => code),
    ['1 + 1', '"two\\nlines";\n2', 'const Earlier = 1;'],
  );
  assert.equal(entries[0]?.line, 3);
  assert.ok(Number(entries[0]?.session) > Number(entries[2]?.session));
  assert.deepEqual(
    searchHistory(entries, 'EARLIER').map(({ code }) => code),
    ['const Earlier = 1;'],
  );
});
