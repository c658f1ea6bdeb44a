/** What becomes of a notebook whose kernel ends, and of questions that nobody answers. */
import assert from 'node:assert/strict';
import { JAVASCRIPT, TYPESCRIPT } from '../labels.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

/** Ends the kernel itself, not only the process of its cells. */
const END_KERNEL = "process.kill(process.ppid, 'SIGKILL');";

scenarios('notebook-kernel', {}, (scenario, server) => {
  scenario('a kernel that dies in a cell says so there', async (workbench) => {
    server().write(
      'dies.ipynb',
      typescriptNotebook(`${END_KERNEL}\nawait new Promise(() => {});`, "'waits'", "'alive'"),
    );
    const notebook = await workbench.openNotebook('dies.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.runAll();
    await notebook.cell(0).waitFor('failed');
    await notebook.cell(0).waitForOutput(/KernelDied[\s\S]*SIGKILL/);
    await notebook.cell(1).waitFor('idle');
    await workbench.screenshot('notebook-died');
    assert.equal(await notebook.cell(2).runToEnd(), 'done');
    await notebook.cell(2).waitForOutput('alive');
    assert.equal(await notebook.cell(2).executionCount(), 1);
  });

  scenario('a kernel that dies while nothing runs says so, and another one can be started', async (workbench) => {
    const go = `${server().workspace}/go`;
    const diesThen = `import { existsSync } from 'node:fs';
setInterval(() => { if (existsSync(${JSON.stringify(go)})) ${END_KERNEL} }, 50);`;
    server().write('idle.ipynb', typescriptNotebook(diesThen, "'alive'"));
    const notebook = await workbench.openNotebook('idle.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    server().write('go', '');
    const said = await workbench.notifications.wait('SIGKILL');
    assert.match(await said.text(), /^The kernel TypeScript \(Elara\) of idle\.ipynb ended by SIGKILL\./);
    await workbench.screenshot('notebook-died-idle');
    assert.equal(await notebook.cell(0).state(), 'done');
    await said.press('Start Another');
    assert.equal(await notebook.cell(1).runToEnd(), 'done');
    assert.equal(await notebook.cell(1).executionCount(), 1);
  });

  scenario('a question is asked again after the window was reloaded', async (workbench) => {
    server().write('asks.ipynb', typescriptNotebook("'Hello ' + (await input('Your name?'))"));
    const notebook = await workbench.openNotebook('asks.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.save();
    await notebook.cell(0).run();
    const { quickInput } = workbench;
    await quickInput.opened('Your name?');
    await workbench.reloadPage('Your name?');
    await quickInput.opened('Your name?');
    await workbench.screenshot('notebook-asked-again');
    await quickInput.fill('Ada');
    await quickInput.accept();
    await notebook.cell(0).waitForOutput('Hello Ada');
    await notebook.cell(0).waitFor('done');
  });

  scenario('a notebook that is renamed keeps its kernel', async (workbench) => {
    server().write('old.ipynb', typescriptNotebook("const kept = 'kept';", 'kept.toUpperCase()'));
    const notebook = await workbench.openNotebook('old.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.save();
    await workbench.renameFile('old.ipynb', 'new.ipynb');
    await notebook.opened();
    assert.equal(await notebook.cell(1).runToEnd(), 'done');
    await notebook.cell(1).waitForOutput('KEPT');
    assert.equal(await notebook.cell(1).executionCount(), 2);
  });

  scenario(
    'another kernel is chosen in the middle of a cell: the first one ends, and the cell says why',
    async (workbench) => {
      server().write(
        'switched.ipynb',
        typescriptNotebook("console.log('on');\nawait new Promise(() => {});", "'waits'"),
      );
      const kernels = await workbench.view('Elara', 'Kernels');
      await workbench.openContainer('Explorer');
      const notebook = await workbench.openNotebook('switched.ipynb');
      await notebook.pickKernel(TYPESCRIPT);
      await notebook.runAll();
      await notebook.cell(0).waitForOutput('on');
      await notebook.pickKernel(JAVASCRIPT);
      await notebook.cell(0).waitForOutput('Another kernel was chosen: this one was shut down.');
      await notebook.cell(0).waitFor('failed');
      await notebook.cell(1).waitFor('idle');
      assert.equal(await notebook.cell(1).runToEnd(), 'done');
      assert.equal(await notebook.cell(1).executionCount(), 1);
      await workbench.openContainer('Elara');
      const names = async (): Promise<string[]> => (await kernels.texts()).filter((text) => text.includes('(Elara)'));
      await until('the first kernel to end', async () => (await names()).every((text) => text.includes(JAVASCRIPT)), {
        page: workbench.page,
      });
    },
  );

  scenario(
    'a new notebook that is not saved takes its kernel along, and the next one has its own',
    async (workbench) => {
      const { notebook, page } = workbench;
      const kernels = await workbench.view('Elara', 'Kernels');
      await workbench.command('Elara: New TypeScript Notebook');
      await notebook.opened();
      await notebook.cell(0).fill("const word = 'of the first';");
      assert.equal(await notebook.cell(0).runToEnd(), 'done');
      await kernels.waitForRow('Untitled-1.ipynb');
      await workbench.command('View: Close Editor');
      const dialog = await workbench.notifications.dialog('Do you want to save');
      await dialog.press("Don't Save");

      await workbench.command('Elara: New TypeScript Notebook');
      await notebook.opened();
      await notebook.cell(0).fill("const word = 'of the second';\nword");
      assert.equal(await notebook.cell(0).runToEnd(), 'done');
      assert.equal(await notebook.cell(0).executionCount(), 1);
      const rows = async (): Promise<number> =>
        (await kernels.texts()).filter((text) => text.includes(TYPESCRIPT)).length;
      await until('the first kernel to end', async () => (await rows()) === 1, { page });
    },
  );

  scenario(
    'a question is withdrawn when its cell is interrupted, and asked again when it runs again',
    async (workbench) => {
      server().write('withdrawn.ipynb', typescriptNotebook("await input('Your name?')"));
      const notebook = await workbench.openNotebook('withdrawn.ipynb');
      await notebook.pickKernel(TYPESCRIPT);
      const { quickInput } = workbench;
      await notebook.cell(0).run();
      await quickInput.opened('Your name?');
      await notebook.press('Interrupt');
      await notebook.cell(0).waitFor('failed');
      await quickInput.closed();

      await notebook.cell(0).run();
      await quickInput.opened('Your name?');
      await quickInput.fill('Ada');
      await quickInput.accept();
      await notebook.cell(0).waitForOutput("'Ada'");
      await notebook.cell(0).waitFor('done');
    },
  );

  scenario('a question is answered in several lines', async (workbench) => {
    server().write('poem.ipynb', typescriptNotebook("(await input('A poem?')).split('\\n').length + ' lines'"));
    const notebook = await workbench.openNotebook('poem.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    const { page, quickInput } = workbench;
    await notebook.cell(0).run();
    await quickInput.opened('A poem?');
    await quickInput.root.getByRole('button', { name: 'Answer in Several Lines' }).click();
    const editor = page.locator('.editor-instance .monaco-editor.focused');
    await until('an editor for the answer', () => editor.isVisible(), { page });
    await page.keyboard.insertText('one\ntwo\n');
    await workbench.screenshot('notebook-input-lines');
    await page.keyboard.press('Control+s');
    await until('the answer to be saved', async () => (await page.locator('.tab.active.dirty').count()) === 0, {
      page,
    });
    await workbench.command('View: Close Editor');
    await notebook.opened();
    await notebook.cell(0).waitForOutput('2 lines');
  });
});
