/** Every example gives the same outputs by `elara run` and by nbclient. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { python } from '../../peers/paths.ts';
import { Jupyter, repository } from '../jupyter.ts';
import { codeCells } from './outputs.ts';

const timeoutMs = 150_000;

suite('examples by elara run and by nbclient', () => {
  let jupyter: Jupyter;
  before(async () => {
    jupyter = await Jupyter.install();
  });
  after(() => jupyter[Symbol.dispose]());

  for (const example of globSync('*.ipynb', { cwd: join(repository, 'examples') }).sort()) {
    test(example, async () => {
      const ours = join(jupyter.folder, `ours-${example}`);
      const theirs = join(jupyter.folder, `nbclient-${example}`);
      await jupyter.elara(['run', example, '--output', ours], { timeoutMs });
      await jupyter.run(python, [join(import.meta.dirname, 'execute.py'), join(jupyter.notebooks, example), theirs], {
        timeoutMs,
      });
      const cells = codeCells(ours);
      assert.ok(
        cells.some(({ outputs }) => outputs.length > 0),
        'the example has outputs',
      );
      assert.deepEqual(codeCells(theirs), cells);
    });
  }
});
