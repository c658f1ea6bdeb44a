import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runtimeDir } from '@elara/protocol';
import { temporaryFolder } from '@elara/protocol/client/testing/temporary-folder';
import { findKernelSpecs, installKernelSpec, jupyterPaths, removeKernelSpec } from '@elara/protocol/kernelspec';
import { peerOutput, peerPrefix } from './python.ts';

const home = temporaryFolder();

/** Runs with those variables on top of ours, in this process. */
async function withEnv<T>(env: Record<string, string>, action: () => T | Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, env);
  try {
    return await action();
  } finally {
    for (const name of Object.keys(env)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

interface JupyterPaths {
  readonly data: string[];
  readonly runtime: string[];
}

for (const env of [
  {},
  { HOME: home },
  { JUPYTER_PATH: '/a:/b/' },
  { JUPYTER_DATA_DIR: join(home, 'data') },
  { JUPYTER_RUNTIME_DIR: join(home, 'run') },
  { XDG_DATA_HOME: join(home, 'xdg') },
  { JUPYTER_PREFER_ENV_PATH: '0' },
  { JUPYTER_PLATFORM_DIRS: '1', XDG_DATA_DIRS: '/x:/usr/share' },
  { PYTHONUSERBASE: join(home, 'base') },
] satisfies Record<string, string>[]) {
  test(`data and runtime directories are those of \`jupyter --paths\` with ${JSON.stringify(env)}`, async () => {
    const paths: JupyterPaths = JSON.parse(peerOutput('jupyter', ['--paths', '--json'], env));
    await withEnv({ ...env, VIRTUAL_ENV: peerPrefix() }, () => {
      assert.deepEqual(jupyterPaths(), paths.data);
      assert.deepEqual([runtimeDir()], paths.runtime);
    });
  });
}

/** Directories of kernelspecs by name, as Jupyter finds them. */
function jupyterKernels(): Record<string, string> {
  const listed: { kernelspecs: Record<string, { resource_dir: string }> } = JSON.parse(
    peerOutput('jupyter', ['kernelspec', 'list', '--json']),
  );
  return Object.fromEntries(Object.entries(listed.kernelspecs).map(([name, spec]) => [name, spec.resource_dir]));
}

async function ourKernels(): Promise<Record<string, string>> {
  const found = await findKernelSpecs();
  return Object.fromEntries([...found].map(([name, spec]) => [name, spec.resourceDir]));
}

test('what is installed here is listed there, wins there as it wins here, and is gone when it is removed', async () => {
  const env = { HOME: home, VIRTUAL_ENV: peerPrefix(), JUPYTER_PATH: join(home, 'first/share/jupyter') };
  await withEnv(env, async () => {
    assert.deepEqual(await ourKernels(), jupyterKernels());
    const spec = { argv: ['true', '{connection_file}'], display_name: 'Probe', language: 'probe' };
    const sourceFiles = { 'kernel.json': JSON.stringify(spec) };
    await installKernelSpec({ name: 'Elara-Probe', user: true, sourceFiles });
    const winner = await installKernelSpec({ name: 'elara-probe', prefix: join(home, 'first'), sourceFiles });
    assert.equal(jupyterKernels()['elara-probe'], winner);
    assert.deepEqual(await ourKernels(), jupyterKernels());
    assert.equal(await removeKernelSpec('elara-probe'), winner);
    await removeKernelSpec('elara-probe');
    assert.equal(jupyterKernels()['elara-probe'], undefined);
  });
});
