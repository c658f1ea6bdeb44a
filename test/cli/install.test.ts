import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { test } from 'node:test';
import { parseKernelSpec } from '@elara/protocol/kernelspec';
import { ENTRY, Place } from './elara.ts';

test('install writes both kernelspecs for the user, with logos and absolute paths', async () => {
  await using place = await Place.make();
  const { code, stdout } = await place.run(['install']);
  assert.equal(code, 0);
  for (const name of ['typescript', 'javascript']) {
    const folder = place.path('data', 'kernels', name);
    assert.ok(stdout.includes(folder));
    assert.deepEqual((await readdir(folder)).sort(), [
      'kernel.json',
      'logo-32x32.png',
      'logo-64x64.png',
      'logo-svg.svg',
    ]);
    const spec = parseKernelSpec(await readFile(join(folder, 'kernel.json'), 'utf8'), 'kernel.json');
    assert.equal(spec.language, name);
    assert.equal(spec.interrupt_mode, 'message');
    assert.equal(spec.kernel_protocol_version, '5.6');
    assert.equal(spec.metadata?.debugger, true);
    assert.ok(isAbsolute(spec.argv[0]) && existsSync(spec.argv[0]));
    assert.ok(spec.argv.includes(ENTRY));
    assert.ok(spec.argv.includes('{connection_file}'));
  }
});

test('--prefix, --name and --display-name say where and what', async () => {
  await using place = await Place.make();
  const { code } = await place.run(['install', '--prefix', 'p', '--name', 'My-Kernel', '--display-name', 'Mine']);
  assert.equal(code, 0);
  const folder = place.path('p', 'share', 'jupyter', 'kernels');
  assert.deepEqual(await readdir(folder), ['my-kernel']);
  const spec = parseKernelSpec(await readFile(join(folder, 'my-kernel', 'kernel.json'), 'utf8'), 'kernel.json');
  assert.equal(spec.display_name, 'Mine');
  assert.equal(spec.language, 'typescript');
  assert.equal((await place.run(['uninstall', '--prefix', 'p', '--name', 'my-kernel'])).code, 0);
  assert.deepEqual(await readdir(folder), []);
});

test('list shows the installed kernels and the broken ones with the reason; uninstall removes ours', async () => {
  await using place = await Place.make();
  await place.run(['install']);
  const kernels = place.path('data', 'kernels');
  await mkdir(join(kernels, 'corrupt'));
  await place.write(join('data', 'kernels', 'corrupt', 'kernel.json'), '{');
  await mkdir(join(kernels, 'gone'));
  const gone = { argv: [place.path('no-such-program')], display_name: 'Gone', language: 'x' };
  await place.write(join('data', 'kernels', 'gone', 'kernel.json'), gone);

  const { stdout } = await place.run(['list']);
  assert.match(stdout, /^typescript +TypeScript \(Elara\) +typescript +.*kernels.typescript$/m);
  assert.match(stdout, /Broken:[\s\S]*corrupt[\s\S]*not JSON/);
  assert.match(stdout, /gone[\s\S]*no-such-program does not exist/);

  const listed: unknown = JSON.parse((await place.run(['list', '--json'])).stdout);
  assert.ok(typeof listed === 'object' && listed !== null && 'kernelspecs' in listed && 'broken' in listed);
  assert.ok(Object.keys(listed.kernelspecs ?? {}).includes('javascript'));

  const removed = await place.run(['uninstall']);
  assert.equal(removed.code, 0);
  assert.deepEqual((await readdir(kernels)).sort(), ['corrupt', 'gone']);
  const again = await place.run(['uninstall']);
  assert.equal(again.code, 1);
  assert.match(again.stderr, /Nothing to remove/);
});

test("another program's kernelspec is left alone unless it is asked for", async () => {
  await using place = await Place.make();
  const folder = place.path('data', 'kernels', 'typescript');
  await mkdir(folder, { recursive: true });
  const foreign = { argv: ['tslab'], display_name: 'tslab', language: 'typescript' };
  await place.write(join('data', 'kernels', 'typescript', 'kernel.json'), foreign);
  const refused = await place.run(['install', '--name', 'typescript']);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /another program \(tslab\).*--name.*--replace/s);
  assert.equal((await place.run(['uninstall', '--name', 'typescript'])).code, 1);
  assert.ok(existsSync(folder));
  assert.equal((await place.run(['install', '--name', 'typescript', '--replace'])).code, 0);
  assert.match(await place.read(join('data', 'kernels', 'typescript', 'kernel.json')), /Elara/);
});

test('wrong uses are refused', async () => {
  await using place = await Place.make();
  const uses: [string[], RegExp][] = [
    [['install', '--user', '--prefix', 'p'], /only one of/],
    [['install', '--display-name', 'X'], /needs --name/],
    [['install', '--name', 'x', '--language', 'ruby'], /typescript or javascript/],
    [['install', 'extra'], /extra/],
    [['uninstall', '--user', '--sys-prefix'], /only one of/],
  ];
  for (const [args, reason] of uses) {
    const { code, stderr } = await place.run(args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, reason);
  }
  const name = await place.run(['install', '--name', 'a/b']);
  assert.equal(name.code, 1);
  assert.match(name.stderr, /not a name for a kernel/);
});
