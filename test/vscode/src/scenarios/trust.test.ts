/** A workspace that is not trusted: nothing of it runs before it is. */
import assert from 'node:assert/strict';
import { IPYKERNEL, installPythonKernel } from '../jupyter.ts';
import { TYPESCRIPT } from '../labels.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';

const SAVED = {
  cells: [
    cell('first', { 'application/javascript': "element.append('a script ran')" }),
    cell('second', {
      'application/vnd.jupyter.widget-view+json': { version_major: 2, version_minor: 0, model_id: 'saved' },
    }),
    cell('third', { 'text/latex': '$x^2$' }),
  ],
  metadata: {
    kernelspec: { name: 'elara-typescript', display_name: 'TypeScript', language: 'typescript' },
    widgets: {
      'application/vnd.jupyter.widget-state+json': {
        version_major: 2,
        version_minor: 0,
        state: {
          saved: {
            model_name: 'AnyModel',
            model_module: 'anywidget',
            model_module_version: '~0.9.0',
            state: {
              _view_module: 'anywidget',
              _view_name: 'AnyView',
              _view_module_version: '~0.9.0',
              _anywidget_id: 'saved',
              _esm: `export default {
                initialize() { document.body.dataset.ran = 'yes'; },
                render({ el }) { el.textContent = 'a widget ran'; },
              }`,
            },
          },
        },
      },
    },
  },
  nbformat: 4,
  nbformat_minor: 5,
};

function cell(id: string, data: Readonly<Record<string, unknown>>) {
  const outputs = [{ output_type: 'display_data', data, metadata: {} }];
  return { cell_type: 'code', id, metadata: {}, execution_count: 1, outputs, source: id };
}

scenarios('trust', { trusted: false }, (scenario, server) => {
  /** The kernels that run. */
  const kernels = (): string[] =>
    server()
      .processes()
      .map(({ commandLine }) => commandLine)
      .filter((commandLine) => /kernel\/dist\/elara\.js|ipykernel/.test(commandLine));

  scenario('nothing runs before the workspace is trusted: no kernel, and no code in an output', async (workbench) => {
    installPythonKernel(server());
    server().write('saved-outputs.ipynb', SAVED);
    const saved = await workbench.openNotebook('saved-outputs.ipynb');
    await saved.cell(2).waitForElement('.katex');
    for (const index of [0, 1]) {
      assert.match(await saved.cell(index).waitForOutput('when you trust the workspace'), /^This output runs code/);
    }
    const page = (await saved.cell(1).outputs()).first();
    assert.equal(await page.evaluate(() => document.body.dataset.ran), undefined);
    await workbench.screenshot('trust-outputs');

    server().write('untrusted.ipynb', typescriptNotebook("'it runs'"));
    const notebook = await workbench.openNotebook('untrusted.ipynb');
    for (const label of [IPYKERNEL, TYPESCRIPT]) {
      await notebook.pickKernel(label);
      await notebook.cell(0).run();
      const dialog = await workbench.notifications.dialog('Do you trust the authors');
      await dialog.press('Cancel');
      await notebook.cell(0).waitFor('idle');
      assert.deepEqual(kernels(), []);
    }
    await workbench.screenshot('trust-restricted');

    await notebook.cell(0).run();
    const dialog = await workbench.notifications.dialog('Do you trust the authors');
    await dialog.press('Trust Folder & Continue');
    await notebook.cell(0).waitFor('done');
    await notebook.cell(0).waitForOutput('it runs');
    await workbench.screenshot('trust-granted');

    await workbench.openNotebook('saved-outputs.ipynb');
    await saved.cell(0).waitForOutput('a script ran');
    await saved.cell(1).waitForOutput('a widget ran');
  });
});
