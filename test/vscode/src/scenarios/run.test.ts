/** A notebook in TypeScript, from the explorer to its results. */
import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { installKernelSpec } from '../jupyter.ts';
import { JAVASCRIPT, TYPESCRIPT } from '../labels.ts';
import { plainNotebook, typescriptNotebook } from '../notebooks.ts';
import { repository } from '../paths.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

interface ExampleNotebook {
  readonly cells: readonly { readonly cell_type: string; readonly metadata: { readonly tags?: readonly string[] } }[];
}

scenarios('run', { height: 1300 }, (scenario, server) => {
  scenario('open, pick a kernel, run all', async (workbench) => {
    server().write(
      'all.ipynb',
      plainNotebook(
        { markdown: '# Primes' },
        'const limit: number = 30;',
        'const primes = Array.from({ length: limit }, (_, i) => i + 2).filter((n) => ![...Array(n).keys()].some((d) => d > 1 && n % d === 0));\nprimes.length',
        "console.log('the last is', primes.at(-1));\nawait new Promise((resolve) => setTimeout(resolve, 20));\nprimes.slice(0, 3)",
      ),
    );
    const notebook = await workbench.openNotebook('all.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.deepEqual(await notebook.runAllToEnd(), ['done', 'done', 'done']);
    await notebook.cell(2).waitForOutput(/^11$/m);
    await notebook.cell(3).waitForOutput(/the last is 31[\s\S]*\[\s*2,\s*3,\s*5\s*\]/);
    const counts = [1, 2, 3].map((index) => notebook.cell(index).executionCount());
    assert.deepEqual(await Promise.all(counts), [1, 2, 3]);
    await workbench.screenshot('run-all');
  });

  scenario('the tour of the examples runs to its end, through cells that are meant to fail', async (workbench) => {
    cpSync(join(repository, 'examples'), server().workspace, { recursive: true });
    const { cells }: ExampleNotebook = JSON.parse(server().read('01-tour.ipynb'));
    const code = cells.filter(({ cell_type: type }) => type === 'code');
    const meantToFail = cells.findLastIndex(({ metadata: { tags } }) => tags?.includes('raises-exception'));
    const last = cells.lastIndexOf(code.at(-1) ?? assert.fail());
    assert.ok(meantToFail !== -1 && meantToFail < last);
    const notebook = await workbench.openNotebook('01-tour.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.runAll();
    await notebook.cell(last).waitFor('done');
    assert.equal(await notebook.cell(last).executionCount(), code.length);
    await notebook.cell(meantToFail).waitFor('failed');
    await workbench.screenshot('run-tour');
  });

  scenario(
    'a notebook that names no kernel asks for one when it is run, and runs',
    async (workbench) => {
      server().write('unnamed-asks.ipynb', plainNotebook('6 * 7'));
      const { page, quickInput } = workbench;
      const notebook = await workbench.openNotebook('unnamed-asks.ipynb');
      await notebook.asksForKernel();
      await notebook.cell(0).run();
      await quickInput.opened('What shall run unnamed-asks.ipynb?');
      installKernelSpec(server(), 'ir', { argv: ['R', '{connection_file}'], display_name: 'R', language: 'R' });
      await until('what is installed now', () => quickInput.row('R').isVisible(), { page });
      await workbench.screenshot('run-asks');
      await quickInput.cancel();
      await notebook.cell(0).waitFor('idle');
      await notebook.cell(0).run();
      await quickInput.opened('What shall run unnamed-asks.ipynb?');
      await quickInput.pick(TYPESCRIPT);
      await notebook.cell(0).waitForOutput('42');
      await notebook.cell(0).waitFor('done');
      assert.equal(await notebook.kernel(), TYPESCRIPT);
    },
    { ownWindow: true },
  );

  scenario("a new notebook of VS Code's own asks for a kernel, and keeps it", async (workbench) => {
    const { notebook, page, quickInput } = workbench;
    await workbench.command('Create: New Jupyter Notebook');
    await notebook.opened();
    await notebook.asksForKernel();
    await notebook.cell(0).fill('const x: number = 6;\nx * 7');
    await page.keyboard.press('Shift+Enter');
    await quickInput.opened('What shall run');
    await quickInput.pick(TYPESCRIPT);
    await notebook.cell(0).waitForOutput('42');
    await notebook.cell(1).fill('x + 1');
    await page.keyboard.press('Control+Enter');
    await notebook.cell(1).waitForOutput('7');
    assert.equal(await notebook.cell(1).executionCount(), 2);
    assert.equal(await notebook.cell(1).text(), 'x + 1');
  });

  scenario('a notebook that names no kernel runs with the one that is picked', async (workbench) => {
    server().write('unnamed.ipynb', plainNotebook('1 + 1'));
    const notebook = await workbench.openNotebook('unnamed.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.cell(0).waitForOutput(/^2$/m);
  });

  scenario('a notebook that names our kernel has it, until a person chooses another one', async (workbench) => {
    server().write('named.ipynb', typescriptNotebook('const one: number = 1;\none + 1'));
    const notebook = await workbench.openNotebook('named.ipynb');
    await until('the toolbar to name its kernel', async () => (await notebook.kernel()) === TYPESCRIPT, {
      page: workbench.page,
    });
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    await notebook.cell(0).waitForOutput(/^2$/m);
    await notebook.pickKernel(JAVASCRIPT);
    // With the kernel the language of the cells changes, and with it the notebook, which may be after its toolbar names it.
    const speaks = async () => (await notebook.cell(0).status()).at(-1) === 'JavaScript';
    await until('the cell to be JavaScript', speaks, { page: workbench.page });
    await notebook.save();
    await workbench.reload();
    await notebook.opened();
    await until('the toolbar to name a kernel', async () => / \(Elara\)$/.test(await notebook.kernel()), {
      page: workbench.page,
    });
    assert.equal(await notebook.kernel(), JAVASCRIPT);
  });

  scenario('an error stops the cells after it and names the line', async (workbench) => {
    server().write(
      'error.ipynb',
      typescriptNotebook("function f(): never {\n  throw new RangeError('too far');\n}", 'f();', "'not reached'"),
    );
    const notebook = await workbench.openNotebook('error.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.runAll();
    await notebook.cell(1).waitFor('failed');
    await notebook.cell(1).waitForOutput(/RangeError.*too far/);
    await notebook.ended();
    await notebook.cell(2).waitFor('idle');
    assert.equal(await notebook.cell(2).outputText(), '');
    await workbench.screenshot('run-error');
  });
});
