/** The cache of the kernels: what it saves, and what nobody can break. */
import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { TestWorker } from '../testing.ts';
import {
  cacheContents,
  clearCache,
  displayed,
  failure,
  newFolder,
  publishModule,
  startRegistry,
  until,
} from './testing/session.ts';

const registry = await startRegistry();
after(() => registry[Symbol.asyncDispose]());
for (const version of ['1.0.0', '1.1.0', '2.0.0']) {
  publishModule(registry, ['dice', version], `export const version = "${version}"`);
}
publishModule(registry, ['cup', '1.0.0'], 'export { version } from "dice"', { dependencies: { dice: '^1.0.0' } });

beforeEach(async () => {
  await clearCache(registry);
  await rm(join(registry.folder, 'npm'), { recursive: true, force: true });
  registry.trouble = () => undefined;
  registry.requests.length = 0;
});

test('a package is shown while it is installed, and told in one line in the end', async () => {
  await using worker = await TestWorker.start(await newFolder(registry));
  assert.equal(await worker.value('import { version } from "npm:cup"; version'), "'1.1.0'");
  assert.deepEqual(displayed(worker), ['Installed cup 1.0.0 and 1 package that it needs.']);
  const [first] = worker.of('display_data', 'cell-1');
  assert.deepEqual(first?.content.data, {
    'text/plain': 'Installing cup …',
    'text/html': '<div style="opacity: 0.7; white-space: pre-line">Installing cup …</div>',
  });
  assert.ok(worker.of('update_display_data', 'cell-1').length > 0);
  assert.deepEqual(await cacheContents(registry), ['cup@1.0.0']);
});

test('what the cache has needs no network, no npm, and shows nothing', async () => {
  {
    await using worker = await TestWorker.start(await newFolder(registry));
    await worker.value('import "npm:dice@1.0"; import "npm:dice@2"; import "npm:cup"');
  }
  registry.requests.length = 0;
  registry.trouble = () => 500;
  await using worker = await TestWorker.start(await newFolder(registry));
  const versions = [];
  for (const wanted of ['@1', '@^1.0.0', '@<2', '@1.0.0', '@2', '@*']) {
    versions.push(await worker.value(`(await import("npm:dice${wanted}")).version`));
  }
  assert.deepEqual(versions, ["'1.0.0'", "'1.0.0'", "'1.0.0'", "'1.0.0'", "'2.0.0'", "'2.0.0'"]);
  assert.equal(await worker.value('(await import("npm:cup")).version'), "'1.1.0'");
  assert.deepEqual(displayed(worker), []);
  assert.deepEqual(registry.requests, []);
});

test('without a version it is the latest one when it is installed first, and stays that', async () => {
  {
    await using worker = await TestWorker.start(await newFolder(registry));
    await worker.value('import "npm:dice@1"');
  }
  await using worker = await TestWorker.start(await newFolder(registry));
  assert.equal(await worker.value('(await import("npm:dice")).version'), "'2.0.0'");
  publishModule(registry, ['dice', '3.0.0'], 'export const version = "3.0.0"');
  await using later = await TestWorker.start(await newFolder(registry));
  assert.equal(await later.value('(await import("npm:dice")).version'), "'2.0.0'");
  assert.equal(await later.value('(await import("npm:dice@latest")).version'), "'3.0.0'");
  publishModule(registry, ['dice', '2.0.1'], 'export const version = "2.0.1"');
});

test('where the registry does not answer, a tag is what it was', async () => {
  {
    await using worker = await TestWorker.start(await newFolder(registry));
    await worker.value('import "npm:dice@latest"');
  }
  registry.trouble = () => 503;
  await using worker = await TestWorker.start(await newFolder(registry));
  assert.equal(await worker.value('(await import("npm:dice@latest")).version'), "'2.0.1'");
  assert.deepEqual(displayed(worker), ['dice@latest was not installed.\nTaking dice 2.0.1, which is installed.']);
});

test('a session keeps to one version where another cell asks for less', async () => {
  await using worker = await TestWorker.start(await newFolder(registry));
  assert.equal(await worker.value('(await import("npm:dice@1.0.0")).version'), "'1.0.0'");
  assert.equal(await worker.value('(await import("npm:dice")).version'), "'1.0.0'");
  assert.equal(await worker.value('(await import("npm:dice@1")).version'), "'1.0.0'");
});

test('two kernels that need the same at the same time install it once', async () => {
  await using one = await TestWorker.start(await newFolder(registry));
  await using other = await TestWorker.start(await newFolder(registry));
  const cell = 'import { version } from "npm:cup@1"; version';
  assert.deepEqual(await Promise.all([one.value(cell), other.value(cell)]), ["'1.1.0'", "'1.1.0'"]);
  assert.equal(registry.requests.filter((path) => path.includes('cup-1.0.0.tgz')).length, 1);
  assert.deepEqual(await cacheContents(registry), ['cup@1.0.0']);
});

test('cells of one kernel that need the same at the same time install it once', async () => {
  await using worker = await TestWorker.start(await newFolder(registry));
  const cell =
    'const all = await Promise.all(["cup", "cup", "cup"].map((name) => import("npm:" + name))); all.map((one) => one.version)';
  assert.equal(await worker.value(cell), "[ '1.1.0', '1.1.0', '1.1.0' ]");
  assert.equal(registry.requests.filter((path) => path === 'cup').length, 1);
});

test('an interrupt ends npm and leaves nothing; the cell can be run again', async () => {
  registry.trouble = (path) => (path.endsWith('.tgz') ? 'silence' : undefined);
  await using worker = await TestWorker.start(await newFolder(registry));
  const running = worker.run('globalThis.reached = 1; import "npm:cup"; reached = 2');
  await until('npm fetches', () => registry.requests.some((path) => path.endsWith('.tgz')));
  worker.link.interrupt();
  const { error } = await running;
  assert.equal(error?.ename, 'InterruptError');
  await until('it is cleared away', async () => (await cacheContents(registry)).length === 0);
  assert.equal(await worker.value('globalThis.reached'), undefined);
  registry.trouble = () => undefined;
  assert.equal(await worker.value('import { version } from "npm:cup"; version'), "'1.1.0'");
});

test('a kernel that is killed while it installs holds nobody up and leaves nothing half', async () => {
  registry.trouble = (path) => (path.endsWith('.tgz') ? 'silence' : undefined);
  const killed = await TestWorker.start(await newFolder(registry));
  const lost = assert.rejects(killed.run('import "npm:cup"'));
  await until('npm fetches', () => registry.requests.some((path) => path.endsWith('.tgz')));
  const { pid } = killed.link;
  assert.ok(pid);
  process.kill(-pid, 'SIGKILL');
  await lost;
  assert.equal((await cacheContents(registry)).filter((one) => one.startsWith('left')).length, 2);
  registry.trouble = () => undefined;
  await using worker = await TestWorker.start(await newFolder(registry));
  assert.equal(await worker.value('import { version } from "npm:cup"; version'), "'1.1.0'");
  assert.deepEqual(await cacheContents(registry), ['cup@1.0.0']);
});

test('what somebody has removed from the cache by hand is installed again', async () => {
  {
    await using worker = await TestWorker.start(await newFolder(registry));
    await worker.value('import "npm:dice@1"');
  }
  await rm(join(registry.cache, 'npm/dice/1.1.0/node_modules/dice'), { recursive: true });
  await using worker = await TestWorker.start(await newFolder(registry));
  assert.equal(await worker.value('(await import("npm:dice@1")).version'), "'1.1.0'");
});

test('an error says what to do', async () => {
  await using worker = await TestWorker.start(await newFolder(registry));
  const rows: readonly (readonly [trouble: number | undefined, specifier: string, message: RegExp])[] = [
    [
      undefined,
      'npm:nowhere',
      /^The registry has no package 'nowhere' \(Not Found.*\)\. Look at the spelling; .*'npm login'\)\.$/,
    ],
    [
      undefined,
      'npm:dice@77',
      /^No matching version found for dice@77\. 'npm view dice versions' lists those that there are\.$/,
    ],
    [undefined, 'npm:dice@nightly', /^No matching version found for dice@nightly\./],
    [500, 'npm:dice@1', /^The registry did not answer \(500 .*\), and is needed for dice@1\. Try again when/],
    [401, 'npm:dice@1', /^The registry does not give dice@1: .*'npm login'/],
    [403, 'npm:dice@1', /^The registry does not give dice@1: .*'npm login'/],
  ];
  for (const [trouble, specifier, message] of rows) {
    registry.trouble = () => trouble;
    const error = await failure(worker, `import "${specifier}"`);
    assert.equal(error.name, 'PackageError');
    assert.match(error.message, message);
  }
  assert.deepEqual(await cacheContents(registry), []);
});

test('a cache that cannot be written is told', async () => {
  const blocked = join(registry.folder, 'blocked');
  await writeFile(blocked, '');
  process.env.ELARA_CACHE = blocked;
  try {
    await using worker = await TestWorker.start(await newFolder(registry));
    const { name, message } = await failure(worker, 'import "npm:dice@1"');
    assert.equal(name, 'PackageError');
    assert.match(
      message,
      /^The cache .*blocked cannot be written \(E\w+\)\. Make it so, or name another folder in ELARA_CACHE/,
    );
  } finally {
    process.env.ELARA_CACHE = registry.cache;
  }
});

test('a dependency that does not exist is named', async () => {
  publishModule(registry, ['broken', '1.0.0'], '', { dependencies: { 'nowhere-at-all': '1' } });
  await using worker = await TestWorker.start(await newFolder(registry));
  assert.match((await failure(worker, 'import "npm:broken"')).message, /^The registry has no package 'nowhere-at-all'/);
});

test('a folder of the project that lists a package is where it comes from', async () => {
  const installed = (version: string) => ({
    'node_modules/dice/package.json': JSON.stringify({
      name: 'dice',
      version,
      type: 'module',
      exports: './index.js',
      types: 'index.d.ts',
    }),
    'node_modules/dice/index.js': `export const version = "${version} of the project"`,
  });
  const folder = await newFolder(registry, {
    'package.json': JSON.stringify({ devDependencies: { dice: '^1.0.0' } }),
    ...installed('1.0.5'),
    'notebooks/README.md': '',
  });
  await using worker = await TestWorker.start(join(folder, 'notebooks'));
  assert.equal(await worker.value('(await import("npm:dice@1")).version'), "'1.0.5 of the project'");
  assert.equal(await worker.value('(await import("npm:dice")).version'), "'1.0.5 of the project'");
  assert.equal(await worker.value('(await import("npm:dice@2")).version'), "'2.0.1'");
  assert.deepEqual(await cacheContents(registry), ['dice@2.0.1']);
  const unlisted = await newFolder(registry, { 'package.json': '{}', ...installed('1.0.5') });
  await using other = await TestWorker.start(unlisted);
  assert.equal(await other.value('(await import("npm:dice@1")).version'), "'1.1.0'");
});
