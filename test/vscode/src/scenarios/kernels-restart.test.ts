/** Kernels that die. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { TYPESCRIPT } from '../labels.ts';
import { awaiting, typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';

scenarios('kernels that die', { settings: { 'elara.restartOnDeath': true } }, (scenario, server) => {
  scenario('one is started anew by itself, where that is set', async (workbench) => {
    const go = join(server().workspace, 'go');
    // The process of the code is a child of the kernel's.
    const kill = `console.log('still here');\n${awaiting(go)}\nprocess.kill(process.ppid, 'SIGKILL');\nawait new Promise(() => {});`;
    server().write('died.ipynb', typescriptNotebook("const lost = 'lost';", kill, 'typeof lost'));
    const notebook = await workbench.openNotebook('died.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.cell(1).run();
    await notebook.cell(1).waitForOutput('still here');
    server().write('go', '');
    await notebook.cell(1).waitFor('failed');
    await notebook.cell(1).waitForOutput(/ended by SIGKILL\.\s+Another one is being started/);
    assert.equal(await notebook.cell(2).runToEnd(), 'done');
    await notebook.cell(2).waitForOutput('undefined');
    await workbench.screenshot('kernels-died');
  });
});
