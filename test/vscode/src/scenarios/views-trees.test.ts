/** The views of the side bar: kernels, variables, history. */
import assert from 'node:assert/strict';
import { TYPESCRIPT } from '../labels.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

scenarios('views', { height: 1100, settings: { 'elara.typeCheck': 'off' } }, (scenario, server) => {
  scenario('variables are listed, opened, searched and follow the cells', async (workbench) => {
    server().write(
      'variables.ipynb',
      typescriptNotebook(
        "const cities = [{ name: 'Oslo', people: 700_000 }, { name: 'Rome', people: 2_800_000 }];\nconst label = 'a text', count = 3;",
        'const byName = new Map(cities.map((city) => [city.name, city]));\nclass Sensor { id = 7; get state() { throw new Error("never run") } }\nconst sensor = new Sensor();',
      ),
    );
    const notebook = await workbench.openNotebook('variables.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    const view = await workbench.view('Elara', 'Variables');
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await view.waitForRow(/^cities/);
    await view.waitForRow(/^count\s*3/);
    assert.equal(await notebook.cell(1).runToEnd(), 'done');
    await view.waitForRow(/^byName/);
    await view.expand(/^cities/);
    await view.waitForRow(/^0\s*\{ name: 'Oslo'/);
    await view.expand(/^sensor/);
    await view.waitForRow(/^state\s*\[Getter\]/);
    await workbench.screenshot('views-variables');
    await workbench.command('Elara: Search Variables…');
    await workbench.quickInput.opened('Search Variables');
    await workbench.quickInput.fill('CIT');
    await until('only cities', async () => !(await view.row(/^count/).isVisible()), { page: workbench.page });
    await workbench.quickInput.accept();
    await workbench.screenshot('views-variables-search');
  });

  scenario('kernels are listed with their notebooks', async (workbench) => {
    server().write('one.ipynb', typescriptNotebook('1 + 1', 'await new Promise(() => {})'));
    const notebook = await workbench.openNotebook('one.ipynb');
    const view = await workbench.view('Elara', 'Kernels');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await view.waitForRow(/TypeScript \(Elara\)\s*idle · \d+ MB · 1 cell/);
    await view.waitForRow('one.ipynb');
    await notebook.cell(1).run();
    await view.waitForRow(/TypeScript \(Elara\)\s*busy/);
    await workbench.screenshot('views-kernels-busy');
    await view.pressInline(/TypeScript \(Elara\)/, 'Interrupt');
    await notebook.cell(1).waitFor('failed');
    await view.waitForRow(/TypeScript \(Elara\)\s*idle · \d+ MB · 2 cells/);
    await view.contextMenu(/TypeScript \(Elara\)/, 'Open a Console in the Terminal');
    const terminal = workbench.page.locator('.terminal-wrapper.active .xterm-rows');
    await until('the console to greet', async () => /In \[3\]|TypeScript/.test(await terminal.innerText()), {
      page: workbench.page,
    });
    await workbench.screenshot('views-kernels-console');
    await view.pressInline(/TypeScript \(Elara\)/, 'Shut Down');
    const dialog = await workbench.notifications.dialog('Shut TypeScript (Elara) down?');
    await dialog.press('Shut Down');
    await until('no kernel', async () => (await view.texts()).length === 0, { page: workbench.page });
    await workbench.screenshot('views-kernels-none');
  });

  scenario('the history is listed, searched, inserted and run again', async (workbench) => {
    server().write('history-view.ipynb', typescriptNotebook('const first = 1;', 'const second = 2;\nsecond + 1'));
    const notebook = await workbench.openNotebook('history-view.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    const view = await workbench.view('Elara', 'History');
    await notebook.runAllToEnd();
    await view.waitForRow(/^const second = 2;\s*\+1 line/);
    await view.waitForRow('const first = 1;');
    await workbench.screenshot('views-history');
    await view.pressInline('const first', 'Insert into a Cell');
    await until(
      'the new cell',
      async () =>
        (await notebook.cell(2).text()) === 'const first = 1;' ||
        (await notebook.cell(1).text()) === 'const first = 1;',
      {
        page: workbench.page,
      },
    );
    await view.pressInline('const second', 'Run Again');
    await notebook.cell(3).waitForOutput(/^3$/m);
    await workbench.screenshot('views-history-run');
  });
});
