/** What the tests of packages share: a registry with packages that are made up, folders of notebooks, and what cells show. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TestWorker } from '../../testing.ts';
import { TestRegistry } from './registry.ts';

/** A registry that npm and the kernels of this process and its children use from now on, with empty caches. */
export async function startRegistry(): Promise<TestRegistry> {
  const registry = await TestRegistry.start();
  Object.assign(process.env, registry.env);
  return registry;
}

/** Publishes an ES module as a package that says that it has types, so that none are looked for elsewhere. */
export function publishModule(
  registry: TestRegistry,
  [name = '', version = '']: readonly string[],
  source: string,
  more: Readonly<Record<string, unknown>> = {},
  tag?: string,
): void {
  const manifest = { name, version, type: 'module', main: 'index.js', types: 'index.d.ts', ...more };
  registry.publish(manifest, { 'index.js': source }, tag);
}

/** A folder of a notebook, by its path in it. A package.json makes it a project. */
export async function newFolder(registry: TestRegistry, files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(join(registry.folder, 'notebook-'));
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  return folder;
}

export async function clearCache(registry: TestRegistry): Promise<void> {
  await rm(registry.cache, { recursive: true, force: true });
}

/** What is in the cache of the kernels: packages as `name@version`, and what is not cleared away. */
export async function cacheContents({ cache }: TestRegistry): Promise<string[]> {
  const names = async (folder: string): Promise<string[]> => {
    try {
      return (await readdir(folder)).sort();
    } catch (error) {
      assert.ok(error instanceof Error && 'code' in error && error.code === 'ENOENT');
      return [];
    }
  };
  const found: string[] = [];
  for (const name of await names(join(cache, 'npm'))) {
    const packages = name.startsWith('@')
      ? (await names(join(cache, 'npm', name))).map((one) => `${name}/${one}`)
      : [name];
    for (const one of packages) {
      const versions = (await names(join(cache, 'npm', one))).filter((version) => version !== 'tags.json');
      found.push(...versions.map((version) => `${one}@${version}`));
    }
  }
  const left = [...(await names(join(cache, 'tmp'))), ...(await names(join(cache, 'locks')))];
  return [...found, ...left.map((one) => `left: ${one}`)];
}

/** The texts of all that was displayed, each as it is in the end. */
export function displayed(worker: TestWorker): string[] {
  const shown = new Map<unknown, string>();
  for (const { msgType, content } of worker.published) {
    if (msgType !== 'display_data' && msgType !== 'update_display_data') continue;
    const { data, transient } = content as { data: Record<string, string>; transient: { display_id: string } };
    shown.set(transient.display_id, data['text/plain'] ?? '');
  }
  return [...shown.values()];
}

/** The error of a cell. */
export async function failure(worker: TestWorker, code: string): Promise<{ name: string; message: string }> {
  const { error } = await worker.run(code);
  assert.ok(error, `${code} did not fail`);
  return { name: error.ename, message: error.evalue };
}

/** Resolves when `condition` holds, looking often. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 20_000;
  while (!(await condition())) {
    assert.ok(performance.now() < deadline, `not within 20 s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
