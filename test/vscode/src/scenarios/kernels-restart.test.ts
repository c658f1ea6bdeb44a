/** Kernels that die. */
import assert from 'node:assert/strict';
import { TYPESCRIPT } from '../labels.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';

// The process of the code is a child of the kernel's, which shall have told the cell's count before.
const KILL =
  "await new Promise((resolve) => setTimeout(resolve, 500));\nprocess.kill(process.ppid, 'SIGKILL');\nawait new Promise(() => {});";

scenarios('kernels that die', { settings: { 'elara.restartOnDeath': true } }, (scenario, server) => {
  scenario('one is started anew by itself, where that is set', async (workbench) => {
    server().write('died.ipynb', typescriptNotebook("const lost = 'lost';", KILL, 'typeof lost'));
    const notebook = await workbench.openNotebook('died.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    assert.equal(await notebook.cell(1).runToEnd(), 'failed');
    await notebook.cell(1).waitForOutput(/ended by SIGKILL\.\s+Another one is being started/);
    assert.equal(await notebook.cell(2).runToEnd(), 'done');
    await notebook.cell(2).waitForOutput('undefined');
    await workbench.screenshot('kernels-died');
  });
});
