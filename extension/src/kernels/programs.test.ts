import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { type Log, SILENT } from '../log.ts';
import { ProgramCopies, programsIn } from './programs.ts';

const root = mkdtempSync(join(tmpdir(), 'elara-programs-'));
after(() => rmSync(root, { recursive: true }));

let machines = 0;

/** An extension with its programs, the folder of its copies, and windows that start them. */
function machine() {
  const at = join(root, String(++machines));
  const extensionPath = join(at, 'extension');
  const folder = join(at, 'storage', 'programs');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(extensionPath, path)), { recursive: true });
    writeFileSync(join(extensionPath, path), text);
  };
  write('kernel/dist/elara.js', 'kernel');
  write('kernel/node_modules/zeromq/addon.node', 'addon');
  write('dist/keeper.cjs', 'keeper');
  write('dist/extension.cjs', 'extension');
  const window = (version = '1.0.0', log: Log = SILENT): ProgramCopies =>
    new ProgramCopies({ extensionPath, version, folder, log });
  return { extensionPath, folder, write, window, copies: () => readdirSync(folder).sort() };
}

/** As if nobody had used it for two hours. */
function age(copy: string): void {
  const then = new Date(Date.now() - 2 * 3_600_000);
  utimesSync(copy, then, then);
}

test('the programs run from a copy, which stays when the extension is removed', async () => {
  const { extensionPath, folder, window } = machine();
  const copies = window();
  const programs = await copies.current();
  rmSync(extensionPath, { recursive: true });
  assert.deepEqual(await copies.current(), programs);
  assert.ok(programs.kernel.startsWith(join(folder, '1.0.0-')));
  assert.equal(readFileSync(programs.kernel, 'utf8'), 'kernel');
  assert.equal(readFileSync(programs.keeper, 'utf8'), 'keeper');
  const copy = dirname(dirname(programs.keeper));
  assert.equal(readFileSync(join(copy, 'kernel/node_modules/zeromq/addon.node'), 'utf8'), 'addon');
  // What is VS Code's alone.
  assert.equal(existsSync(join(copy, 'dist/extension.cjs')), false);
  if (process.platform !== 'win32') assert.equal(statSync(folder).mode & 0o077, 0);
});

test('windows that start at the same time have the same copy', async () => {
  const { window, copies } = machine();
  const one = window();
  const [first, ...others] = await Promise.all([one.current(), one.current(), window().current(), window().current()]);
  for (const other of others) assert.deepEqual(other, first);
  assert.equal(copies().length, 1);
});

test('another build of the same version has another copy', async () => {
  const { write, window, copies } = machine();
  const before = await window().current();
  write('kernel/node_modules/zeromq/addon.node', 'another');
  const now = await window().current();
  assert.notEqual(now.kernel, before.kernel);
  assert.equal(copies().length, 2);
  // A running kernel keeps what it was started from.
  assert.equal(readFileSync(join(dirname(before.kernel), '../node_modules/zeromq/addon.node'), 'utf8'), 'addon');
});

test('a damaged copy is not used', async () => {
  const { window } = machine();
  const { kernel, keeper } = await window().current();
  rmSync(keeper);
  writeFileSync(kernel, 'KERNEL');
  assert.deepEqual(await window().current(), { kernel, keeper });
  assert.equal(readFileSync(kernel, 'utf8'), 'kernel');
  assert.equal(readFileSync(keeper, 'utf8'), 'keeper');
});

test('where no copy can be made, the programs of the extension are started, and the log says so', async () => {
  const { extensionPath, folder, window } = machine();
  mkdirSync(dirname(folder), { recursive: true });
  writeFileSync(folder, 'a file');
  const said: string[] = [];
  const log = { ...SILENT, warn: (message: string) => void said.push(message) };
  assert.deepEqual(await window('1.0.0', log).current(), programsIn(extensionPath));
  assert.match(said.join('\n'), /are started from .* when the extension is updated: it cannot be copied to .*EEXIST/);
});

test('copies that nobody uses are removed, the one of this window and those of late are not', async () => {
  const { folder, window, copies } = machine();
  const old = dirname(dirname((await window('0.9.0').current()).keeper));
  const late = dirname(dirname((await window('0.9.1').current()).keeper));
  mkdirSync(join(folder, 'new-unfinished'));
  const used = window('1.0.0');
  const own = dirname(dirname((await used.current()).keeper));
  for (const copy of [old, own, join(folder, 'new-unfinished')]) age(copy);
  await used.removeOthers();
  assert.deepEqual(
    copies().map((name) => join(folder, name)),
    [late, own].sort(),
  );
});
