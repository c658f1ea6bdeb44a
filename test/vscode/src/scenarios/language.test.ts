/** What the kernel knows of the code in cells: completion, hover, signatures, problems, history. */
import assert from 'node:assert/strict';
import { TYPESCRIPT } from '../labels.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

const DECLARES = [
  '/** Counts the characters of a word. */',
  'function letters(word: string, upTo = 10): number { return Math.min(word.length, upTo); }',
  'const fox = { colour: "red", legs: 4 };',
].join('\n');

scenarios('language', { height: 1100 }, (scenario, server) => {
  scenario('completion, hover and signatures, also while a cell runs', async (workbench) => {
    const go = `${server().workspace}/go`;
    server().write(
      'typed.ipynb',
      typescriptNotebook(
        DECLARES,
        `import { existsSync } from 'node:fs';\nwhile (!existsSync(${JSON.stringify(go)})) {}\n'went on'`,
        '',
      ),
    );
    const notebook = await workbench.openNotebook('typed.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.cell(1).run();
    await notebook.cell(1).waitFor('running');

    const cell = notebook.cell(2);
    await cell.type('fox.');
    const members = await cell.suggestions('colour');
    // Once each: VS Code's own service leaves the cells to the kernel.
    assert.deepEqual(members, ['colour', 'legs']);
    await workbench.screenshot('language-completion');
    await workbench.page.keyboard.press('Escape');

    await notebook
      .cell(0)
      .hover('letters', /function letters\(word: string, upTo\?: number\): number[\s\S]*Counts the characters/);
    await workbench.screenshot('language-hover');

    await cell.fill("letters('fox'");
    await workbench.page.keyboard.type(', ');
    const help = await cell.signature('letters(word: string, upTo?: number): number');
    assert.equal(await help.locator('.parameter.active').innerText(), 'upTo?: number');
    await workbench.screenshot('language-signature');

    server().write('go', '');
    await notebook.cell(1).waitFor('done');
  });

  scenario('F12 goes to the cell that declares a name', async (workbench) => {
    server().write('declared.ipynb', typescriptNotebook(DECLARES, "letters('fox');", 'later;', 'const later = 1;'));
    const notebook = await workbench.openNotebook('declared.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    const { page } = workbench;
    /** Goes from the first name of a cell to its declaration in another one, and types there. */
    async function go(from: number, to: number, typed: string, expected: string): Promise<void> {
      await notebook.cell(from).focus();
      await page.keyboard.press('Control+Home');
      await page.keyboard.press('F12');
      await notebook.cell(to).untilFocused();
      await page.keyboard.type(typed);
      await until('the declaration', async () => (await notebook.cell(to).text()).includes(expected), { page });
    }
    await go(1, 0, 'count', 'function countletters(word: string');
    await workbench.screenshot('language-definition');
    // One that has not run, and one where nothing is left of the declaration.
    await go(2, 3, 'much', 'const muchlater = 1;');
    await go(1, 0, '// ', '// /** Counts');
  });

  scenario('problems of cells, which know what the others declare', async (workbench) => {
    server().write(
      'wrong.ipynb',
      typescriptNotebook(DECLARES, 'letters(12);\nlater;\nmissing;', 'const later = 1;', '%time 1 + 1'),
    );
    const notebook = await workbench.openNotebook('wrong.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    // VS Code's own service answers until the kernel runs, but it knows no line commands.
    await notebook.cell(0).hover('letters', /function letters\(word: string/);
    const errors = (count: number, cell = wrong) =>
      until(`${count} underlined errors in cell ${cell.index}`, async () => (await cell.squiggles()).errors === count, {
        page: workbench.page,
      });
    const wrong = notebook.cell(1);
    const command = notebook.cell(3);
    await errors(0, command);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await errors(2);
    await errors(0, command);
    await command.fill('const broken = ;');
    await errors(1, command);
    await command.hover(';', /Unexpected token ';'[\s\S]*elara/);
    await wrong.hover('missing', /Cannot find name 'missing'[\s\S]*elara\(2304\)/);
    await workbench.screenshot('language-problems');
    await wrong.fill("letters('fox');");
    await errors(0);

    // What has run is known although its cell says something else by now; after a restart it is not.
    await notebook.cell(0).fill('12;');
    await wrong.fill("letters('fox');\nmissing;");
    await errors(1);
    await notebook.press('Restart');
    await errors(2);

    // Of a notebook that is closed there is nothing to say.
    const problems = workbench.page.locator('[id="status.problems"] a');
    const counted = (text: RegExp) =>
      until(`the status bar to say ${text}`, async () => text.test((await problems.getAttribute('aria-label')) ?? ''), {
        page: workbench.page,
      });
    await counted(/Errors: \d/);
    await notebook.save();
    await workbench.command('View: Close All Editors');
    await counted(/No Problems/);
    await workbench.openNotebook('wrong.ipynb');
    await errors(2);
  });

  scenario('files of the project are imported, and again when they were edited', async (workbench) => {
    const { page } = workbench;
    server().write('sky.ts', 'export enum Sky { Clear, Cloudy, Rain }\n');
    server().write('days.ts', "import { Sky } from './sky';\n\nexport const monday: Sky = Sky.Rain;\n");
    server().write(
      'forecast.ipynb',
      typescriptNotebook("import { monday } from './days';\nimport { Sky } from './sky';\nSky[monday]", 'monday'),
    );
    const notebook = await workbench.openNotebook('forecast.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.cell(0).waitForOutput("'Rain'");
    await notebook.cell(1).hover('monday', /const monday: Sky/);
    assert.equal((await notebook.cell(0).squiggles()).errors, 0);

    await workbench.openFile('days.ts');
    await page.locator('.editor-instance .monaco-editor[data-uri$="days.ts"] .view-line').last().click();
    await page.keyboard.type('export const tuesday = Sky.Cloudy;');
    await page.keyboard.press('Control+s');
    await workbench.openFile('forecast.ipynb');
    await notebook.opened();
    await notebook.cell(0).fill("import { tuesday } from './days';\nimport { Sky } from './sky';\nSky[tuesday]");
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.cell(0).waitForOutput("'Cloudy'");
    await workbench.screenshot('language-project');
  });

  scenario('history is searched, and lines are run and recalled', async (workbench) => {
    server().write('history.ipynb', typescriptNotebook('let counted = 20;', 'counted += 1;\ncounted'));
    const notebook = await workbench.openNotebook('history.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.deepEqual(await notebook.runAllToEnd(), ['done', 'done']);
    const { quickInput, page } = workbench;

    await workbench.command('Elara: Run in Kernel…');
    await quickInput.opened('Run in TypeScript (Elara)');
    await quickInput.fill('counted * 2');
    await quickInput.accept();
    await notebook.cell(2).waitForOutput(/^42$/m);

    await workbench.command('Elara: Run in Kernel…');
    await quickInput.opened('Run in TypeScript (Elara)');
    await page.keyboard.press('ArrowUp');
    const line = page.locator('.quick-input-widget input');
    await until('the last line', async () => (await line.inputValue()) === 'counted * 2', { page });
    await workbench.screenshot('language-recall');
    await quickInput.cancel();

    await workbench.command('Elara: Search History…');
    await quickInput.opened('History of TypeScript (Elara)');
    await quickInput.fill('let');
    await workbench.screenshot('language-history');
    await quickInput.pick(/let counted = 20;/);
    await until('a new cell', async () => (await notebook.cell(1).text()) === 'let counted = 20;', { page });
  });
});
