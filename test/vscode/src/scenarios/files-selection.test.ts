/** Lines of a file run in a notebook beside it. */
import assert from 'node:assert/strict';
import { IPYKERNEL, installPythonKernel } from '../jupyter.ts';
import { pythonNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

const SCRIPT = `import { scale } from './scale.ts';

/** Heights of trees, in metres. */
const heights = [
  12,
  7.5,
];
const scaled = heights.map(scale);
scaled.length;
`;

scenarios('selection', { width: 1500 }, (scenario, server) => {
  scenario('the statement at the cursor, the next one, and a selection', async (workbench) => {
    const { page, notebook } = workbench;
    server().write('scale.ts', 'export function scale(x: number): number {\n  return x * 10;\n}\n');
    server().write('trees.ts', SCRIPT);
    await workbench.openFile('trees.ts');
    const editor = page.locator('.editor-instance .monaco-editor[data-uri$="trees.ts"]').first();
    await editor.locator('.view-line').first().click();
    await workbench.command('Elara: Run Selection in Kernel');
    await notebook.opened();
    await until('the kernel to be chosen', async () => (await notebook.kernel()).includes('TypeScript (Elara)'), {
      page,
    });
    await notebook.cell(0).waitFor('done');
    // VS Code opens a new notebook as well that is slow to come into sight.
    assert.equal(await page.locator('.tab', { hasText: /^Untitled/ }).count(), 1);
    // The keys are ours from now on, in this file.
    await page.keyboard.press('Shift+Enter');
    await notebook.cell(1).waitFor('done');
    assert.match(await notebook.cell(1).text(), /^const heights = \[\n {2}12,\n {2}7\.5,\n\];$/);
    await page.keyboard.press('Shift+Enter');
    await notebook.cell(2).waitFor('done');
    await page.keyboard.press('Shift+Enter');
    // In a file a semicolon ends a statement; in a cell it would hide the result.
    await notebook.cell(3).waitForOutput(/^2$/m);
    await page.keyboard.press('Control+Home');
    for (let line = 1; line < 8; line++) await page.keyboard.press('ArrowDown');
    for (let character = 0; character < 'const '.length; character++) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Control+Shift+ArrowRight');
    await page.keyboard.press('Shift+Enter');
    await notebook.cell(4).waitForOutput('[ 120, 75 ]');
    assert.equal(await notebook.cell(4).text(), 'scaled');
    // The last cell is there to write in.
    assert.equal(await notebook.cellCount(), 6);
    await notebook.cell(5).fill('scaled.at(0)');
    await page.keyboard.press('Shift+Enter');
    await notebook.cell(5).waitForOutput('120');
    await workbench.screenshot('files-selection');
  });

  scenario('JSX, as the project has it', async (workbench) => {
    const { page, notebook } = workbench;
    server().write('tsconfig.json', '{ "compilerOptions": { "jsx": "react", "jsxFactory": "h" } }');
    server().write(
      'page.tsx',
      "const h = (tag: string, _: null, ...inner: string[]) => [tag, ...inner].join(': ');\n<b>windy</b>;\n",
    );
    await workbench.openFile('page.tsx');
    const editor = page.locator('.editor-instance .monaco-editor[data-uri$="page.tsx"]').first();
    await editor.locator('.view-line').first().click();
    await workbench.command('Elara: Run Selection in Kernel');
    await notebook.opened();
    await until('the kernel to be chosen', async () => (await notebook.kernel()).includes('TypeScript (Elara)'), {
      page,
    });
    await notebook.cell(0).waitFor('done');
    await page.keyboard.press('Shift+Enter');
    await notebook.cell(1).waitForOutput("'b: windy'");
    await workbench.screenshot('files-selection-jsx');
  });

  scenario('the lines of a Python file run in the Python that is installed', async (workbench) => {
    const { page, notebook } = workbench;
    const hasPython = () => until('the kernel', async () => (await notebook.kernel()) === IPYKERNEL, { page });
    installPythonKernel(server());
    server().write('names-python.ipynb', pythonNotebook('1'));
    await workbench.openNotebook('names-python.ipynb');
    await hasPython();

    server().write('stats.py', 'from statistics import mean\nmean([1, 2, 6])\n');
    await workbench.openFile('stats.py');
    const editor = page.locator('.editor-instance .monaco-editor[data-uri$="stats.py"]').first();
    await editor.locator('.view-line').first().click();
    await workbench.command('Elara: Run Selection in Kernel');
    await notebook.opened();
    await hasPython();
    await notebook.cell(0).waitFor('done');
    await page.keyboard.press('Shift+Enter');
    await notebook.cell(1).waitForOutput(/^3$/m);
  });
});
