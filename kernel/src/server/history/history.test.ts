import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, before, test } from 'node:test';
import { makeLog } from '../log.ts';
import type { HistoryQuery } from './entries.ts';
import { History } from './history.ts';

let folder: string;
let log: string[] = [];

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'elara-history-'));
});

after(() => rm(folder, { recursive: true }));

function open(file?: string): History {
  log = [];
  return new History({ log: makeLog('debug', (line) => log.push(line)), ...(file === undefined ? {} : { file }) });
}

/** A session with these sources, from cell 1 on. */
async function session(file: string, sources: readonly string[]): Promise<void> {
  const history = open(file);
  for (const [index, source] of sources.entries()) history.add({ line: index + 1, source, output: null });
  await history.close();
}

const tail = (n: number, more: Partial<HistoryQuery> = {}): HistoryQuery => ({ hist_access_type: 'tail', n, ...more });
const range = (more: Partial<HistoryQuery>): HistoryQuery => ({ hist_access_type: 'range', ...more });
const search = (pattern: string, more: Partial<HistoryQuery> = {}): HistoryQuery => ({
  hist_access_type: 'search',
  pattern,
  ...more,
});

test('sessions are numbered from 1, each one more than the last in the file', async () => {
  const file = path.join(folder, 'numbers', 'history.sqlite');
  await session(file, ['a']);
  await session(file, ['b', 'c']);
  const history = open(file);
  history.add({ line: 1, source: 'd', output: null });
  assert.deepEqual(await history.find(tail(10)), [
    [1, 1, 'a'],
    [2, 1, 'b'],
    [2, 2, 'c'],
    [3, 1, 'd'],
  ]);
  await history.close();
});

test('nothing is opened before it is needed', async () => {
  const file = path.join(folder, 'unused.sqlite');
  await open(file).close();
  await assert.rejects(stat(file), { code: 'ENOENT' });
});

test('tail: the last n, oldest first, with output', async () => {
  const history = open();
  for (let line = 1; line <= 30; line++)
    history.add({ line, source: `s${line}`, output: line % 2 ? `o${line}` : null });
  assert.deepEqual(await history.find(tail(2, { output: true })), [
    [1, 29, ['s29', 'o29']],
    [1, 30, ['s30', null]],
  ]);
  assert.equal((await history.find({ hist_access_type: 'tail' })).length, 10);
  await history.close();
});

test('range: of this session, of one by number, of one counted back, open at either end', async () => {
  const file = path.join(folder, 'range.sqlite');
  await session(file, ['a1', 'a2', 'a3', 'a4']);
  await session(file, ['b1', 'b2']);
  const history = open(file);
  for (const line of [1, 2, 3]) history.add({ line, source: `c${line}`, output: null });
  const sources = async (query: Partial<HistoryQuery>): Promise<unknown[]> =>
    (await history.find(range(query))).map(([, , source]) => source);
  assert.deepEqual(await sources({ session: 0, start: 1, stop: 2 }), ['c1']);
  assert.deepEqual(await sources({}), ['c1', 'c2', 'c3']);
  assert.deepEqual(await sources({ session: 1, start: 2, stop: 4 }), ['a2', 'a3']);
  assert.deepEqual(await sources({ session: -1 }), ['b1', 'b2']);
  assert.deepEqual(await sources({ session: -2, start: 3 }), ['a3', 'a4']);
  assert.deepEqual(await sources({ session: 0, start: -2 }), ['c2', 'c3']);
  assert.deepEqual(await sources({ session: 0, stop: -1 }), ['c1', 'c2']);
  assert.deepEqual(await sources({ session: 9 }), []);
  await history.close();
});

test('search: globs of * and ? only, n, unique', async () => {
  const history = open();
  const sources = ['let a = 1', 'a[0]', 'let b = 2', 'let a = 1', 'a0'];
  for (const [index, source] of sources.entries()) history.add({ line: index + 1, source, output: null });
  const lines = async (query: HistoryQuery): Promise<unknown[]> => (await history.find(query)).map(([, line]) => line);
  assert.deepEqual(await lines(search('let*')), [1, 3, 4]);
  assert.deepEqual(await lines(search('let ? = *')), [1, 3, 4]);
  assert.deepEqual(await lines(search('let*', { n: 2 })), [3, 4]);
  assert.deepEqual(await lines(search('let*', { unique: true })), [3, 4]);
  assert.deepEqual(await lines(search('a[0]')), [2]);
  assert.deepEqual(await lines(search('*', { unique: true, n: 2 })), [4, 5]);
  assert.deepEqual(await lines({ hist_access_type: 'search' }), [1, 2, 3, 4, 5]);
  await history.close();
});

test('the file has the tables of IPython, and is for the user alone', async () => {
  const file = path.join(folder, 'tables.sqlite');
  const history = open(file);
  history.add({ line: 1, source: 'x', output: '2' });
  await history.close();
  assert.equal((await stat(file)).mode & 0o777, 0o600);
  const database = new DatabaseSync(file);
  const [sessions] = database.prepare('SELECT session, start, end, num_cmds, remark FROM sessions').all();
  assert.equal(sessions?.session, 1);
  assert.equal(sessions?.num_cmds, 1);
  assert.match(String(sessions?.start), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+$/);
  assert.notEqual(sessions?.end, null);
  assert.deepEqual(
    { ...database.prepare('SELECT * FROM history').get() },
    {
      session: 1,
      line: 1,
      source: 'x',
      source_raw: 'x',
    },
  );
  assert.deepEqual({ ...database.prepare('SELECT * FROM output_history').get() }, { session: 1, line: 1, output: '2' });
  database.close();
});

test('a file that is locked is tried again, and what was done meanwhile is known', async () => {
  const file = path.join(folder, 'locked.sqlite');
  await session(file, ['before']);
  const other = new DatabaseSync(file);
  other.exec('BEGIN EXCLUSIVE');
  const history = open(file);
  history.add({ line: 1, source: 'meanwhile', output: null });
  assert.deepEqual(
    (await history.find(tail(5))).map(([, , source]) => source),
    ['meanwhile'],
  );
  assert.equal(log.filter((line) => line.includes('is locked by another process')).length, 1);
  other.exec('COMMIT');
  other.close();
  assert.deepEqual(await history.find(tail(5)), [
    [1, 1, 'before'],
    [2, 1, 'meanwhile'],
  ]);
  await history.close();
});

test('a corrupt file is left as it is: a warning, and memory', async () => {
  const file = path.join(folder, 'corrupt.sqlite');
  await writeFile(file, 'this is not a database, and long enough to be read as the header of one. '.repeat(20));
  const before = await readFile(file, 'utf8');
  const history = open(file);
  history.add({ line: 1, source: 'x', output: null });
  assert.deepEqual(await history.find(tail(5)), [[1, 1, 'x']]);
  assert.equal(log.length, 1);
  assert.match(log[0] ?? '', /cannot be used .*kept in memory only/);
  await history.close();
  assert.equal(await readFile(file, 'utf8'), before);
});

test('a place where no file can be: a warning, and memory', async () => {
  const file = path.join(folder, 'a-folder');
  await mkdir(file);
  const history = open(file);
  history.add({ line: 1, source: 'x', output: null });
  assert.deepEqual(await history.find(tail(5)), [[1, 1, 'x']]);
  assert.equal(log.length, 1);
  await history.close();
});

test('a file with a write-ahead log, which several machines cannot share, has none any more', async () => {
  const file = path.join(folder, 'ahead', 'history.sqlite');
  await session(file, ['a']);
  const older = new DatabaseSync(file);
  older.exec('PRAGMA journal_mode = WAL; UPDATE sessions SET remark = 1;');
  older.close();
  const history = open(file);
  history.add({ line: 1, source: 'b', output: null });
  assert.equal((await history.find(tail(10))).length, 2);
  assert.deepEqual(await readdir(path.dirname(file)), ['history.sqlite']);
  await history.close();
});

test('two kernels share a file', async () => {
  const file = path.join(folder, 'shared.sqlite');
  const [one, two] = [open(file), open(file)];
  one.add({ line: 1, source: 'one', output: null });
  two.add({ line: 1, source: 'two', output: null });
  await Promise.all([one.find(tail(1)), two.find(tail(1))]);
  assert.deepEqual(new Set((await one.find(tail(5))).map(([, , source]) => source)), new Set(['one', 'two']));
  await one.close();
  await two.close();
});
