/** Questions of a cell to the person who runs it. */
import assert from 'node:assert/strict';
import { IPYKERNEL, installPythonKernel } from '../jupyter.ts';
import { TYPESCRIPT } from '../labels.ts';
import { pythonNotebook, typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';

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

  scenario('input and getpass in Python', async (workbench) => {
    installPythonKernel(server());
    server().write(
      'ask.ipynb',
      pythonNotebook("'Hello ' + input('Your name? ')", "import getpass\nlen(getpass.getpass('Your secret? '))"),
    );
    const notebook = await workbench.openNotebook('ask.ipynb');
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
