/** The debugger with another language's kernel, with two notebooks at once, and with a kernel that has none. */
import assert from 'node:assert/strict';
import { IPYKERNEL, installPythonKernel } from '../jupyter.ts';
import { pythonNotebook, typescriptNotebook } from '../notebooks.ts';
import { Debugger } from '../parts/debugger.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

scenarios('debug more', { width: 1400 }, (scenario, server) => {
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

  scenario('a breakpoint goes along with its line while the cell is changed', async (workbench) => {
    const { page } = workbench;
    server().write('moved.ipynb', typescriptNotebook('debugger;', 'const a = 1;\nconst b = a + 1;\nb'));
    const notebook = await workbench.openNotebook('moved.ipynb');
    await notebook.pickKernel('TypeScript (Elara)');
    const debug = new Debugger(workbench);
    const cell = notebook.cell(1);
    await debug.toggleBreakpoint(cell, 2);
    await debug.debug(notebook.cell(0));
    await debug.currentLine(notebook.cell(0)).waitFor();
    const breakpointAt = (line: number) =>
      until(`a breakpoint in line ${line}`, async () => (await debug.breakpointLines(cell)).join() === `${line}`, {
        page,
      });
    await breakpointAt(2);
    await cell.focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('0;\n1;\n');
    await breakpointAt(4);
    await workbench.screenshot('debug-moved');
    await debug.debug(cell);
    await debug.press('Continue');
    await debug.stopped(/Cell 2 4:/);
    await debug.press('Continue');
    await cell.waitForOutput('2');
    await debug.ended();
  });

  scenario(
    'a window that is reloaded while a cell stands still lets it go on, and shows what it wrote',
    async (workbench) => {
      server().write('reloaded.ipynb', typescriptNotebook("debugger;\nconsole.log('went on');"));
      const notebook = await workbench.openNotebook('reloaded.ipynb');
      await notebook.pickKernel('TypeScript (Elara)');
      const debug = new Debugger(workbench);
      await debug.debug(notebook.cell(0));
      await debug.show();
      await debug.stopped(/Cell 1 1:/);
      await notebook.save();
      await workbench.reload();
      await notebook.opened();
      await notebook.cell(0).waitForOutput('went on');
      await notebook.cell(0).waitFor('done');
      assert.equal(await notebook.cell(0).executionCount(), 1);
    },
  );

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
