/** A breakpoint is hit in a cell, and VS Code's debugger shows what is there. */
import assert from 'node:assert/strict';
import { typescriptNotebook } from '../notebooks.ts';
import { Debugger } from '../parts/debugger.ts';
import { scenarios } from '../scenario.ts';

const AREA = `interface Size { width: number; height: number }
function area({ width, height }: Size): number {
  const square = width * height;
  return square;
}`;
const TOTAL = `let total = 0;
for (const width of [1, 2, 3]) {
  total += area({ width, height: 10 });
}
total`;

scenarios('debug', { trusted: true, width: 1500 }, (scenario, server) => {
  scenario('a breakpoint in a cell, steps, variables, and the call of another cell', async (workbench) => {
    server().write('areas.ipynb', typescriptNotebook(AREA, TOTAL));
    const notebook = await workbench.openNotebook('areas.ipynb');
    await notebook.pickKernel('TypeScript (Elara)');
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    const debug = new Debugger(workbench.page);
    await debug.toggleBreakpoint(notebook.cell(1), 3);
    await workbench.screenshot('debug-breakpoint');
    await debug.debug(notebook.cell(1));
    await debug.stopped(/Cell 2/);
    await debug.variable(/^width: 1$|width = 1/);
    await workbench.screenshot('debug-stopped');
    await debug.press('Step Into');
    await debug.stopped(/^area.*Cell 1/);
    await debug.press('Step Over');
    await debug.variable(/square: 10|square = 10/);
    await workbench.screenshot('debug-other-cell');
    await debug.press('Step Out');
    await debug.stopped(/Cell 2/);
    await debug.toggleBreakpoint(notebook.cell(1), 3);
    await debug.press('Continue');
    await notebook.cell(1).waitForOutput('60');
    await debug.ended();
    assert.equal(await notebook.cell(1).state(), 'done');
  });
});
