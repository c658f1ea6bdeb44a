import assert from 'node:assert/strict';
import { chmod, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../client/testing/temporary-folder.ts';
import { findKernelSpecs } from './find.ts';
import { installKernelSpec, removeKernelSpec } from './install.ts';

const SPEC = { argv: ['run'], display_name: 'Toy', language: 'toy' };

function files(displayName = 'Toy') {
  return {
    'kernel.json': JSON.stringify({ ...SPEC, display_name: displayName }),
    'logo-svg.svg': '<svg/>',
    'logo-32x32.png': new Uint8Array([1, 2, 3]),
  };
}

async function freshHost() {
  const home = temporaryFolder();
  const env = { JUPYTER_PLATFORM_DIRS: '1', XDG_DATA_DIRS: join(home, 'system'), VIRTUAL_ENV: join(home, 'venv') };
  return { home, host: { platform: 'linux', home, env } as const };
}

test('user, prefix, sys-prefix and system are the places that Jupyter has', async () => {
  const { home, host } = await freshHost();
  const install = (place: object) => installKernelSpec({ name: 'Toy', sourceFiles: files(), ...place }, host);
  assert.equal(await install({ user: true }), join(home, '.local/share/jupyter/kernels/toy'));
  assert.equal(await install({ prefix: join(home, 'p') }), join(home, 'p/share/jupyter/kernels/toy'));
  assert.equal(await install({ sysPrefix: true }), join(home, 'venv/share/jupyter/kernels/toy'));
  assert.equal(await install({}), join(home, 'system/jupyter/kernels/toy'));
  await assert.rejects(install({ user: true, sysPrefix: true }), { code: 'ERR_KERNELSPEC_PLACE' });
});

test('every file is there, readable for everyone whatever the umask, and nothing is left beside', async () => {
  const { host } = await freshHost();
  const before = process.umask(0o077);
  try {
    const directory = await installKernelSpec({ name: 'toy', user: true, sourceFiles: files() }, host);
    assert.deepEqual((await readdir(directory)).sort(), ['kernel.json', 'logo-32x32.png', 'logo-svg.svg']);
    assert.equal((await stat(join(directory, 'kernel.json'))).mode & 0o777, 0o644);
    assert.equal((await stat(directory)).mode & 0o777, 0o755);
    assert.deepEqual(await readFile(join(directory, 'logo-32x32.png')), Buffer.from([1, 2, 3]));
    assert.deepEqual(await readdir(join(directory, '../..')), ['kernels']);
  } finally {
    process.umask(before);
  }
});

test('an installed one is found, replaced as a whole, or kept when that is asked for', async () => {
  const { host } = await freshHost();
  await installKernelSpec({ name: 'toy', user: true, sourceFiles: files('Old') }, host);
  const only = { 'kernel.json': JSON.stringify({ ...SPEC, display_name: 'New' }) };
  const directory = await installKernelSpec({ name: 'toy', user: true, sourceFiles: only }, host);
  assert.deepEqual(await readdir(directory), ['kernel.json']);
  assert.equal((await findKernelSpecs(host)).get('toy')?.spec.display_name, 'New');
  await assert.rejects(installKernelSpec({ name: 'toy', user: true, sourceFiles: only, replace: false }, host), {
    code: 'ERR_KERNELSPEC_EXISTS',
  });
});

test('what cannot be a kernelspec is refused before anything is written', async () => {
  const { home, host } = await freshHost();
  const install = (options: object) =>
    installKernelSpec({ name: 'toy', user: true, sourceFiles: files(), ...options }, host);
  await assert.rejects(install({ name: 'my kernel' }), { code: 'ERR_KERNELSPEC_NAME' });
  await assert.rejects(install({ name: '..' }), { code: 'ERR_KERNELSPEC_NAME' });
  await assert.rejects(install({ sourceFiles: {} }), { code: 'ERR_KERNELSPEC_BROKEN' });
  await assert.rejects(install({ sourceFiles: { 'kernel.json': '{}' } }), { code: 'ERR_KERNELSPEC_BROKEN' });
  await assert.rejects(install({ sourceFiles: { ...files(), '../evil': '' } }), { code: 'ERR_KERNELSPEC_BROKEN' });
  assert.deepEqual(await readdir(home), []);
});

test('a place that is no directory: the error names it, and what to do', async () => {
  const { home, host } = await freshHost();
  await symlink('/dev/null', join(home, 'p'));
  await assert.rejects(installKernelSpec({ name: 'toy', prefix: join(home, 'p'), sourceFiles: files() }, host), {
    code: 'ERR_KERNELSPEC_WRITE',
    message: /Could not install .*toy/,
  });
});

test('a place that may not be written: the error says so, and what to do', async () => {
  const { home, host } = await freshHost();
  await chmod(home, 0o555);
  // Root may write everywhere: as nobody, then.
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    await assert.rejects(installKernelSpec({ name: 'toy', user: true, sourceFiles: files() }, host), {
      code: 'ERR_KERNELSPEC_PERMISSION',
      message: /Install for the user, or into a prefix of your own/,
    });
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
});

test('removing takes the one that Jupyter would use; a link goes without what it leads to', async () => {
  const { home, host } = await freshHost();
  const target = await installKernelSpec({ name: 'real', prefix: join(home, 'elsewhere'), sourceFiles: files() }, host);
  const kernels = join(await installKernelSpec({ name: 'toy', user: true, sourceFiles: files() }, host), '..');
  await symlink(target, join(kernels, 'linked'));
  assert.equal(await removeKernelSpec('linked', host), join(kernels, 'linked'));
  assert.deepEqual((await readdir(target)).length, 3);
  assert.equal(await removeKernelSpec('Toy', host), join(kernels, 'toy'));
  await assert.rejects(removeKernelSpec('toy', host), { code: 'ERR_NO_SUCH_KERNEL' });
});

test('removing from one place leaves the others', async () => {
  const { home, host } = await freshHost();
  await installKernelSpec({ name: 'toy', user: true, sourceFiles: files() }, host);
  await installKernelSpec({ name: 'toy', sysPrefix: true, sourceFiles: files() }, host);
  await removeKernelSpec('toy', host, { user: true });
  assert.equal((await findKernelSpecs(host)).get('toy')?.resourceDir, join(home, 'venv/share/jupyter/kernels/toy'));
  await assert.rejects(removeKernelSpec('toy', host, { user: true }), { code: 'ERR_NO_SUCH_KERNEL' });
});
