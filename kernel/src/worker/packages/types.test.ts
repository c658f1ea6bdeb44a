/** What the server is told of the packages that cells import, so that their types are known. */
import assert from 'node:assert/strict';
import { relative } from 'node:path';
import { after, test } from 'node:test';
import { TestWorker } from '../testing.ts';
import { displayed, newFolder, startRegistry, until } from './testing/session.ts';

const registry = await startRegistry();
after(() => registry[Symbol.asyncDispose]());
const source = { 'index.js': 'exports.one = 1', 'sub.js': 'exports.two = 2' };
registry.publish({ name: 'typed', version: '1.0.0', types: 'index.d.ts' }, source);
registry.publish({ name: 'plain', version: '4.2.0' }, source);
registry.publish(
  { name: '@types/plain', version: '3.0.0', types: 'index.d.ts' },
  { 'index.d.ts': 'export const one: 1' },
);
registry.publish(
  { name: '@types/plain', version: '4.0.1', types: 'index.d.ts' },
  { 'index.d.ts': 'export const one: 1' },
);
registry.publish(
  { name: '@types/plain', version: '5.0.0', types: 'index.d.ts' },
  { 'index.d.ts': 'export const one: 1' },
);
registry.publish({ name: '@scope/old', version: '9.0.0' }, source);
registry.publish({ name: '@types/scope__old', version: '1.0.0', types: 'index.d.ts' }, { 'index.d.ts': '' });
registry.publish({ name: 'untyped', version: '1.0.0' }, source);

const told = (worker: TestWorker): (readonly (string | null)[])[] => {
  const short = (path: string | null) => path && relative(registry.cache, path);
  return worker.packages.map(({ specifier, folder, types }) => [specifier, short(folder), short(types)]);
};

test('a package with types is told at once', async () => {
  await using worker = await TestWorker.start(await newFolder(registry));
  await worker.value('import { one } from "npm:typed@1"; import { two } from "npm:typed@1/sub.js"');
  const folder = 'npm/typed/1.0.0/node_modules/typed';
  assert.deepEqual(told(worker), [
    ['npm:typed@1', folder, null],
    ['npm:typed@1/sub.js', folder, null],
  ]);
});

test('types that others have written are installed beside, quietly, of the same major version where there is one', async () => {
  await using worker = await TestWorker.start(await newFolder(registry));
  await worker.value('import "npm:plain"; import "npm:plain/sub.js"; import "npm:@scope/old"');
  const shown = displayed(worker).length;
  await until('the types have come', () => told(worker).length === 6);
  const [plain, old] = ['npm/plain/4.2.0/node_modules/plain', 'npm/@scope/old/9.0.0/node_modules/@scope/old'];
  const [plainTypes, oldTypes] = [
    'npm/@types/plain/4.0.1/node_modules/@types/plain',
    'npm/@types/scope__old/1.0.0/node_modules/@types/scope__old',
  ];
  assert.deepEqual(
    told(worker).sort(),
    [
      ['npm:@scope/old', old, null],
      ['npm:@scope/old', old, oldTypes],
      ['npm:plain', plain, null],
      ['npm:plain', plain, plainTypes],
      ['npm:plain/sub.js', plain, null],
      ['npm:plain/sub.js', plain, plainTypes],
    ].sort(),
  );
  assert.equal(displayed(worker).length, shown);
  await using next = await TestWorker.start(await newFolder(registry));
  await next.value('import "npm:plain"');
  assert.deepEqual(told(next), [['npm:plain', plain, plainTypes]]);
});

test('a package without types anywhere is no error', async () => {
  await using worker = await TestWorker.start(await newFolder(registry));
  assert.equal(await worker.value('import { one } from "npm:untyped"; one'), '1');
  await until('they were looked for', () => registry.requests.includes('@types/untyped'));
  assert.equal(await worker.value('require("npm:untyped/sub.js").two'), '2');
  assert.deepEqual(worker.of('error'), []);
});
