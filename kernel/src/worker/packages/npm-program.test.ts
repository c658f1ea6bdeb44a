import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Machine, npmProgram } from './npm-program.ts';

function machine(files: readonly string[], more: Partial<Machine> = {}): Machine {
  return {
    platform: 'linux',
    execPath: '/opt/node/bin/node',
    env: { PATH: '/usr/local/bin:/usr/bin' },
    exists: (file) => files.includes(file),
    realpath: (file) => file,
    ...more,
  };
}
const windows: Partial<Machine> = {
  platform: 'win32',
  execPath: 'C:\\node\\node.exe',
  env: { Path: 'C:\\other;C:\\Program Files\\nodejs' },
};

test('npm is the one that came with the Node that runs', () => {
  const own = '/opt/node/lib/node_modules/npm/bin/npm-cli.js';
  assert.deepEqual(npmProgram(machine([own, '/usr/bin/npm'])), ['/opt/node/bin/node', own]);
  const onWindows = 'C:\\node\\node_modules\\npm\\bin\\npm-cli.js';
  assert.deepEqual(npmProgram(machine([onWindows], windows)), ['C:\\node\\node.exe', onWindows]);
});

test('or the first of PATH, run by the Node that runs where it is a program of Node’s', () => {
  const script = '/usr/lib/node_modules/npm/bin/npm-cli.js';
  assert.deepEqual(npmProgram(machine(['/usr/bin/npm'], { realpath: () => script })), ['/opt/node/bin/node', script]);
  assert.deepEqual(npmProgram(machine(['/usr/bin/npm', '/usr/local/bin/npm'])), ['/usr/local/bin/npm']);
});

test('on Windows the program behind npm.cmd, which would need a shell', () => {
  const folder = 'C:\\Program Files\\nodejs';
  const script = `${folder}\\node_modules\\npm\\bin\\npm-cli.js`;
  assert.deepEqual(npmProgram(machine(['C:\\other\\npm.cmd', `${folder}\\npm.cmd`, script], windows)), [
    'C:\\node\\node.exe',
    script,
  ]);
});

test('without npm the error says where it was looked for', () => {
  for (const none of [machine([]), machine([], { env: {} }), machine(['C:\\other\\npm.cmd'], windows)]) {
    assert.throws(() => npmProgram(none), { code: 'ERR_NPM_MISSING', message: /^There is no npm: .*node.*PATH/ });
  }
});
