/** The debugger with another language's kernel, with two notebooks at once, and with a kernel that has none. */
import assert from 'node:assert/strict';
import { IPYKERNEL, installPythonKernel } from '../jupyter.ts';
import { pythonNotebook, typescriptNotebook } from '../notebooks.ts';
import { Debugger } from '../parts/debugger.ts';
import { scenarios } from '../scenario.ts';

scenarios('debug more', { trusted: true, width: 1400 }, (scenario, server) => {
  scenario('a cell of Python', async (workbench) => {
    installPythonKernel(server());
    server().write(
      'squares.ipynb',
      pythonNotebook(
        'def square(x):\n    y = x * x\n    return y',
        'total = 0\nfor i in range(3):\n    total += square(i)\ntotal',
      ),
    );
    const notebook = await workbench.openNotebook('squares.ipynb');
    await notebook.pickKernel(IPYKERNEL);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    const debug = new Debugger(workbench);
    await debug.toggleBreakpoint(notebook.cell(0), 3);
    await debug.debug(notebook.cell(1));
    // debugpy tells of several threads: VS Code shows the stack of none by itself.
    await debug.currentLine(notebook.cell(0)).waitFor();
    await debug.expand('Locals');
    await debug.variable(/^y\b.*0$/);
    await workbench.screenshot('debug-python');
    await debug.toggleBreakpoint(notebook.cell(0), 3);
    await debug.press('Continue');
    await notebook.cell(1).waitForOutput('5');
    await debug.ended();
  });

  scenario('two notebooks at once', async (workbench) => {
    for (const name of ['one', 'two']) {
      server().write(`${name}.ipynb`, typescriptNotebook(`const name = '${name}';\ndebugger;\nname + '!'`));
    }
    const debug = new Debugger(workbench);
    for (const name of ['one', 'two']) {
      const notebook = await workbench.openNotebook(`${name}.ipynb`);
      await notebook.pickKernel('TypeScript (Elara)');
      await debug.debug(notebook.cell(0));
      // Where it stops, VS Code shows the notebook, whatever was opened in between.
      await debug.currentLine(notebook.cell(0)).waitFor();
    }
    await debug.show();
    await debug.sessions(2);
    await workbench.screenshot('debug-two');
    await debug.press('Continue');
    await debug.sessions(1);
    await debug.press('Continue');
    await debug.ended();
    await workbench.command('View: Show Explorer');
    for (const name of ['one', 'two']) {
      const notebook = await workbench.openNotebook(`${name}.ipynb`);
      await notebook.cell(0).waitForOutput(`${name}!`);
    }
  });
});
