/** The history of a real kernel. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestHistory, requestHistoryOnce, searchHistory } from './history-request.ts';
import { run, source } from './kernels/testing/cells.ts';
import { TestMachine } from './kernels/testing/test-window.ts';

test('a kernel that is busy is asked once, however many wait, and anew when it has answered', async () => {
  const asked: PromiseWithResolvers<object>[] = [];
  const connection = {
    requestHistory() {
      const answer = Promise.withResolvers<object>();
      asked.push(answer);
      return answer.promise;
    },
  } as object as Parameters<typeof requestHistoryOnce>[0];
  const both = [requestHistoryOnce(connection), requestHistoryOnce(connection)];
  assert.equal(asked.length, 1);
  asked[0]?.resolve({ content: { status: 'ok', history: [[1, 2, 'a']] } });
  const entries = [{ session: 1, line: 2, code: 'a' }];
  assert.deepEqual(await Promise.all(both), [entries, entries]);
  const later = requestHistoryOnce(connection);
  assert.equal(asked.length, 2);
  asked[1]?.reject(new Error('Canceled future for history_request message before replies were done'));
  await assert.rejects(later, /^Error: The kernel ended or was restarted before it told its history\.$/);
  const unwilling = requestHistoryOnce(connection);
  asked[2]?.resolve({ content: { status: 'error' } });
  await assert.rejects(unwilling, /does not give its history/);
});

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
