/** Kernels outlive the window. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { TYPESCRIPT } from '../labels.ts';
import { awaiting, typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';

scenarios('reload', {}, (scenario, server) => {
  scenario('the window is reloaded in the middle of a cell, whose outputs come after all', async (workbench) => {
    const go = join(server().workspace, 'go');
    server().write(
      'reload.ipynb',
      typescriptNotebook(
        "const before = 'from before';",
        `console.log('started');\n${awaiting(go)}\nconsole.log('went on');\nbefore`,
        'before.toUpperCase()',
      ),
    );
    const notebook = await workbench.openNotebook('reload.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.cell(1).run();
    await notebook.cell(1).waitForOutput('started');
    await notebook.save();

    await workbench.reload();
    await notebook.opened();
    server().write('go', '');
    await notebook.cell(1).waitForOutput(/started[\s\S]*went on[\s\S]*from before/);
    await notebook.cell(1).waitFor('done');
    assert.equal(await notebook.cell(2).runToEnd(), 'done');
    await notebook.cell(2).waitForOutput('FROM BEFORE');
    assert.equal(await notebook.cell(2).executionCount(), 3);
    await workbench.screenshot('reload');
  });
});
