/** A workspace that is not trusted. */
import assert from 'node:assert/strict';
import { typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';

scenarios('trust', { trusted: false }, (scenario, server) => {
  scenario('nothing runs before the workspace is trusted', async (workbench) => {
    server().write('untrusted.ipynb', typescriptNotebook("'it runs'"));
    const notebook = await workbench.openNotebook('untrusted.ipynb');
    await workbench.screenshot('trust-restricted');
    assert.equal(await notebook.cell(0).state(), 'idle');
    assert.deepEqual(
      server()
        .processes()
        .filter(({ commandLine }) => commandLine.includes('kernel/dist/elara.js')),
      [],
    );
  });
});
