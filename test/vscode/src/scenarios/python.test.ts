/** A kernel of another language: Jupyter's own, ipykernel. */
import assert from 'node:assert/strict';
import { IPYKERNEL, installPythonKernel, OtherClient, startPythonKernel } from '../jupyter.ts';
import { pythonNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

scenarios('Python', { height: 1300 }, (scenario, server) => {
  scenario('an installed kernel runs a notebook', async (workbench) => {
    installPythonKernel(server());
    server().write(
      'python.ipynb',
      pythonNotebook('import sys\nx = 6 * 7\nx', "print('on', 'stdout')\nprint('on stderr', file=sys.stderr)", '1 / 0'),
    );
    const notebook = await workbench.openNotebook('python.ipynb');
    await notebook.pickKernel(IPYKERNEL);
    assert.deepEqual(await notebook.runAllToEnd(), ['done', 'done', 'failed']);
    await notebook.cell(0).waitForOutput(/^42$/m);
    await notebook.cell(1).waitForOutput('on stdout');
    await notebook.cell(1).waitForOutput('on stderr');
    await notebook.cell(2).waitForOutput('ZeroDivisionError');
    await workbench.screenshot('python');
  });

  scenario('a cell that sleeps is interrupted, and a kernel killed in a cell says so there', async (workbench) => {
    installPythonKernel(server());
    server().write(
      'killed.ipynb',
      pythonNotebook(
        "import time\nprint('sleeping', flush=True)\ntime.sleep(600)",
        "import os, signal\nprint('last words', flush=True)\nos.kill(os.getpid(), signal.SIGKILL)",
        "'alive again'",
      ),
    );
    const notebook = await workbench.openNotebook('killed.ipynb');
    await notebook.pickKernel(IPYKERNEL);
    await notebook.cell(0).run();
    await notebook.cell(0).waitForOutput('sleeping');
    await notebook.press('Interrupt');
    await notebook.cell(0).waitFor('failed');
    await notebook.cell(0).waitForOutput('KeyboardInterrupt');

    await notebook.cell(1).run();
    await notebook.cell(1).waitFor('failed');
    await notebook.cell(1).waitForOutput(/last words[\s\S]*SIGKILL/);
    await workbench.screenshot('python-killed');
    assert.equal(await notebook.cell(2).runToEnd(), 'done');
    await notebook.cell(2).waitForOutput('alive again');
    assert.equal(await notebook.cell(2).executionCount(), 1);
  });

  scenario('a kernel that is installed while VS Code runs is offered', async (workbench) => {
    server().write('later.ipynb', pythonNotebook('1'));
    const notebook = await workbench.openNotebook('later.ipynb');
    await notebook.kernel();
    installPythonKernel(server());
    await notebook.pickKernel(IPYKERNEL);
  });

  scenario(
    'a kernel started in a terminal is attached to by its connection file, with another client',
    async (workbench) => {
      const file = await startPythonKernel(server());
      using other = await OtherClient.connect(server(), file);
      await other.run("shared = 'from the other client'");
      server().write('attached.ipynb', pythonNotebook('shared', 'mine = 1\nmine'));
      const notebook = await workbench.openNotebook('attached.ipynb');
      await workbench.command('Elara: Connect to a Running Kernel by Its Connection File…');
      await workbench.quickInput.opened();
      await workbench.quickInput.chooseFile(file);
      await workbench.quickInput.closed();
      assert.equal(await notebook.cell(0).runToEnd(), 'done');
      await notebook.cell(0).waitForOutput('from the other client');
      // What the other client runs is shown too: a cell for each of its inputs, which are lines.
      await other.run('shared = shared.upper()\nprint("shouted")');
      await until('two cells more', async () => (await notebook.cellCount()) === 4, { page: workbench.page });
      await notebook.cell(3).waitForOutput('shouted');
      await notebook.cell(3).waitFor('done');
      assert.match(await notebook.cell(2).text(), /shared\.upper\(\)/);
      await notebook.cell(0).run();
      await notebook.cell(0).waitForOutput('FROM THE OTHER CLIENT');
      await workbench.screenshot('python-attached');
    },
  );
});
