/** Stopping what runs, starting anew, and kernels that die. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { installKernelSpec } from '../jupyter.ts';
import { TYPESCRIPT } from '../labels.ts';
import { awaiting, plainNotebook, typescriptNotebook } from '../notebooks.ts';
import { repository } from '../paths.ts';
import { scenarios } from '../scenario.ts';

scenarios('interrupt', {}, (scenario, server) => {
  /** @param before What the shell does each time before it starts the kernel. */
  function installKernel(name: string, before: string): void {
    const kernel = [process.execPath, join(repository, 'dist/elara.js'), 'kernel', '--connection-file'];
    installKernelSpec(server(), name.toLowerCase(), {
      argv: ['/bin/sh', '-c', `${before}; exec "$@"`, 'sh', ...kernel, '{connection_file}'],
      display_name: name,
      language: 'typescript',
      interrupt_mode: 'message',
    });
  }

  scenario(
    'an endless loop and a pending await are interrupted, and the kernel keeps its variables',
    async (workbench) => {
      server().write(
        'endless.ipynb',
        typescriptNotebook(
          "let kept = 'kept';",
          "console.log('looping');\nwhile (true) {}",
          "console.log('waiting');\nawait new Promise(() => {});",
          'kept',
        ),
      );
      const notebook = await workbench.openNotebook('endless.ipynb');
      await notebook.pickKernel(TYPESCRIPT);
      assert.equal(await notebook.cell(0).runToEnd(), 'done');
      for (const [index, said] of [
        [1, 'looping'],
        [2, 'waiting'],
      ] as const) {
        const cell = notebook.cell(index);
        await cell.run();
        await cell.waitForOutput(said);
        await cell.waitFor('running');
        await notebook.press('Interrupt');
        await cell.waitFor('failed');
      }
      assert.equal(await notebook.cell(3).runToEnd(), 'done');
      await notebook.cell(3).waitForOutput('kept');
      await workbench.screenshot('interrupt');
    },
  );

  scenario('restart forgets variables and counts from 1', async (workbench) => {
    server().write('restart.ipynb', typescriptNotebook('let first = 1;\nfirst', 'typeof first'));
    const notebook = await workbench.openNotebook('restart.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.deepEqual(await notebook.runAllToEnd(), ['done', 'done']);
    await notebook.cell(1).waitForOutput('number');
    await notebook.press('Restart');
    await notebook.cell(1).runToEnd();
    await notebook.cell(1).waitForOutput('undefined');
    assert.equal(await notebook.cell(1).executionCount(), 1);
    await workbench.screenshot('restart');
  });

  scenario('restart in the middle of a cell ends that cell', async (workbench) => {
    server().write('busy.ipynb', typescriptNotebook("console.log('busy');\nawait new Promise(() => {});", "'after'"));
    const notebook = await workbench.openNotebook('busy.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.runAll();
    await notebook.cell(0).waitForOutput('busy');
    await notebook.press('Restart');
    await notebook.cell(0).waitFor('failed');
    await notebook.ended();
    assert.equal(await notebook.cell(1).runToEnd(), 'done');
    await notebook.cell(1).waitForOutput('after');
  });

  scenario('a cell that waits for a restart is not run when it is interrupted', async (workbench) => {
    const [started, go] = ['started', 'go'].map((name) => join(server().workspace, name));
    // It starts at once, and again when it is told so.
    installKernel('Slow', `[ -e ${started} ] && until [ -e ${go} ]; do sleep 0.1; done; touch ${started}`);
    server().write('slow.ipynb', plainNotebook("'first'", "'second'"));
    const notebook = await workbench.openNotebook('slow.ipynb');
    await notebook.pickKernel('Slow');
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.press('Restart');
    await notebook.cell(1).run();
    await notebook.cell(1).waitFor('pending');
    await notebook.press('Interrupt');
    await notebook.cell(1).waitFor('idle');
    server().write('go', '');
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    assert.equal(await notebook.cell(0).executionCount(), 1);
  });

  scenario('a kernel that does not stop can be restarted, and one that does not restart ended', async (workbench) => {
    const [first, second] = ['first', 'second'].map((name) => join(server().workspace, name));
    // Its second start never comes to its end.
    installKernel(
      'Stuck',
      `if [ -e ${first} ] && [ ! -e ${second} ]; then touch ${second}; exec sleep 600; fi; touch ${first}`,
    );
    const deaf = 'trap "" INT; sleep 600';
    const sleeping = `import { execSync } from 'node:child_process';\nconsole.log('asleep');\nexecSync('${deaf}');`;
    server().write('stuck.ipynb', plainNotebook(sleeping, "'alive again'"));
    const notebook = await workbench.openNotebook('stuck.ipynb');
    await notebook.pickKernel('Stuck');
    await notebook.cell(0).run();
    await notebook.cell(0).waitForOutput('asleep');
    await notebook.press('Interrupt');
    const { notifications } = workbench;
    const stopping = await notifications.wait('Stuck does not stop. Restart it?');
    assert.equal(await notebook.cell(0).state(), 'running');
    await workbench.screenshot('stuck-interrupt');
    await stopping.press('Restart');
    await notebook.cell(0).waitFor('failed');
    await notebook.cell(0).waitForOutput(/asleep[\s\S]*The kernel was restarted/);
    const restarting = await notifications.wait('Stuck does not restart. End its process?');
    await workbench.screenshot('stuck-restart');
    await restarting.press('End Process');
    assert.equal(await notebook.cell(1).runToEnd(), 'done');
    await notebook.cell(1).waitForOutput('alive again');
    assert.equal(await notebook.cell(1).executionCount(), 1);
  });

  scenario('a kernel killed in a cell says so in that cell, and the next run starts a new one', async (workbench) => {
    const go = join(server().workspace, 'go');
    server().write(
      'killed.ipynb',
      typescriptNotebook(
        `console.log('last words');\n${awaiting(go)}\nprocess.kill(process.pid, 'SIGKILL');\nawait new Promise(() => {});`,
        "'alive again'",
      ),
    );
    const notebook = await workbench.openNotebook('killed.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.cell(0).run();
    await notebook.cell(0).waitForOutput('last words');
    server().write('go', '');
    await notebook.cell(0).waitFor('failed');
    await notebook.cell(0).waitForOutput(/last words[\s\S]*SIGKILL/);
    await workbench.screenshot('killed');
    assert.equal(await notebook.cell(1).runToEnd(), 'done');
    await notebook.cell(1).waitForOutput('alive again');
  });
});
