import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { findConnectionFile } from './find-connection-file.ts';

const root = await mkdtemp(path.join(tmpdir(), 'elara-find-'));
after(() => rm(root, { recursive: true }));
const here = path.join(root, 'here');
const runtime = path.join(root, 'runtime');
const folders = [here, path.join(root, 'missing'), runtime];

for (const [index, file] of [
  path.join(here, 'kernel-a1.json'),
  path.join(runtime, 'kernel-a1.json'),
  path.join(runtime, 'kernel-b1.json'),
  path.join(runtime, 'kernel-b2.json'),
  path.join(runtime, 'nbserver-1.json'),
  path.join(runtime, 'kernel-b3.txt'),
].entries()) {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, '{}');
  await utimes(file, index, index);
}
await mkdir(path.join(here, 'kernel-folder.json'));

const find = (name?: string) => findConnectionFile(name, folders);

test('a path, or a name, in the order of the folders', async () => {
  assert.equal(await find(path.join(runtime, 'kernel-a1.json')), path.join(runtime, 'kernel-a1.json'));
  assert.equal(await find('kernel-a1.json'), path.join(here, 'kernel-a1.json'));
  assert.equal(await find('nbserver-1.json'), path.join(runtime, 'nbserver-1.json'));
});

test('a part of a name or a pattern: the latest that fits', async () => {
  assert.equal(await find('a1'), path.join(runtime, 'kernel-a1.json'));
  assert.equal(await find('b'), path.join(runtime, 'nbserver-1.json'));
  assert.equal(await find('kernel-?1.json'), path.join(runtime, 'kernel-b1.json'));
  assert.equal(await find(), path.join(runtime, 'kernel-b2.json'));
});

test('nothing that fits is an error that says where it was looked for', async () => {
  for (const name of ['c', 'kernel-folder.json', 'kernel-(.json', 'b3.txt/x']) {
    await assert.rejects(find(name), {
      code: 'ERR_FILE_MISSING',
      message: new RegExp(runtime.replaceAll('\\', '\\\\')),
    });
  }
});
