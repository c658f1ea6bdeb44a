import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../client/testing/temporary-folder.ts';
import { KernelSpecError, NoSuchKernelError } from './errors.ts';
import { discoverKernelSpecs, findKernelSpecs, getKernelSpec } from './find.ts';

const GOOD = { argv: ['run', '-f', '{connection_file}'], display_name: 'Good', language: 'toy' };

/** A host whose only kernelspecs are those in the directories given. */
async function hostWith(...places: Record<string, string | object>[]) {
  const root = temporaryFolder();
  const paths: string[] = [];
  for (const [index, specs] of places.entries()) {
    const place = join(root, String(index));
    paths.push(place);
    for (const [name, spec] of Object.entries(specs)) {
      await mkdir(join(place, 'kernels', name), { recursive: true });
      const text = typeof spec === 'string' ? spec : JSON.stringify(spec);
      await writeFile(join(place, 'kernels', name, 'kernel.json'), text);
    }
  }
  const env = { JUPYTER_PATH: paths.join(':'), JUPYTER_PLATFORM_DIRS: '1', XDG_DATA_DIRS: '/nowhere' };
  return { root, host: { platform: 'linux', home: '/home/nobody-here', env } as const };
}

test('the first of several with one name wins, letter case ignored', async () => {
  const { root, host } = await hostWith({ Toy: { ...GOOD, display_name: 'First' } }, { toy: GOOD, other: GOOD });
  const found = await findKernelSpecs(host);
  assert.deepEqual([...found.keys()].sort(), ['other', 'toy']);
  assert.equal(found.get('toy')?.spec.display_name, 'First');
  assert.equal(found.get('toy')?.resourceDir, join(root, '0/kernels/Toy'));
  assert.equal((await getKernelSpec('TOY', host)).name, 'toy');
});

test('interrupt_mode, env, metadata and kernel_protocol_version are read; a byte order mark is passed over', async () => {
  const spec = {
    ...GOOD,
    interrupt_mode: 'Message',
    env: { A: '1' },
    metadata: { debugger: true },
    kernel_protocol_version: '5.6',
  };
  const { host } = await hostWith({ toy: `\uFEFF${JSON.stringify(spec)}` });
  assert.deepEqual((await getKernelSpec('toy', host)).spec, { ...spec, interrupt_mode: 'message' });
});

for (const [what, text, reason] of [
  ['no JSON', '{', /kernel\.json: not JSON/],
  ['no object', '[]', /must be a JSON object/],
  ['no argv', { ...GOOD, argv: undefined }, /argv must be/],
  ['an empty argv', { ...GOOD, argv: [] }, /argv must be/],
  ['no display_name', { ...GOOD, display_name: 1 }, /display_name must be a string/],
  ['no language', { ...GOOD, language: null }, /language must be a string/],
  ['an unknown interrupt_mode', { ...GOOD, interrupt_mode: 'shout' }, /interrupt_mode must be/],
  ['an env that is no map of strings', { ...GOOD, env: { A: 1 } }, /env must map/],
] as const) {
  test(`a kernelspec with ${what} is reported with the reason, and named when it is asked for`, async () => {
    const { host } = await hostWith({ toy: text, fine: GOOD });
    const { found, broken } = await discoverKernelSpecs(host);
    assert.deepEqual([...found.keys()], ['fine']);
    assert.equal(broken[0]?.name, 'toy');
    assert.match(broken[0]?.error.message ?? '', reason);
    await assert.rejects(
      getKernelSpec('toy', host),
      (error) =>
        error instanceof KernelSpecError && error.code === 'ERR_KERNELSPEC_BROKEN' && reason.test(error.message),
    );
  });
}

test('a name that is no name is reported', async () => {
  const { host } = await hostWith({ 'my kernel': GOOD });
  const { found, broken } = await discoverKernelSpecs(host);
  assert.equal(found.size, 0);
  assert.equal(broken[0]?.error.code, 'ERR_KERNELSPEC_NAME');
});

test('a directory without kernel.json is no kernelspec', async () => {
  const { root, host } = await hostWith({ toy: GOOD });
  await mkdir(join(root, '0/kernels/empty'));
  await writeFile(join(root, '0/kernels/README'), '');
  const { found, broken } = await discoverKernelSpecs(host);
  assert.deepEqual([[...found.keys()], broken], [['toy'], []]);
});

test('a kernel that is not there: the error names those that are', async () => {
  const { host } = await hostWith({ toy: GOOD, another: GOOD });
  await assert.rejects(getKernelSpec('typescript', host), (error) => {
    assert.ok(error instanceof NoSuchKernelError);
    assert.equal(error.code, 'ERR_NO_SUCH_KERNEL');
    assert.deepEqual(error.available, ['another', 'toy']);
    return /No kernel named "typescript"\. Installed: another, toy\./.test(error.message);
  });
});
