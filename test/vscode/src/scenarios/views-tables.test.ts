/** Tables of the kernel in tabs. */
import assert from 'node:assert/strict';
import { IPYKERNEL, installPythonKernel } from '../jupyter.ts';
import { TYPESCRIPT } from '../labels.ts';
import { pythonNotebook, typescriptNotebook } from '../notebooks.ts';
import { TableTab } from '../parts/table-tab.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

const CITIES = `const cities = [
  { name: 'Oslo', people: 700_000, founded: new Date('1040-01-01') },
  { name: 'Rome', people: 2_800_000, founded: null },
  { name: 'Bonn', people: 330_000, founded: new Date('0011-01-01') },
];`;

scenarios('tables', { height: 900, width: 1500, settings: { 'elara.typeCheck': 'off' } }, (scenario, server) => {
  scenario('a variable is opened in a tab, sorted, filtered, and follows the cells', async (workbench) => {
    const { page } = workbench;
    server().write(
      'cities.ipynb',
      typescriptNotebook(CITIES, "cities.push({ name: 'Ely', people: 20_000, founded: null });"),
    );
    const notebook = await workbench.openNotebook('cities.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    const view = await workbench.view('Elara', 'Variables');
    await view.pressInline(/^cities/, 'Open in Data View');
    const table = await TableTab.opened(page, 'cities');
    await table.status('3 rows × 3 columns');
    await table.waitForRows([
      ['Oslo', '700000', '1040-01-01'],
      ['Rome', '2800000', 'null'],
      ['Bonn', '330000', '0011-01-01'],
    ]);
    await workbench.screenshot('views-table');
    await table.sort('people');
    await table.waitForRows([
      ['Bonn', '330000', '0011-01-01'],
      ['Oslo', '700000', '1040-01-01'],
    ]);
    await table.sort('people');
    await table.waitForRows([['Rome', '2800000', 'null']]);
    await table.filter('people', '< 1e6');
    await table.status('2 of 3 rows × 3 columns');
    await table.waitForRows([
      ['Oslo', '700000', '1040-01-01'],
      ['Bonn', '330000', '0011-01-01'],
    ]);
    await workbench.screenshot('views-table-filtered');
    assert.equal(await notebook.cell(1).runToEnd(), 'done');
    await table.status('3 of 4 rows × 3 columns');

    // The next extension host finds no notebook in front, but one beside the table.
    await table.grid.press('Control+Home');
    server().killExtensionHosts();
    await until('the variables to go', async () => !(await view.row(/^cities/).isVisible()), { page });
    await view.waitForRow(/^cities/);
    await workbench.reload();
    const restored = await TableTab.opened(page, 'cities', { timeoutMs: 60_000 });
    await restored.status('3 of 4 rows × 3 columns');
    await workbench.screenshot('views-table-reloaded');
  });

  scenario('a table of another kernel', async (workbench) => {
    installPythonKernel(server());
    server().write(
      'frames.ipynb',
      pythonNotebook(
        "rows = [{'name': f'n{i}', 'half': None if i % 2 else i / 2} for i in range(1000)]\nclass Point:\n    def __init__(self): self.x, self.y = 1, [2, 3]\n    def __repr__(self): raise Exception('never run')\npoint = Point()",
      ),
    );
    const notebook = await workbench.openNotebook('frames.ipynb');
    await notebook.pickKernel(IPYKERNEL);
    const view = await workbench.view('Elara', 'Variables');
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await view.waitForRow(/^point\s*Point\(x=1, y=\[2, 3\]\)/);
    await view.expand(/^point/);
    await view.waitForRow(/^y\s*list\(2\)/);
    await view.pressInline(/^rows/, 'Open in Data View');
    const table = await TableTab.opened(workbench.page, 'rows');
    await table.status('1,000 rows × 2 columns');
    await table.sort('half');
    await table.sort('half');
    await table.waitForRows([['n998', '499.0']]);
    await workbench.screenshot('views-table-python');
  });

  scenario('a long table is scrolled, by keys too, and is as it was after being hidden', async (workbench) => {
    const { page } = workbench;
    server().write(
      'long.ipynb',
      typescriptNotebook(
        "const long = Array.from({ length: 500_000 }, (_, i) => ({ i, square: i * i, text: 'row ' + i }));",
      ),
    );
    server().write('other.txt', 'something else');
    const notebook = await workbench.openNotebook('long.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    const view = await workbench.view('Elara', 'Variables');
    await view.pressInline(/^long/, 'Open in Data View');
    const table = await TableTab.opened(page, 'long');
    await table.status('500,000 rows × 3 columns');
    await table.grid.press('Control+End');
    await table.frame.locator('.cell', { hasText: 'row 499999' }).waitFor();
    await table.grid.press('PageUp');
    await table.sort('square');
    await table.sort('square');
    await table.waitForRows([['499999', '249999000001', 'row 499999']]);
    await table.grid.press('ArrowDown');
    for (let i = 0; i < 30; i += 1) await table.grid.press('PageDown');
    await workbench.screenshot('views-table-long');
    const top = await until(
      'the rows to come',
      async () => {
        const [row] = await table.rows(1);
        return row?.every((text) => text !== '') && row;
      },
      { page },
    );
    await workbench.openContainer('Explorer');
    await workbench.openFile('other.txt');
    await page.locator('.tab', { hasText: 'long' }).last().click();
    const again = await TableTab.opened(page, 'long');
    await again.status('500,000 rows × 3 columns');
    await again.waitForRows([top]);
    await workbench.screenshot('views-table-again');
  });
});
