/** Questions of a cell to the person who runs it. */
import assert from 'node:assert/strict';
import { IPYKERNEL, installPythonKernel } from '../jupyter.ts';
import { TYPESCRIPT } from '../labels.ts';
import { pythonNotebook, typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

scenarios('input', {}, (scenario, server) => {
  scenario('prompt and password in TypeScript', async (workbench) => {
    server().write(
      'ask.ipynb',
      typescriptNotebook(
        "const name = prompt('Your name?');\n'Hello ' + name",
        "const secret = await password('Your secret?');\nsecret.length + ' characters'",
        "const nothing = prompt('Cancel me');\nString(nothing)",
      ),
    );
    const notebook = await workbench.openNotebook('ask.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    const { quickInput } = workbench;

    await notebook.cell(0).run();
    await quickInput.opened('Your name?');
    assert.equal(await quickInput.isPassword(), false);
    await workbench.screenshot('input-prompt');
    await quickInput.fill('Ada');
    await quickInput.accept();
    await notebook.cell(0).waitForOutput('Hello Ada');

    await notebook.cell(1).run();
    await quickInput.opened('Your secret?');
    assert.equal(await quickInput.isPassword(), true);
    await quickInput.fill('swordfish');
    await workbench.screenshot('input-password');
    await quickInput.accept();
    await notebook.cell(1).waitForOutput('9 characters');

    await notebook.cell(2).run();
    await quickInput.opened('Cancel me');
    await quickInput.cancel();
    await notebook.cell(2).waitFor(['done', 'failed']);
  });

  scenario('a question waits at its cell while something else is done', async (workbench) => {
    server().write('first.ipynb', typescriptNotebook("'Hello ' + prompt('First name?')"));
    server().write('second.ipynb', typescriptNotebook("String(prompt('Second name?'))"));
    const { quickInput, page } = workbench;
    const notebook = await workbench.openNotebook('second.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await workbench.openNotebook('first.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    const cell = notebook.cell(0);

    await cell.run();
    await quickInput.opened('First name?');
    await quickInput.fill('Ad');
    await page.keyboard.press('F1');
    await until('the palette', async () => (await quickInput.value()).startsWith('>'), { page });
    await quickInput.cancel();
    assert.equal(await cell.state(), 'running');
    await workbench.screenshot('input-at-the-cell');
    await cell.pressStatus('First name?');
    await quickInput.opened('First name?');
    assert.equal(await quickInput.value(), 'Ad', 'what was typed is still there');

    // Another notebook asks meanwhile: its question is next.
    await workbench.openFile('second.ipynb');
    await notebook.opened();
    await cell.run();
    await until('the second question at its cell', async () => (await cell.status()).join().includes('Second name?'), {
      page,
    });
    await quickInput.opened('First name?');
    await quickInput.fill('Ada');
    await quickInput.accept();
    await quickInput.opened('Second name?');
    await quickInput.cancel();
    await cell.waitForOutput('null');
    assert.deepEqual((await cell.status()).join().includes('Second name?'), false);
    await workbench.openFile('first.ipynb');
    await notebook.opened();
    await cell.waitForOutput('Hello Ada');
  });

  scenario('input and getpass in Python', async (workbench) => {
    installPythonKernel(server());
    server().write(
      'ask-python.ipynb',
      pythonNotebook("'Hello ' + input('Your name? ')", "import getpass\nlen(getpass.getpass('Your secret? '))"),
    );
    const notebook = await workbench.openNotebook('ask-python.ipynb');
    await notebook.pickKernel(IPYKERNEL);
    const { quickInput } = workbench;

    await notebook.cell(0).run();
    await quickInput.opened('Your name?');
    await quickInput.fill('Ada');
    await quickInput.accept();
    await notebook.cell(0).waitForOutput('Hello Ada');

    await notebook.cell(1).run();
    await quickInput.opened('Your secret?');
    assert.equal(await quickInput.isPassword(), true);
    await quickInput.fill('swordfish');
    await quickInput.accept();
    await notebook.cell(1).waitForOutput(/^9$/m);
  });
});
