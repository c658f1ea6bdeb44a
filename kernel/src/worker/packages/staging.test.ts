import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Staging } from './staging.ts';

const cache = await mkdtemp(join(tmpdir(), 'elara-staging-'));
after(() => rm(cache, { recursive: true }));

test('what is made appears as a whole, in the place where it is to be', async () => {
  const place = join(cache, 'npm/dice/1.0.0');
  {
    await using staging = await Staging.make(cache, { name: 'x' });
    await staging.write('more.json', {});
    assert.ok(!existsSync(place));
    await staging.publish(place, () => false);
  }
  assert.equal(await readFile(join(place, 'package.json'), 'utf8'), '{\n  "name": "x"\n}\n');
  assert.deepEqual(await readdir(join(cache, 'tmp')), []);
});

test('what is not published leaves nothing', async () => {
  await assert.rejects(async () => {
    await using staging = await Staging.make(cache, {});
    assert.ok(existsSync(staging.folder));
    throw new Error('interrupted');
  }, /interrupted/);
  assert.deepEqual(await readdir(join(cache, 'tmp')), []);
});

test('what is complete stays; what is not is replaced', async () => {
  for (const [name, complete, expected] of [
    ['complete', true, 'theirs'],
    ['broken', false, 'ours'],
  ] as const) {
    const place = join(cache, name);
    await mkdir(place);
    await writeFile(join(place, 'who'), 'theirs');
    await using staging = await Staging.make(cache, {});
    await writeFile(join(staging.folder, 'who'), 'ours');
    await staging.publish(place, () => complete);
    assert.equal(await readFile(join(place, 'who'), 'utf8'), expected);
  }
});

test('what others have abandoned is removed, what they work on is not', async () => {
  const id = '00000000-0000-4000-8000-000000000000';
  const dead = spawnSync(process.execPath, ['-e', '']).pid;
  const names = [
    `${dead}-${id}-${hostname()}`,
    `${process.pid}-${id}-${hostname()}`,
    `1-${id}-elsewhere`,
    `2-${id}-elsewhere`,
  ];
  for (const name of names) await mkdir(join(cache, 'tmp', name), { recursive: true });
  const longAgo = new Date(Date.now() - 3 * 24 * 60 * 60_000);
  await utimes(join(cache, 'tmp', `2-${id}-elsewhere`), longAgo, longAgo);
  await using staging = await Staging.make(cache, {});
  const left = (await readdir(join(cache, 'tmp'))).filter((name) => !staging.folder.endsWith(name));
  assert.deepEqual(left.sort(), [names[1], names[2]].sort());
});
