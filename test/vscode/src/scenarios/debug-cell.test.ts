/** A breakpoint is hit in a cell, and VS Code's debugger shows what is there. */
import assert from 'node:assert/strict';
import { typescriptNotebook } from '../notebooks.ts';
import { Debugger } from '../parts/debugger.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

const AREA = `/** Area of a rectangle. */
function area(width: number, height: number): number {
  const square = width * height;
  return Math.round(square);
}`;
const TOTAL = `const sizes = new Map([['small', 1], ['large', 3]]);
let total = 0;
for (const [name, width] of sizes) {
  total += area(width, 10);
}
total`;

scenarios('debug', { width: 1400 }, (scenario, server) => {
  scenario('a breakpoint in a cell, steps, variables, and the call of another cell', async (workbench) => {
    server().write('areas.ipynb', typescriptNotebook(AREA, TOTAL));
    const notebook = await workbench.openNotebook('areas.ipynb');
    await notebook.pickKernel('TypeScript (Elara)');
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    const debug = new Debugger(workbench);
    await debug.toggleBreakpoint(notebook.cell(1), 4);
    await debug.debug(notebook.cell(1));
    await debug.stopped(/Cell 2 4:/);
    await debug.expand('Block');
    await debug.variable(/^width\b.*1$/);
    await debug.variable(/^name\b.*small/);
    await workbench.screenshot('debug-stopped');
    await debug.press('Step Into');
    await debug.stopped(/^area Cell 1 3:/);
    await debug.press('Step Over');
    await debug.stopped(/^area Cell 1 4:/);
    await until('the call of the other cell', async () => /Cell 2 4:/.test((await debug.frames())[1] ?? ''), {
      page: workbench.page,
    });
    await debug.expand('Locals');
    await debug.variable(/^square\b.*10$/);
    await workbench.screenshot('debug-other-cell');
    await debug.press('Step Out');
    await debug.stopped(/^In\[2\] Cell 2/);
    await debug.toggleBreakpoint(notebook.cell(1), 4);
    await debug.press('Continue');
    await notebook.cell(1).waitForOutput('40');
    await debug.ended();
    await notebook.cell(1).waitFor('done');
  });

  scenario('a condition, a log point, an exception', async (workbench) => {
    const loop =
      'let sum = 0;\nfor (let i = 0; i < 5; i++) {\n  sum += i;\n}\nthrow new RangeError("too far: " + sum);';
    server().write('loop.ipynb', typescriptNotebook(loop));
    const notebook = await workbench.openNotebook('loop.ipynb');
    await notebook.pickKernel('TypeScript (Elara)');
    const debug = new Debugger(workbench);
    await debug.addBreakpoint(notebook.cell(0), 3, 'Conditional Breakpoint', 'i === 3');
    await debug.addBreakpoint(notebook.cell(0), 1, 'Logpoint', 'begins');
    await debug.debug(notebook.cell(0));
    await debug.stopped(/Cell 1 3:/);
    await debug.expand('Block');
    await debug.variable(/^i\b.*3$/);
    await workbench.screenshot('debug-condition');
    await debug.press('Continue');
    await debug.stopped(/Cell 1 5:/);
    await until('the exception to be shown', () => workbench.page.locator('.exception-widget').isVisible(), {
      page: workbench.page,
    });
    await workbench.screenshot('debug-exception');
    await debug.press('Continue');
    await debug.ended();
    await notebook.cell(0).waitFor('failed');
    await notebook.cell(0).waitForOutput('begins');
    await notebook.cell(0).waitForOutput('too far: 10');
  });

  scenario('stop ends the cell, restart runs it again, and so does the end of the kernel', async (workbench) => {
    server().write('wait.ipynb', typescriptNotebook('let n = 0;\ndebugger;\nn = 1;'));
    const notebook = await workbench.openNotebook('wait.ipynb');
    await notebook.pickKernel('TypeScript (Elara)');
    const debug = new Debugger(workbench);
    await debug.show();
    await debug.debug(notebook.cell(0));
    await debug.stopped(/Cell 1 2:/);
    await debug.press('Stop');
    await debug.ended();
    await notebook.cell(0).waitFor('failed');
    await debug.debug(notebook.cell(0));
    await debug.stopped(/Cell 1 2:/);
    const count = await notebook.cell(0).executionCount();
    await debug.press('Restart');
    await until(
      'the cell to run again',
      async () => (await notebook.cell(0).executionCount()) !== count && (await debug.frames()).length > 0,
      { page: workbench.page },
    );
    await debug.stopped(/Cell 1 2:/);
    await notebook.press('Restart Kernel');
    await debug.ended();
    await notebook.cell(0).waitFor('failed');
  });
});
