/** What must work before anything else can. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { typescriptNotebook } from '../notebooks.ts';
import { repository } from '../paths.ts';
import { scenarios } from '../scenario.ts';

const { version } = JSON.parse(readFileSync(join(repository, 'extension/package.json'), 'utf8'));

scenarios('start', {}, (scenario, server) => {
  scenario('the .vsix is installed as a user installs it', async (workbench) => {
    assert.deepEqual(await server().extensions(), [`elara.elara@${version}`]);
    await workbench.openContainer('Elara');
    await workbench.screenshot('start-installed');
  });

  scenario('a notebook opens as a notebook', async (workbench) => {
    server().write('greeting.ipynb', typescriptNotebook({ markdown: '# Greeting' }, "const name = 'Ada';\nname"));
    const notebook = await workbench.openNotebook('greeting.ipynb');
    assert.equal(await notebook.cellCount(), 2);
    assert.equal(await notebook.cell(1).text(), "const name = 'Ada';\nname");
    assert.equal(await notebook.cell(1).state(), 'idle');
    await workbench.screenshot('start-notebook');
  });
});
