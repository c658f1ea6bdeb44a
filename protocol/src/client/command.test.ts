import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { KernelSpec } from '../kernelspec.ts';
import { commandLine, kernelEnv } from './command.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

function context(spec: Partial<KernelSpec>, rest: { resourceDir?: string; env?: Record<string, string> } = {}) {
  return {
    spec: { argv: ['run'], display_name: 'Toy', language: 'toy', ...spec } satisfies KernelSpec,
    resourceDir: rest.resourceDir,
    connectionFile: '/run/kernel-1.json',
    env: rest.env ?? {},
  };
}

test('templates of argv are replaced, those that are unknown stay', () => {
  const argv: KernelSpec['argv'] = ['{prefix}/bin/run', '-f={connection_file}', '{resource_dir}/main', '{other}', '{}'];
  assert.deepEqual(commandLine(context({ argv }, { resourceDir: '/opt/share/jupyter/kernels/toy' })), [
    '/opt/bin/run',
    '-f=/run/kernel-1.json',
    '/opt/share/jupyter/kernels/toy/main',
    '{other}',
    '{}',
  ]);
});

test('a home directory is expanded at the start of an argument only', () => {
  assert.deepEqual(commandLine(context({ argv: ['~/run', 'a~/b'] })), [`${homedir()}/run`, 'a~/b']);
});

test('a plain python is the one of the environment that the kernelspec lies in', async () => {
  const prefix = temporaryFolder();
  const resourceDir = join(prefix, 'share/jupyter/kernels/python3');
  await mkdir(join(prefix, 'bin'));
  await writeFile(join(prefix, 'bin/python'), '');
  assert.equal(commandLine(context({ argv: ['python'] }, { resourceDir }))[0], join(prefix, 'bin/python'));
  assert.equal(commandLine(context({ argv: ['python3'] }, { resourceDir }))[0], 'python3');
  assert.equal(commandLine(context({ argv: ['python'] }))[0], 'python');
});

const braced = (name: string) => `\${${name}}`;

test("env of the kernelspec goes on top of the launcher's, with its variables replaced", () => {
  const spec = { env: { A: `${braced('HOME')}/x:$HOME:$$HOME:${braced('NONE')}`, HOME: '/other' } };
  const env = kernelEnv(context(spec, { env: { HOME: '/home/ada', B: 'b' } }));
  assert.deepEqual(env, {
    A: `/home/ada/x:/home/ada:$HOME:${braced('NONE')}`,
    B: 'b',
    HOME: '/other',
    JPY_PARENT_PID: String(process.pid),
  });
});

test('PYTHONEXECUTABLE is kept from Python kernels', () => {
  const env = { PYTHONEXECUTABLE: '/usr/bin/python' };
  assert.equal(kernelEnv(context({ language: 'Python' }, { env })).PYTHONEXECUTABLE, undefined);
  assert.equal(kernelEnv(context({ language: 'r' }, { env })).PYTHONEXECUTABLE, '/usr/bin/python');
});
