/** A workspace that is not trusted: nothing of it runs before it is. */
import assert from 'node:assert/strict';
import { IPYKERNEL, installPythonKernel } from '../jupyter.ts';
import { TYPESCRIPT } from '../labels.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';

scenarios('trust', { trusted: false }, (scenario, server) => {
  /** The kernels that run. */
  const kernels = (): string[] =>
    server()
      .processes()
      .map(({ commandLine }) => commandLine)
      .filter((commandLine) => /kernel\/dist\/elara\.js|ipykernel/.test(commandLine));

  scenario('no kernel starts before the workspace is trusted, and one does after it', async (workbench) => {
    installPythonKernel(server());
    server().write('untrusted.ipynb', typescriptNotebook("'it runs'"));
    const notebook = await workbench.openNotebook('untrusted.ipynb');
    for (const label of [IPYKERNEL, TYPESCRIPT]) {
      await notebook.pickKernel(label);
      await notebook.cell(0).run();
      const dialog = await workbench.notifications.dialog('Do you trust the authors');
      await dialog.press('Cancel');
      await notebook.cell(0).waitFor('idle');
      assert.deepEqual(kernels(), []);
    }
    await workbench.screenshot('trust-restricted');

    await notebook.cell(0).run();
    const dialog = await workbench.notifications.dialog('Do you trust the authors');
    await dialog.press('Trust Folder & Continue');
    await notebook.cell(0).waitFor('done');
    await notebook.cell(0).waitForOutput('it runs');
    await workbench.screenshot('trust-granted');
  });
});
