/** A kernel whose language VS Code calls by another name than Jupyter, and which says less of itself than others. */
import assert from 'node:assert/strict';
import { BASH, installBashKernel } from '../jupyter.ts';
import { bashNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

scenarios('bash', {}, (scenario, server) => {
  scenario('a notebook of bash runs, completes, and is interrupted', async (workbench) => {
    installBashKernel(server());
    server().write(
      'bash.ipynb',
      bashNotebook('answer=$((6 * 7))\necho "it is $answer"', 'ls /nowhere', 'sleep 600', 'ech'),
    );
    const notebook = await workbench.openNotebook('bash.ipynb');
    await until('the kernel', async () => (await notebook.kernel()) === BASH, { page: workbench.page });
    assert.deepEqual(await notebook.runAllToEnd(), ['done', 'failed', 'idle', 'idle']);
    await notebook.cell(0).waitForOutput('it is 42');
    await notebook.cell(1).waitForOutput(/cannot access .*nowhere/);

    await notebook.cell(3).focus();
    assert.ok((await notebook.cell(3).suggestions('echo')).includes('echo'));
    await workbench.screenshot('bash');
    await workbench.page.keyboard.press('Escape');

    await notebook.cell(2).run();
    await notebook.cell(2).waitFor('running');
    await notebook.press('Interrupt');
    await notebook.cell(2).waitFor(['idle', 'failed']);
  });
});
