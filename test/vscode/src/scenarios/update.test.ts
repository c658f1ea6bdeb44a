/** Kernels outlive an update of the extension. */
import assert from 'node:assert/strict';
import { TYPESCRIPT } from '../labels.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { updateExtension } from '../update.ts';

scenarios('update', { ownServer: true }, (scenario, server) => {
  scenario('the folder that a kernel was started from is removed', async (workbench) => {
    server().write(
      'update.ipynb',
      typescriptNotebook(
        'const fox = { colour: "red", legs: 4 };',
        '',
        'new elara.widgets.IntSlider({ value: fox.legs }).value',
        'typeof fox',
      ),
    );
    const notebook = await workbench.openNotebook('update.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.save();

    await updateExtension(server());
    await workbench.reload();
    await notebook.opened();
    assert.deepEqual(await server().extensions(), ['elara.elara@99.0.0']);
    // Types and widgets are loaded when they are first wanted.
    await notebook.cell(1).type('fox.');
    await notebook.cell(1).suggestions('colour');
    await workbench.page.keyboard.press('Escape');
    await notebook.cell(1).fill('fox.colour');
    assert.equal(await notebook.cell(2).runToEnd(), 'done');
    await notebook.cell(2).waitForOutput(/^4$/m);
    await workbench.screenshot('update');

    await notebook.press('Restart');
    assert.equal(await notebook.cell(3).runToEnd(), 'done');
    await notebook.cell(3).waitForOutput('undefined');
  });
});
