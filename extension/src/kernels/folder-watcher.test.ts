import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, type watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { SILENT } from '../log.ts';
import { FolderWatcher, type FolderWatcherOptions } from './folder-watcher.ts';

/** A system that has no more watchers. */
const noWatch = (() => {
  throw Object.assign(new Error('EMFILE: too many open files, watch'), { code: 'EMFILE' });
}) as typeof watch;

suite('changes are seen in folders that are there, in those that come later, and in those within', () => {
  test('as the system tells them', () => seesChanges());
  test('by looking, where the system does not watch', () => seesChanges({ watch: noWatch, lookMs: 20 }));
});

async function seesChanges(options: Pick<FolderWatcherOptions, 'watch' | 'lookMs'> = {}): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), 'elara-watch-'));
  // The watchers themselves do not keep the process.
  const alive = setInterval(() => undefined, 1000);
  let changed = Promise.withResolvers<void>();
  using watcher = new FolderWatcher({
    log: SILENT,
    deep: true,
    onChange: () => changed.resolve(),
    ...options,
  });
  const after = async (change: () => void): Promise<void> => {
    changed = Promise.withResolvers<void>();
    change();
    await changed.promise;
  };
  const kernels = join(root, 'share/jupyter/kernels');
  watcher.folders = [kernels];
  await after(() => mkdirSync(join(root, 'share')));
  await after(() => mkdirSync(join(kernels, 'one'), { recursive: true }));
  await after(() => writeFileSync(join(kernels, 'one/kernel.json'), '{}'));
  await after(() => rmSync(kernels, { recursive: true }));
  await after(() => mkdirSync(kernels));
  await after(() => mkdirSync(join(kernels, 'two')));
  // One that takes the place of another may get its number, too.
  await after(() => {
    rmSync(join(kernels, 'two'), { recursive: true });
    mkdirSync(join(kernels, 'two'));
  });
  await after(() => writeFileSync(join(kernels, 'two/kernel.json'), '{}'));
  clearInterval(alive);
  rmSync(root, { recursive: true });
  assert.ok(true);
}
