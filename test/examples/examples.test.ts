/** The notebooks of examples/, run by the command as a person runs them: their outputs are the committed ones. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { TestRegistry } from '@elara/kernel/worker/packages/testing/registry';
import { comparableOutputs, isVolatile, readNotebook } from './notebook.ts';

const ELARA = join(import.meta.dirname, '../../kernel/src/cli/elara.ts');
const EXAMPLES = join(import.meta.dirname, '../../examples');
const notebooks = globSync('*.ipynb', { cwd: EXAMPLES }).sort();

let folder: string;
/** Has what is installed here, so that the notebooks that install packages need no other. */
let registry: TestRegistry;
before(async () => {
  registry = await TestRegistry.start({ modules: join(EXAMPLES, '../node_modules') });
  folder = await mkdtemp(join(tmpdir(), 'elara-examples-'));
});
after(async () => {
  await registry[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

test('there are at least eight notebooks', () => {
  assert.ok(notebooks.length >= 8, notebooks.join());
});

for (const name of notebooks) {
  describe(name, () => {
    const file = join(EXAMPLES, name);

    test('is a notebook of format 4.5 for this kernel, with outputs', async () => {
      const { nbformat, nbformat_minor, metadata, cells } = await readNotebook(file);
      assert.deepEqual([nbformat, nbformat_minor], [4, 5]);
      assert.equal(metadata.kernelspec?.name, 'typescript');
      assert.equal(metadata.language_info?.name, 'typescript');
      const ids = cells.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, 'ids of cells are unique');
      for (const id of ids) assert.match(id, /^[\w-]{1,64}$/);
      const code = cells.filter(({ cell_type }) => cell_type === 'code');
      assert.deepEqual(
        code.map(({ execution_count }) => execution_count),
        code.map((_, index) => index + 1),
      );
      assert.ok(code.some(({ outputs = [] }) => outputs.length > 0));
    });

    test('gives the committed outputs', async () => {
      const output = join(folder, basename(name));
      // The history of whoever runs the tests is not to hold them.
      const env = { ...process.env, ...registry.env, JUPYTER_DATA_DIR: join(folder, 'data') };
      await promisify(execFile)(process.execPath, [ELARA, 'run', '--output', output, file], { env });
      const [committed, executed] = [await readNotebook(file), await readNotebook(output)];
      assert.equal(executed.cells.length, committed.cells.length);
      for (const [index, cell] of executed.cells.entries()) {
        const expected = committed.cells[index];
        assert.ok(expected);
        assert.equal(cell.id, expected.id);
        const shapeOnly = isVolatile(expected);
        assert.deepEqual(comparableOutputs(cell, shapeOnly), comparableOutputs(expected, shapeOnly), cell.id);
      }
    });
  });
}
