import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { findNode, type NodeHost } from './node.ts';

const folder = mkdtempSync(join(tmpdir(), 'elara-node-'));
after(() => rmSync(folder, { recursive: true }));

/** A program that says that it is this version of Node. */
function program(name: string, version: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho ${version}\n`);
  chmodSync(file, 0o755);
  return file;
}

const host: NodeHost = { execPath: '/code', version: '24.11.0', electron: true, path: '' };

test('the Node of VS Code runs the kernels, if it is new enough', async () => {
  assert.deepEqual(await findNode('', host), { path: '/code', env: { ELECTRON_RUN_AS_NODE: '1' } });
  assert.deepEqual(await findNode('', { ...host, electron: false }), { path: '/code', env: {} });
});

test('or else the one on PATH', async () => {
  const node = program('node', 'v24.0.0');
  assert.deepEqual(await findNode('', { ...host, version: '22.22.0', path: folder }), { path: node, env: {} });
});

test('what is missing is said, and what to do', async () => {
  program('node', 'v20.1.0');
  await assert.rejects(findNode('', { ...host, version: '22.22.0', path: folder }), {
    code: 'ERR_NODE',
    message:
      /need Node\.js 24 or newer\. This VS Code brings 22\.22\.0, and the one on PATH \(.*\) is 20\.1\.0\. Install/,
  });
  await assert.rejects(findNode('', { ...host, version: '22.22.0' }), { message: /there is none on PATH/ });
});

test('the setting names another one', async () => {
  const named = program('named', 'v26.0.0');
  assert.deepEqual(await findNode(named, host), { path: named, env: {} });
  await assert.rejects(findNode(program('old', 'v18.0.0'), host), {
    message: /elara\.node names .*old, which is Node\.js 18/,
  });
  await assert.rejects(findNode('/nowhere/node', host), { message: /\/nowhere\/node cannot be run/ });
  await assert.rejects(findNode(program('other', 'Python 3.11'), host), { message: /other is no Node\.js/ });
});

test('a program is asked once for its version, and again when it is another one', async () => {
  const asked = join(folder, 'asked');
  const node = program('counting', `v24.0.0; echo >> '${asked}'`);
  for (let time = 0; time < 2; time++) await findNode(node, host);
  assert.equal(readFileSync(asked, 'utf8'), '\n');
  rmSync(node);
  program('counting', 'v18.0.0');
  await assert.rejects(findNode(node, host), { message: /which is Node\.js 18/ });
  // One that was updated because it was too old.
  program('counting', 'v24.1.0');
  assert.deepEqual(await findNode(node, host), { path: node, env: {} });
});
