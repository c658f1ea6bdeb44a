/** Kernels outlive the window. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { JAVASCRIPT, TYPESCRIPT } from '../labels.ts';
import { awaiting, typescriptNotebook } from '../notebooks.ts';
import type { Notebook } from '../parts/notebook.ts';
import { scenarios } from '../scenario.ts';
import type { CodeServer } from '../server.ts';
import { until } from '../waiting.ts';
import type { Workbench } from '../workbench.ts';

/** A notebook whose second cell waits for the file `go`, as it does when this resolves; `others`, which come after the third, have run. */
async function waitingForGo(
  workbench: Workbench,
  server: CodeServer,
  name: string,
  ...others: string[]
): Promise<Notebook> {
  const waiting = awaiting(join(server.workspace, 'go'));
  server.write(
    name,
    typescriptNotebook(
      "const before = 'from before';",
      `console.log('started');\n${waiting}\nconsole.log('went on');\nbefore`,
      'before.toUpperCase()',
      ...others,
    ),
  );
  const notebook = await workbench.openNotebook(name);
  await notebook.pickKernel(TYPESCRIPT);
  assert.equal(await notebook.cell(0).runToEnd(), 'done');
  for (const index of others.keys()) assert.equal(await notebook.cell(3 + index).runToEnd(), 'done');
  await notebook.cell(1).run();
  await notebook.cell(1).waitForOutput('started');
  return notebook;
}

/** What that cell writes once the file is there is shown in it, and the next one is the `count`th of the same kernel. */
async function wentOn(notebook: Notebook, count: number): Promise<void> {
  await notebook.cell(1).waitForOutput(/started[\s\S]*went on[\s\S]*from before/);
  await notebook.cell(1).waitFor('done');
  assert.equal(await notebook.cell(2).runToEnd(), 'done');
  await notebook.cell(2).waitForOutput('FROM BEFORE');
  assert.equal(await notebook.cell(2).executionCount(), count);
}

scenarios('reload', {}, (scenario, server) => {
  scenario('the window is reloaded in the middle of a cell, whose outputs come after all', async (workbench) => {
    const notebook = await waitingForGo(workbench, server(), 'reload.ipynb');
    await notebook.save();

    await workbench.reload();
    await notebook.opened();
    server().write('go', '');
    await wentOn(notebook, 3);
    await workbench.screenshot('reload');
  });

  scenario(
    'a notebook is closed in the middle of a cell, whose outputs are there when it is opened again',
    async (workbench) => {
      const notebook = await waitingForGo(workbench, server(), 'closed.ipynb');
      await notebook.save();
      const kernels = await workbench.view('Elara', 'Kernels');
      await kernels.waitForRow('closed.ipynb');

      await workbench.command('View: Close All Editors');
      const row = kernels.row('closed.ipynb');
      await until('the kernel to be left', async () => !(await row.isVisible()), { page: workbench.page });
      server().write('go', '');
      await workbench.openContainer('Explorer');
      await workbench.openNotebook('closed.ipynb');
      await wentOn(notebook, 3);
    },
  );

  scenario('the extension host dies in the middle of a cell, whose outputs come after all', async (workbench) => {
    const widget = "elara.widgets.interact(({ of }) => html('<b>' + of + ' of 10</b>'), { of: [0, 10] })";
    const notebook = await waitingForGo(workbench, server(), 'host-dies.ipynb', widget);
    await notebook.cell(3).waitForOutput('5 of 10');

    server().killExtensionHosts();
    const state = workbench.page.locator('.statusbar-item', { hasText: TYPESCRIPT });
    await until('the state of the kernel to go', async () => !(await state.isVisible()), { page: workbench.page });
    await until('it to be back', () => state.isVisible(), { page: workbench.page });
    server().write('go', '');
    await wentOn(notebook, 4);

    const handle = await notebook.cell(3).waitForElement('.noUi-handle');
    await handle.focus();
    await handle.press('End');
    await notebook.cell(3).waitForOutput('10 of 10');
    await workbench.screenshot('extension-host-dies');
  });

  scenario(
    'two windows have one notebook: both show its cells, and one keeps the kernel that the other leaves',
    async (workbench) => {
      const go = join(server().workspace, 'go');
      server().write(
        'both.ipynb',
        typescriptNotebook(`console.log('started');\n${awaiting(go)}\nconsole.log('went on');`, "'of the next cell'"),
      );
      const first = await workbench.openNotebook('both.ipynb');
      await first.pickKernel(TYPESCRIPT);
      await first.runAll();
      await first.cell(0).waitForOutput('started');
      await first.save();

      // The first window is still there, as it is for hours when a browser has lost it.
      const another = await workbench.another();
      const { notebook } = another;
      await notebook.opened();
      await notebook.cell(0).waitFor('running');
      server().write('go', '');
      await notebook.cell(0).waitForOutput('went on');
      await notebook.cell(1).waitForOutput('of the next cell');
      await notebook.cell(1).waitFor('done');
      assert.equal(await notebook.cellCount(), 2);
      await another.screenshot('reload-another');
      await first.cell(1).waitForOutput('of the next cell');

      await notebook.pickKernel(JAVASCRIPT);
      await notebook.cell(1).runToEnd();
      assert.equal(await notebook.cell(1).executionCount(), 1);
      assert.equal(await first.cell(1).runToEnd(), 'done');
      assert.equal(await first.cell(1).executionCount(), 3);
    },
  );
});
