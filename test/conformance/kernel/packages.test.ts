/** Packages that cells import by `npm:` or install by `%npm`, through a real kernel: they run, and their types follow at once. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { TestRegistry } from '@elara/kernel/worker/packages/testing/registry';
import { contentsOf, recordOf, resultOf, shape } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

const registry = await TestRegistry.start({ modules: join(import.meta.dirname, '../../../node_modules') });
const kernel = await RealKernel.start({ env: registry.env });
after(async () => {
  await kernel.stop();
  await registry[Symbol.asyncDispose]();
});
registry.publish(
  { name: '@fair/dice', version: '1.2.0', exports: { '.': './dice.js', './loaded': './loaded.js' } },
  {
    'dice.js': 'exports.roll = (sides) => ({ sides, pips: 4 });',
    'dice.d.ts':
      'export interface Throw { sides: number; pips: number }\n/** Throws a die. */\nexport function roll(sides: number): Throw;',
    'loaded.js': 'exports.cheat = () => 6;',
    'loaded.d.ts': 'export function cheat(): 6;',
  },
);
const client = await kernel.connect();

async function matches(code: string): Promise<string[]> {
  const { reply } = await client.ask('complete_request', { code, cursor_pos: code.length });
  const { matches: found } = reply.content;
  assert.ok(Array.isArray(found));
  return found.map(String);
}

async function inspected(code: string): Promise<string> {
  const { reply } = await client.ask('inspect_request', { code, cursor_pos: code.length, detail_level: 0 });
  return String(recordOf(reply.content.data)['text/plain']);
}

test('an import of npm: shows its progress in the cell that has it, and then runs', async () => {
  const { reply, published } = await client.execute('import { chunk } from "npm:lodash-es@4"; chunk([1, 2, 3], 2)');
  assert.equal(reply.content.status, 'ok');
  assert.equal(resultOf(published), '[ [ 1, 2 ], [ 3 ] ]');
  const kinds = shape(published);
  assert.equal(kinds[2], 'display_data');
  assert.equal(kinds.at(-2), 'execute_result');
  const { version } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../../node_modules/lodash-es/package.json'), 'utf8'),
  );
  const last = contentsOf(published, 'update_display_data').at(-1);
  assert.equal(recordOf(last?.data)['text/plain'], `Installed lodash-es ${version}.`);
});

test('its types are known to the next cell, and those that others have written come by themselves', async () => {
  await client.execute('import * as dice from "npm:@fair/dice@1"; import lodash from "npm:lodash"');
  assert.deepEqual(await matches('dice.ro'), ['roll']);
  assert.deepEqual(await matches('const thrown = dice.roll(6); thrown.p'), ['pips']);
  assert.match(await inspected('dice.roll'), /roll\(sides: number\): .*Throw[\s\S]*Throws a die\./);
  assert.deepEqual(await matches('lodash.chunk([[1]]).flat().toFix'), []);
  const deadline = performance.now() + 20_000;
  while (!(await matches('lodash.chunk([1.5], 1)[0][0].toFix')).includes('toFixed')) {
    assert.ok(performance.now() < deadline, 'no types of lodash');
  }
});

test('names are completed inside an import of a package that no cell has run, if it is installed', async () => {
  assert.deepEqual(await matches('import { ro } from "npm:@fair/dice@^1.0"; ro'), ['ro']);
  assert.deepEqual(await matches('import * as again from "npm:@fair/dice@^1.0"; again.ro'), ['roll']);
  assert.deepEqual(await matches('import { cheat } from "npm:@fair/dice/loaded"; cheat().toFix'), ['toFixed']);
  assert.equal(
    (await client.ask('complete_request', { code: 'import "npm:', cursor_pos: 12 })).reply.content.status,
    'ok',
  );
});

test('what is installed is completed after npm:', async () => {
  assert.deepEqual(await matches('import "npm:lod'), ['npm:lodash', 'npm:lodash-es']);
  assert.deepEqual(await matches('import "npm:@fa'), ['npm:@fair/dice']);
  assert.deepEqual(await matches('import "npm:@fair/dice@1/'), ['npm:@fair/dice@1/loaded']);
  assert.deepEqual(await matches('import "npm:lodash-es@4/debounc'), ['npm:lodash-es@4/debounce.js']);
});

test('%npm install makes a package known by its bare name, with its types', async () => {
  const { reply } = await client.execute(
    '%npm install @fair/dice zod\nimport { z } from "zod"; import { cheat } from "@fair/dice/loaded"',
  );
  assert.equal(reply.content.status, 'ok');
  assert.ok((await matches('z.stri')).includes('string'));
  assert.deepEqual(await matches('import { cheat } from "@fair/dice/loaded"; cheat().toFix'), ['toFixed']);
  assert.deepEqual(await matches('import * as dice2 from "@fair/dice"; dice2.ro'), ['roll']);
  assert.deepEqual(await matches('cheat().toFix'), ['toFixed']);
});

test('a package that does not exist fails the cell, with what to do', async () => {
  const { reply } = await client.execute('import x from "npm:no-such-thing"');
  assert.equal(reply.content.status, 'error');
  assert.equal(reply.content.ename, 'PackageError');
  assert.match(String(reply.content.evalue), /^The registry has no package 'no-such-thing' .*Look at the spelling/);
  const traceback = reply.content.traceback;
  assert.ok(Array.isArray(traceback) && !traceback.join().includes('kernel/src'), String(traceback));
});

test('interrupt_request ends an installation', async () => {
  registry.trouble = (path) => (path.startsWith('late') ? 'silence' : undefined);
  const id = await client.send('shell', 'execute_request', { code: 'import "npm:late"' });
  const deadline = performance.now() + 20_000;
  while (!registry.requests.includes('late')) {
    assert.ok(performance.now() < deadline, 'npm does not ask');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await client.ask('interrupt_request', {}, { channel: 'control' });
  const published = await client.until(id);
  assert.equal(contentsOf(published, 'error')[0]?.ename, 'InterruptError');
  assert.equal((await client.receive('shell')).content.status, 'error');
});
