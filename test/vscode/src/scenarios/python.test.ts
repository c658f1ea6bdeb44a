/** A kernel of another language: Jupyter's own, ipykernel. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { IPYKERNEL, installPythonKernel, OtherClient, startPythonKernel } from '../jupyter.ts';
import { awaitingInPython, pythonNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

scenarios('Python', { height: 1300 }, (scenario, server) => {
  scenario('a notebook that names an installed kernel runs with it', async (workbench) => {
    installPythonKernel(server());
    server().write(
      'python.ipynb',
      pythonNotebook('import sys\nx = 6 * 7\nx', "print('on', 'stdout')\nprint('on stderr', file=sys.stderr)", '1 / 0'),
    );
    const notebook = await workbench.openNotebook('python.ipynb');
    await until('the kernel', async () => (await notebook.kernel()) === IPYKERNEL, { page: workbench.page });
    assert.deepEqual(await notebook.runAllToEnd(), ['done', 'done', 'failed']);
    await notebook.cell(0).waitForOutput(/^42$/m);
    await notebook.cell(1).waitForOutput('on stdout');
    await notebook.cell(1).waitForOutput('on stderr');
    await notebook.cell(2).waitForOutput('ZeroDivisionError');
    await workbench.screenshot('python');
  });

  scenario('a cell that sleeps is interrupted, and a kernel killed in a cell says so there', async (workbench) => {
    const go = join(server().workspace, 'go');
    installPythonKernel(server());
    server().write(
      'python-killed.ipynb',
      pythonNotebook(
        "import time\nprint('sleeping', flush=True)\ntime.sleep(600)",
        // A kernel that is killed takes with it what it has not sent yet.
        `print('last words', flush=True)\n${awaitingInPython(go)}\nimport signal\nos.kill(os.getpid(), signal.SIGKILL)`,
        "'alive again'",
      ),
    );
    const notebook = await workbench.openNotebook('python-killed.ipynb');
    await notebook.pickKernel(IPYKERNEL);
    await notebook.cell(0).run();
    await notebook.cell(0).waitForOutput('sleeping');
    await notebook.press('Interrupt');
    await notebook.cell(0).waitFor('failed');
    await notebook.cell(0).waitForOutput('KeyboardInterrupt');

    await notebook.cell(1).run();
    await notebook.cell(1).waitForOutput('last words');
    server().write('go', '');
    await notebook.cell(1).waitFor('failed');
    await notebook.cell(1).waitForOutput(/last words[\s\S]*SIGKILL/);
    await workbench.screenshot('python-killed');
    assert.equal(await notebook.cell(2).runToEnd(), 'done');
    await notebook.cell(2).waitForOutput('alive again');
    assert.equal(await notebook.cell(2).executionCount(), 1);
  });

  scenario('it completes between cells, and its history is awaited as long as somebody wants to', async (workbench) => {
    const go = join(server().workspace, 'go');
    installPythonKernel(server());
    server().write(
      'asked.ipynb',
      pythonNotebook(
        'def shout(word, times=2):\n    """Louder."""\n    return word.upper() * times\n\nclass Fox:\n    colour = "red"\n    legs = 4',
        awaitingInPython(go),
        '',
      ),
    );
    const notebook = await workbench.openNotebook('asked.ipynb');
    await notebook.pickKernel(IPYKERNEL);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    const cell = notebook.cell(2);
    const { page, quickInput, notifications } = workbench;
    await cell.type('shout(str(1), ');
    const help = await cell.signature('shout(word, times=2)');
    assert.equal(await help.locator('.signature .parameter.active').textContent(), 'times=2');
    assert.match(await help.innerText(), /Louder\./);
    await workbench.screenshot('python-signature');
    await page.keyboard.press('Escape');
    await cell.fill('Fox');
    await page.keyboard.type('.');
    assert.ok((await cell.suggestions('colour')).includes('legs'));
    await page.keyboard.press('Escape');

    await notebook.cell(1).run();
    await notebook.cell(1).waitFor('running');
    await workbench.command('Elara: Search History…');
    const waiting = await notifications.wait('is busy, and tells what it has run when it is done');
    await workbench.screenshot('python-busy');
    await waiting.press('Cancel');
    const history = await workbench.view('Elara', 'History');
    await until('the view to say so', async () => (await history.message()).includes('is busy, and tells'), { page });
    await workbench.screenshot('python-busy-view');
    await workbench.command('Elara: Run in Kernel…');
    await quickInput.opened(/^Run in /);
    await quickInput.cancel();
    await workbench.command('Elara: Search History…');
    await notifications.wait('is busy, and tells what it has run when it is done');
    server().write('go', '');
    await quickInput.opened(/^History of /);
    await until(
      'the cell in the list',
      async () => (await quickInput.lines()).some((line) => line.includes('import os')),
      {
        page,
      },
    );
    await quickInput.cancel();
    await history.waitForRow('import os');
    assert.equal(await history.message(), '');
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
