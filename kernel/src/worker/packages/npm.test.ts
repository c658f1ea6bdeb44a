/** `%npm`, in a session without a project and in a project. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { TestWorker } from '../testing.ts';
import { clearCache, displayed, failure, newFolder, publishModule, startRegistry } from './testing/session.ts';

const registry = await startRegistry();
after(() => registry[Symbol.asyncDispose]());
for (const version of ['1.0.0', '1.1.0', '2.0.0']) {
  publishModule(registry, ['dice', version], `export const version = "${version}"`);
}
publishModule(registry, ['cup', '1.0.0'], 'export { version } from "dice"', { dependencies: { dice: '^1.0.0' } });
registry.publish(
  { name: 'built', version: '1.0.0', types: 'index.d.ts', scripts: { postinstall: 'node build.js' } },
  {
    'build.js': 'require("node:fs").writeFileSync("made.json", "true")',
    'index.js': 'try { module.exports = require("./made.json") } catch { module.exports = false }',
  },
);
beforeEach(() => clearCache(registry));

describe('without a package.json', () => {
  let worker: TestWorker;
  before(async () => {
    worker = await TestWorker.start(await newFolder(registry, { 'lib.ts': 'export { version } from "dice"' }));
  });
  after(() => worker[Symbol.asyncDispose]());

  test('%npm install lets cells and the modules of the notebook import a package by its name', async () => {
    await worker.value('%npm install dice@1 cup\nimport { version } from "dice"; import * as cup from "cup"');
    assert.deepEqual(displayed(worker), ['Installed dice 1.1.0.\nInstalled cup 1.0.0 and 1 package that it needs.']);
    assert.equal(
      await worker.value('[version, cup.version, require("dice").version]'),
      "[ '1.1.0', '1.1.0', '1.1.0' ]",
    );
    assert.equal(await worker.value('(await import("./lib.ts")).version'), "'1.1.0'");
    assert.deepEqual(
      worker.packages.map(({ specifier, folder }) => [specifier, existsSync(join(folder, 'package.json'))]),
      [
        ['dice', true],
        ['cup', true],
      ],
    );
  });
  test('%npm install of another version is what later imports find', async () => {
    await worker.value('%npm i npm:dice@2');
    assert.equal(await worker.value('(await import("dice")).version'), "'2.0.0'");
  });
  test('%npm ls lists what was installed', async () => {
    await worker.run('%npm ls');
    assert.match(worker.text('stdout'), /^dice@2\.0\.0 {2}\/.*\/dice\ncup@1\.0\.0 {2}\/.*\/cup\n$/);
  });
  test('%npm uninstall forgets it', async () => {
    await worker.value('%npm rm cup');
    await assert.rejects(worker.value('await import("cup")'), /Cannot find package 'cup'/);
    assert.match((await failure(worker, '%npm uninstall cup')).message, /^'cup' was not installed by %npm install/);
  });
  test('another command of npm is npm’s own', async () => {
    const { error } = await worker.run('%npm view dice version');
    assert.equal(error, undefined);
    assert.match(worker.text('stdout'), /^2\.0\.0\n$/m);
    assert.equal((await failure(worker, '%npm nonsense')).name, 'PackageError');
  });
  test('what cannot be is said', async () => {
    const rows: readonly (readonly [line: string, message: RegExp])[] = [
      ['%npm', /^%npm needs a command: %npm install lodash-es@4/],
      ['%npm install', /^%npm install needs the name of a package: there is no package\.json in /],
      ['%npm ci', /^%npm ci needs a package-lock\.json: there is no package\.json in /],
      ['%npm install ./here.tgz', /^%npm install \.\/here\.tgz: only packages of a registry/],
      ['%npm install user/repository', /^%npm install user.repository: only packages of a registry/],
      ['%npm install -g dice', /^%npm installs nothing for the whole machine/],
      ['%npm init', /asks questions/],
      ['%npm install nowhere', /^The registry has no package 'nowhere'/],
    ];
    for (const [line, message] of rows) assert.match((await failure(worker, line)).message, message);
  });
  test('install scripts are not run unless that is said, and it is told how', async () => {
    assert.equal(await worker.value('import built from "npm:built"; built'), 'false');
    assert.equal(
      displayed(worker).at(-1),
      'Installed built 1.0.0.\nNot run: the install scripts of built. If something needs them: %npm install --allow-scripts built@1.0.0',
    );
    assert.equal(await worker.value('%npm install --allow-scripts built@1.0.0\nimport now from "built"; now'), 'true');
    await using next = await TestWorker.start(await newFolder(registry));
    assert.equal(await next.value('import built from "npm:built"; built'), 'true');
  });
});

describe('with a package.json', () => {
  let folder: string;
  let worker: TestWorker;
  const manifest = () => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  before(async () => {
    folder = await newFolder(registry, { 'package.json': '{"private": true}' });
    worker = await TestWorker.start(folder);
  });
  after(() => worker[Symbol.asyncDispose]());

  test('%npm install installs there, with a lockfile, and cells import it', async () => {
    await worker.value('%npm install cup@1 built\nimport { version } from "cup"');
    assert.equal(await worker.value('version'), "'1.1.0'");
    assert.deepEqual(manifest().dependencies, { built: '^1.0.0', cup: '^1.0.0' });
    assert.ok(existsSync(join(folder, 'package-lock.json')));
    assert.deepEqual(displayed(worker), [
      'npm install cup@1 built: 3 added.\nNot run: the install scripts of built. If something needs them: %npm install cup@1 built --allow-scripts',
    ]);
    assert.equal(existsSync(registry.cache), false);
  });
  test('npm: takes it from there', async () => {
    assert.equal(await worker.value('(await import("npm:cup@1")).version'), "'1.1.0'");
    assert.equal(existsSync(registry.cache), false);
  });
  test('%npm ci installs what the lockfile says', async () => {
    publishModule(registry, ['dice', '1.5.0'], 'export const version = "1.5.0"');
    await rm(join(folder, 'node_modules'), { recursive: true });
    await worker.value('%npm ci');
    assert.equal(displayed(worker).at(-1)?.split('\n')[0], 'npm ci: 3 added.');
    assert.equal(JSON.parse(readFileSync(join(folder, 'node_modules/dice/package.json'), 'utf8')).version, '1.1.0');
  });
  test('%npm ls and %npm uninstall are npm’s', async () => {
    await worker.value('%npm ls');
    assert.match(worker.text('stdout'), /(?:──|--) built@1\.0\.0\n.*(?:──|--) cup@1\.0\.0/);
    await worker.value('%npm uninstall cup');
    assert.deepEqual(manifest().dependencies, { built: '^1.0.0' });
    assert.equal(displayed(worker).at(-1), 'npm uninstall cup: 2 removed.');
  });
  test('a package that does not exist changes nothing', async () => {
    assert.match((await failure(worker, '%npm install nowhere')).message, /^The registry has no package 'nowhere'/);
    assert.deepEqual(manifest().dependencies, { built: '^1.0.0' });
  });
});
