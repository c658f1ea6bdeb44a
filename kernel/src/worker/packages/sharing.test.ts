/** Packages that must be the same one for all that use it: peers, and what is there twice. */
import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { TestWorker } from '../testing.ts';
import { cacheContents, clearCache, displayed, newFolder, publishModule, startRegistry } from './testing/session.ts';

const registry = await startRegistry();
after(() => registry[Symbol.asyncDispose]());
beforeEach(() => clearCache(registry));
for (const version of ['1.0.0', '1.1.0', '2.0.0']) {
  publishModule(
    registry,
    ['engine', version],
    `export const version = "${version}"; export const made = Symbol(version)`,
  );
}
const uses = 'export { made, version } from "engine"';
publishModule(registry, ['plugin', '1.0.0'], uses, { peerDependencies: { engine: '1' } });
publishModule(registry, ['other', '1.0.0'], uses, { dependencies: { engine: '1' } });
registry.publish(
  { name: 'classic', version: '1.0.0', main: 'index.cjs', types: 'index.d.ts', dependencies: { shared: '1' } },
  { 'index.cjs': 'module.exports = require("shared")' },
);
registry.publish(
  { name: 'shared', version: '1.0.0', main: 'index.cjs', types: 'index.d.ts' },
  { 'index.cjs': 'exports.loaded = globalThis.loaded = (globalThis.loaded ?? 0) + 1' },
);

test('a package is loaded once, also where another one has brought it in the same version', async () => {
  await using worker = await TestWorker.start(await newFolder(registry));
  await worker.value('import * as engine from "npm:engine@1"; import * as other from "npm:other"');
  assert.equal(await worker.value('[engine.made === other.made, other.version]'), "[ true, '1.1.0' ]");
  await worker.value('import classic from "npm:classic"; import shared from "npm:shared"');
  assert.equal(
    await worker.value('[classic === shared, require("npm:shared") === shared, loaded]'),
    '[ true, true, 1 ]',
  );
});

test('what is a peer is what the session has, also where that is not the newest', async () => {
  await using worker = await TestWorker.start(await newFolder(registry));
  await worker.value('import * as engine from "npm:engine@1.0.0"; import * as plugin from "npm:plugin"');
  assert.equal(await worker.value('[plugin.version, engine.made === plugin.made]'), "[ '1.0.0', true ]");
  // The next session has no engine yet, and takes that of the plugin.
  await using next = await TestWorker.start(await newFolder(registry));
  await next.value('import * as plugin from "npm:plugin"; import * as engine from "npm:engine"');
  assert.equal(await next.value('[plugin.version, engine.made === plugin.made]'), "[ '1.0.0', true ]");
  // One that has another engine takes a plugin that goes with it.
  await using third = await TestWorker.start(await newFolder(registry));
  await third.value('import * as engine from "npm:engine@1.1"; import * as plugin from "npm:plugin"');
  assert.equal(await third.value('[plugin.version, engine.made === plugin.made]'), "[ '1.1.0', true ]");
  const plugins = (await cacheContents(registry)).filter((one) => one.startsWith('plugin@'));
  assert.equal(plugins.length, 2);
  assert.match(plugins.join(), /^plugin@1\.0\.0,plugin@1\.0\.0_[0-9a-f]{8}$/);
});

test('a peer that does not fit what the session has is another one', async () => {
  await using worker = await TestWorker.start(await newFolder(registry));
  await worker.value('import * as engine from "npm:engine@2"; import * as plugin from "npm:plugin"');
  assert.equal(await worker.value('[plugin.version, engine.made === plugin.made]'), "[ '1.1.0', false ]");
});

test("a peer that the notebook's own project has is that one", async () => {
  const folder = await newFolder(registry, {
    'package.json': JSON.stringify({ dependencies: { engine: '1' } }),
    'node_modules/engine/package.json': JSON.stringify({
      name: 'engine',
      version: '1.0.0',
      type: 'module',
      exports: './index.js',
    }),
    'node_modules/engine/index.js': 'export const version = "1.0.0"; export const made = Symbol("of the project")',
  });
  await using worker = await TestWorker.start(folder);
  await worker.value('import * as engine from "engine"; import * as plugin from "npm:plugin"');
  assert.equal(await worker.value('[plugin.version, engine.made === plugin.made]'), "[ '1.0.0', true ]");
});

test('several packages of one cell are told in one place', async () => {
  await using worker = await TestWorker.start(await newFolder(registry));
  await worker.value('const [a, b] = [require("npm:classic"), require("npm:shared")]');
  assert.deepEqual(displayed(worker), [
    'Installed classic 1.0.0 and 1 package that it needs.\nInstalled shared 1.0.0.',
  ]);
});
