/** "history_request: range, tail, search (globs, unique, n), output or not, raw or not; kept in SQLite across sessions, session numbers as IPython has them." */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const kernel = await RealKernel.start();
after(() => kernel.stop());
let client = await kernel.connect();

const CELLS = ['const first = 1', '20 + 2', 'console.log("shown")', '20 + 2', 'throw new Error("no")', '[_, first]'];

type Entry = [session: number, line: number, cell: unknown];

async function history(query: Record<string, string | number | boolean>): Promise<Entry[]> {
  const { content } = (await client.ask('history_request', { output: false, raw: true, ...query })).reply;
  assert.equal(content.status, 'ok');
  assert.ok(Array.isArray(content.history));
  return content.history.map((entry) => {
    assert.ok(Array.isArray(entry) && entry.length === 3);
    return [Number(entry[0]), Number(entry[1]), entry[2]];
  });
}

async function runAll(): Promise<void> {
  for (const code of CELLS) await client.execute(code);
}

await runAll();

test('tail gives the last n cells, oldest first', async () => {
  assert.deepEqual(await history({ hist_access_type: 'tail', n: 3 }), [
    [1, 4, '20 + 2'],
    [1, 5, 'throw new Error("no")'],
    [1, 6, '[_, first]'],
  ]);
  assert.equal((await history({ hist_access_type: 'tail', n: 100 })).length, CELLS.length);
  assert.deepEqual(await history({ hist_access_type: 'tail', n: 0 }), []);
});

test('with output, an entry has the source and the text of the result, or null', async () => {
  assert.deepEqual(
    (await history({ hist_access_type: 'tail', n: 4, output: true })).map(([, , cell]) => cell),
    [
      ['console.log("shown")', null],
      ['20 + 2', '22'],
      ['throw new Error("no")', null],
      ['[_, first]', '[ 22, 1 ]'],
    ],
  );
});

test('raw or not, the source is what was sent', async () => {
  for (const raw of [true, false]) {
    assert.deepEqual(await history({ hist_access_type: 'tail', n: 1, raw }), [[1, 6, '[_, first]']]);
  }
});

test('range gives the cells from start up to, and without, stop; session 0 is this one', async () => {
  const lines = async (start: number, stop: number, session = 0): Promise<number[]> =>
    (await history({ hist_access_type: 'range', session, start, stop })).map(([, line]) => line);
  assert.deepEqual(await lines(2, 4), [2, 3]);
  assert.deepEqual(await lines(2, 4, 1), [2, 3]);
  assert.deepEqual(await lines(5, 100), [5, 6]);
  assert.deepEqual(await lines(4, 4), []);
  assert.deepEqual(await lines(1, 7), [1, 2, 3, 4, 5, 6]);
  assert.deepEqual(await lines(1, 7, 99), []);
});

test('search knows the globs * and ?, and no others', async () => {
  const found = async (pattern: string): Promise<unknown[]> =>
    (await history({ hist_access_type: 'search', pattern })).map(([, , cell]) => cell);
  assert.deepEqual(await found('20*'), ['20 + 2', '20 + 2']);
  assert.deepEqual(await found('20 ? 2'), ['20 + 2', '20 + 2']);
  assert.deepEqual(await found('*first*'), ['const first = 1', '[_, first]']);
  assert.deepEqual(await found('[[]_*'), []);
  assert.deepEqual(await found('[_*'), ['[_, first]']);
  assert.deepEqual(await found('first'), []);
});

test('search gives the last n; with unique each source once, the last time', async () => {
  assert.deepEqual(await history({ hist_access_type: 'search', pattern: '20*', unique: true }), [[1, 4, '20 + 2']]);
  assert.deepEqual(await history({ hist_access_type: 'search', pattern: '*', n: 2 }), [
    [1, 5, 'throw new Error("no")'],
    [1, 6, '[_, first]'],
  ]);
});

test('search gives outputs if they are asked for', async () => {
  assert.deepEqual(await history({ hist_access_type: 'search', pattern: '20*', unique: true, output: true }), [
    [1, 4, ['20 + 2', '22']],
  ]);
});

test('a restart begins another session, from which the earlier one is -1, or its number', async () => {
  client.close();
  await kernel.running.restart();
  client = await kernel.connect();
  await client.execute('"second session"');
  assert.deepEqual(await history({ hist_access_type: 'tail', n: 2 }), [
    [1, 6, '[_, first]'],
    [2, 1, '"second session"'],
  ]);
  const range = { hist_access_type: 'range', start: 1, stop: 2 };
  for (const session of [-1, 1]) assert.deepEqual(await history({ ...range, session }), [[1, 1, 'const first = 1']]);
  for (const session of [0, 2]) assert.deepEqual(await history({ ...range, session }), [[2, 1, '"second session"']]);
  assert.deepEqual(await history({ hist_access_type: 'search', pattern: '*first*', n: 1 }), [[1, 6, '[_, first]']]);
});

test('a worker that dies ends no session', async () => {
  await client.execute('globalThis.process.exit(1)');
  await client.execute('"after"');
  assert.deepEqual(await history({ hist_access_type: 'tail', n: 2 }), [
    [2, 2, 'globalThis.process.exit(1)'],
    [2, 3, '"after"'],
  ]);
});

test('a source of any text is kept as it is', async () => {
  const code = '/* \u0000 🎈 \' " ; -- \r\n */ 1';
  await client.execute(code);
  assert.deepEqual(await history({ hist_access_type: 'tail', n: 1 }), [[2, 4, code]]);
});
