/** Every example, typed into jupyter-console, shows the texts that `elara run` put into the notebook. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { python } from '../../peers/paths.ts';
import { Jupyter, repository } from '../jupyter.ts';

const timeoutMs = 150_000;

suite('examples by elara run and in jupyter-console', () => {
  let jupyter: Jupyter;
  before(async () => {
    jupyter = await Jupyter.install();
  });
  after(() => jupyter[Symbol.dispose]());

  for (const example of globSync('*.ipynb', { cwd: join(repository, 'examples') }).sort()) {
    test(example, async () => {
      const executed = join(jupyter.folder, example);
      await jupyter.elara(['run', example, '--output', executed], { timeoutMs });
      await jupyter.run(python, [join(import.meta.dirname, 'play.py'), executed], { timeoutMs });
    });
  }
});
