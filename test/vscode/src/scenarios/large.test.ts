/** Much output: VS Code stays usable while it comes, and all of it can be had. */
import assert from 'node:assert/strict';
import { TYPESCRIPT } from '../labels.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';

scenarios('large', {}, (scenario, server) => {
  scenario('100,000 printed lines', async (workbench) => {
    server().write(
      'lines.ipynb',
      typescriptNotebook("for (let i = 1; i <= 100_000; i++) console.log('line', i);\n'all printed'", "'next'"),
    );
    const notebook = await workbench.openNotebook('lines.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.cell(0).run();
    // The palette answers while the output comes.
    await workbench.commands('Notebook: Run All');
    await notebook.cell(0).waitFor('done');
    await notebook.cell(0).waitForOutput('line 1');
    await workbench.screenshot('large-lines');
    assert.equal(await notebook.cell(1).runToEnd(), 'done');
    await notebook.cell(1).waitForOutput('next');
  });

  scenario('an output of 20 MB', async (workbench) => {
    server().write(
      'megabytes.ipynb',
      typescriptNotebook("'x'.repeat(20_000_000)", "process.stdout.write('y'.repeat(20_000_000));", "'next'"),
    );
    const notebook = await workbench.openNotebook('megabytes.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.runAll();
    await workbench.commands('Notebook: Run All');
    assert.deepEqual(await notebook.ended(), ['done', 'done', 'done']);
    await notebook.cell(0).waitForOutput('xxxx');
    await notebook.cell(2).waitForOutput('next');
    await workbench.screenshot('large-megabytes');
    await notebook.save();
  });
});
