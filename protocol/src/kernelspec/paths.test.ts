import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { temporaryFolder } from '../client/testing/temporary-folder.ts';
import { jupyterPaths, kernelDirs } from './paths.ts';

// Places that do not exist, so that nothing of this machine shows.
const linux = { platform: 'linux', home: '/home/ada', env: {} } as const;
const mac = { platform: 'darwin', home: '/Users/ada', env: {} } as const;
const windows = {
  platform: 'win32',
  home: 'C:\\Users\\ada',
  env: { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' },
} as const;

test('Linux: user, then system', () => {
  assert.deepEqual(jupyterPaths(linux), [
    '/home/ada/.local/share/jupyter',
    '/usr/local/share/jupyter',
    '/usr/share/jupyter',
  ]);
});

test('JUPYTER_PATH goes first, without trailing slashes and without its empty entries', () => {
  const paths = jupyterPaths({ ...linux, env: { JUPYTER_PATH: '/a/::/b' } });
  assert.deepEqual(paths.slice(0, 3), ['/a', '/b', '/home/ada/.local/share/jupyter']);
});

test('JUPYTER_DATA_DIR replaces the place of the user, and the site directory stays', () => {
  const paths = jupyterPaths({ ...linux, env: { JUPYTER_DATA_DIR: '/data' } });
  assert.deepEqual(paths.slice(0, 2), ['/data', '/home/ada/.local/share/jupyter']);
});

test('an environment of the system is listed once', () => {
  assert.deepEqual(jupyterPaths({ ...linux, sysPrefix: '/usr' }), jupyterPaths(linux));
});

test('a base environment goes after the user, unless JUPYTER_PREFER_ENV_PATH says otherwise', () => {
  const after = jupyterPaths({ ...linux, sysPrefix: '/opt/python' });
  assert.deepEqual(after.slice(0, 2), ['/home/ada/.local/share/jupyter', '/opt/python/share/jupyter']);
  const before = jupyterPaths({ ...linux, sysPrefix: '/opt/python', env: { JUPYTER_PREFER_ENV_PATH: '1' } });
  assert.deepEqual(before.slice(0, 2), ['/opt/python/share/jupyter', '/home/ada/.local/share/jupyter']);
});

test('a virtual environment of ours goes before the user; the site directory needs its configuration to say so', async () => {
  const prefix = temporaryFolder();
  const env = { VIRTUAL_ENV: prefix, JUPYTER_DATA_DIR: '/data' };
  await writeFile(join(prefix, 'pyvenv.cfg'), 'include-system-site-packages = false\n');
  assert.deepEqual(jupyterPaths({ ...linux, env }).slice(0, 3), [
    join(prefix, 'share/jupyter'),
    '/data',
    '/usr/local/share/jupyter',
  ]);
  await writeFile(join(prefix, 'pyvenv.cfg'), 'include-system-site-packages = true\n');
  assert.equal(jupyterPaths({ ...linux, env })[2], '/home/ada/.local/share/jupyter');
});

test('without an activated environment it is that of the first Python on the PATH', async () => {
  const prefix = temporaryFolder();
  await mkdir(join(prefix, 'bin'));
  await mkdir(join(prefix, 'share/jupyter'), { recursive: true });
  await writeFile(join(prefix, 'bin/python3'), '');
  const paths = jupyterPaths({ ...linux, env: { PATH: `/nowhere:relative:${join(prefix, 'bin')}` } });
  assert.equal(paths[1], join(prefix, 'share/jupyter'));
});

test('JUPYTER_PLATFORM_DIRS moves the system to XDG_DATA_DIRS', () => {
  const paths = jupyterPaths({ ...linux, env: { JUPYTER_PLATFORM_DIRS: '1', XDG_DATA_DIRS: '/x:/y' } });
  assert.deepEqual(paths.slice(1), ['/x/jupyter', '/y/jupyter']);
});

test('macOS: Library of the user, then system', () => {
  assert.deepEqual(jupyterPaths(mac), ['/Users/ada/Library/Jupyter', '/usr/local/share/jupyter', '/usr/share/jupyter']);
});

test('Windows: AppData of the user and the environment, which is the system too', () => {
  assert.deepEqual(jupyterPaths({ ...windows, sysPrefix: 'C:\\Python' }), [
    'C:\\Users\\ada\\AppData\\Roaming\\jupyter',
    'C:\\Python\\share\\jupyter',
  ]);
});

test('Windows: PROGRAMDATA only where it is asked for', () => {
  const env = { ...windows.env, PROGRAMDATA: 'C:\\ProgramData' };
  assert.ok(!jupyterPaths({ ...windows, env }).includes('C:\\ProgramData\\jupyter'));
  const asked = jupyterPaths({ ...windows, env: { ...env, JUPYTER_USE_PROGRAMDATA: '1' } });
  assert.equal(asked.at(-1), 'C:\\ProgramData\\jupyter');
});

test("kernels are searched in `kernels` of each, and in IPython's old place", () => {
  const dirs = kernelDirs(linux);
  assert.equal(dirs[0], '/home/ada/.local/share/jupyter/kernels');
  assert.equal(dirs.at(-1), '/home/ada/.ipython/kernels');
});
