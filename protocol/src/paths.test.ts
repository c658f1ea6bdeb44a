import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connectionFilePath, dataDir, runtimeDir } from './paths.ts';

const linux = { platform: 'linux', home: '/home/ada', env: {} } as const;
const mac = { platform: 'darwin', home: '/Users/ada', env: {} } as const;
const windows = { platform: 'win32', home: 'C:\\Users\\ada', env: {} } as const;

test('Linux: XDG_DATA_HOME, or .local/share', () => {
  assert.equal(dataDir(linux), '/home/ada/.local/share/jupyter');
  assert.equal(dataDir({ ...linux, env: { XDG_DATA_HOME: '/data' } }), '/data/jupyter');
  assert.equal(runtimeDir(linux), '/home/ada/.local/share/jupyter/runtime');
  // jupyter_core looks there no longer.
  assert.equal(runtimeDir({ ...linux, env: { XDG_RUNTIME_DIR: '/run/user/1' } }), runtimeDir(linux));
});

test('macOS: Library', () => {
  assert.equal(dataDir(mac), '/Users/ada/Library/Jupyter');
  assert.equal(
    dataDir({ ...mac, env: { JUPYTER_PLATFORM_DIRS: '1' } }),
    '/Users/ada/Library/Application Support/Jupyter',
  );
  assert.equal(dataDir({ ...mac, env: { JUPYTER_PLATFORM_DIRS: 'No' } }), dataDir(mac));
});

test('Windows: APPDATA, or the folder of the configuration', () => {
  assert.equal(
    dataDir({ ...windows, env: { APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' } }),
    'C:\\Users\\ada\\AppData\\Roaming\\jupyter',
  );
  assert.equal(dataDir(windows), 'C:\\Users\\ada\\.jupyter\\data');
  assert.equal(dataDir({ ...windows, env: { JUPYTER_CONFIG_DIR: 'D:\\c' } }), 'D:\\c\\data');
  assert.equal(dataDir({ ...windows, env: { JUPYTER_PLATFORM_DIRS: '1', LOCALAPPDATA: 'C:\\L' } }), 'C:\\L\\Jupyter');
  assert.equal(dataDir({ ...windows, env: { JUPYTER_PLATFORM_DIRS: '1' } }), 'C:\\Users\\ada\\AppData\\Local\\Jupyter');
  assert.equal(runtimeDir({ ...windows, env: { APPDATA: 'C:\\R' } }), 'C:\\R\\jupyter\\runtime');
});

test('JUPYTER_DATA_DIR and JUPYTER_RUNTIME_DIR come first, where they are not empty', () => {
  for (const host of [linux, mac, windows]) {
    assert.equal(dataDir({ ...host, env: { JUPYTER_DATA_DIR: '/d' } }), '/d');
    assert.equal(runtimeDir({ ...host, env: { JUPYTER_RUNTIME_DIR: '/r', JUPYTER_DATA_DIR: '/d' } }), '/r');
    assert.equal(runtimeDir({ ...host, env: { JUPYTER_RUNTIME_DIR: '', JUPYTER_DATA_DIR: '' } }), runtimeDir(host));
  }
});

test('the connection file of a kernel', () => {
  assert.equal(connectionFilePath('k-1', { ...linux, env: { JUPYTER_RUNTIME_DIR: '/r' } }), '/r/kernel-k-1.json');
  assert.equal(connectionFilePath('k-1', { ...windows, env: { JUPYTER_RUNTIME_DIR: 'R:\\' } }), 'R:\\kernel-k-1.json');
});
