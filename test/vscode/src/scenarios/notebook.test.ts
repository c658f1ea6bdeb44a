/** The finer points of running cells. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { IPYKERNEL, installPythonKernel } from '../jupyter.ts';
import { TYPESCRIPT } from '../labels.ts';
import { awaiting, plainNotebook, typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

scenarios('notebook', { height: 1400 }, (scenario, server) => {
  scenario('output after its cell has ended lands in that cell, which stays as it was', async (workbench) => {
    server().write(
      'late.ipynb',
      typescriptNotebook(
        "for (const s of [1, 2, 3]) setTimeout(() => console.log('late', s), s * 700);\n'first'",
        "await new Promise((resolve) => setTimeout(resolve, 1000));\n'second'",
      ),
    );
    const notebook = await workbench.openNotebook('late.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.deepEqual(await notebook.runAllToEnd(), ['done', 'done']);
    const shown = await notebook.cell(0).waitForOutput('late 3');
    assert.match(shown, /first[\s\S]*late 1\s+late 2\s+late 3/);
    assert.doesNotMatch(await notebook.cell(1).outputText(), /late/);
    await notebook.cell(0).waitFor('done');
    assert.equal(await notebook.cell(0).executionCount(), 1);
    await workbench.screenshot('notebook-late');
  });

  scenario('a display is updated by another cell', async (workbench) => {
    server().write(
      'display.ipynb',
      typescriptNotebook("const bar = await display('0 %');", "await bar.update('100 %');\n'updated'"),
    );
    const notebook = await workbench.openNotebook('display.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.deepEqual(await notebook.runAllToEnd(), ['done', 'done']);
    await notebook.cell(1).waitForOutput('updated');
    await notebook.cell(0).waitForOutput('100 %');
  });

  scenario('cells are moved, cleared and deleted while one runs', async (workbench) => {
    const go = join(server().workspace, 'go');
    server().write(
      'changed.ipynb',
      typescriptNotebook(
        `console.log('before');\n${awaiting(go)}\nconsole.log('after');`,
        "'one'",
        'Object.assign(globalThis, { deleted: true });',
        "'deleted' in globalThis",
      ),
    );
    const notebook = await workbench.openNotebook('changed.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.runAll();
    await notebook.cell(0).waitForOutput('before');
    await notebook.cell(0).select();
    await workbench.command('Notebook: Move Cell Down');
    await notebook.cell(1).waitFor('running');
    await notebook.cell(2).select();
    await workbench.command('Notebook: Delete Cell');
    await until('three cells', async () => (await notebook.cellCount()) === 3, { page: workbench.page });
    await workbench.command('Notebook: Clear All Outputs');
    const shown = notebook.outputs.frame.getByText('before');
    await until('the outputs to go', async () => (await shown.count()) === 0, { page: workbench.page });
    server().write('go', '');
    assert.match(await notebook.cell(1).waitForOutput('after'), /^after\s*$/);
    assert.deepEqual(await notebook.ended(), ['done', 'done', 'done']);
    await notebook.cell(2).waitForOutput('false');
  });

  scenario('the place of an error is a link into its cell', async (workbench) => {
    server().write(
      'linked.ipynb',
      typescriptNotebook("function f(): never {\n  throw new RangeError('too far');\n}", "'between';\nf();"),
    );
    const notebook = await workbench.openNotebook('linked.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.runAll();
    await notebook.cell(1).waitFor('failed');
    const link = await notebook.cell(1).waitForElement('a');
    await workbench.screenshot('notebook-error');
    await link.click();
    await until(
      'the editor of the first cell to have the focus',
      () => notebook.cell(0).row.locator('.monaco-editor.focused').isVisible(),
      { page: workbench.page },
    );
  });

  scenario('the status bar names the kernel and its state', async (workbench) => {
    server().write('state.ipynb', typescriptNotebook("'on'", 'await new Promise(() => {});'));
    const notebook = await workbench.openNotebook('state.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.cell(0).runToEnd();
    const item = workbench.page.locator('.statusbar-item', { hasText: 'TypeScript (Elara)' });
    const label = async (): Promise<string> => (await item.locator('a').getAttribute('aria-label')) ?? '';
    await until('an idle kernel', async () => /idle/.test(await label()), { page: workbench.page });
    await notebook.cell(1).run();
    await until('a busy kernel', async () => /busy/.test(await label()), { page: workbench.page });
    await workbench.screenshot('notebook-status');
    await item.click();
    await workbench.quickInput.opened();
    await workbench.quickInput.pick('Interrupt');
    await notebook.cell(1).waitFor('failed');
  });

  scenario('a notebook keeps its kernel when it is saved, and under another name', async (workbench) => {
    const { page, notebook } = workbench;
    const isShown = async (file: string): Promise<void> => {
      await until(`the tab ${file}`, () => page.locator('.tab.active', { hasText: file }).isVisible(), { page });
      await notebook.opened();
      await until('the kernel', async () => (await notebook.kernel()).includes(TYPESCRIPT), { page });
    };
    await workbench.command('Elara: New TypeScript Notebook');
    await notebook.opened();
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.cell(0).fill("const kept = 'kept';");
    await notebook.cell(0).runToEnd();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+s');
    await workbench.quickInput.saveAs(join(server().workspace, 'saved.ipynb'));
    await isShown('saved.ipynb');
    const go = join(server().workspace, 'go');
    await notebook.cell(0).fill(`console.log(kept);\n${awaiting(go)}\nkept.toUpperCase()`);
    await notebook.cell(0).run();
    await notebook.cell(0).waitForOutput('kept');
    await workbench.command('File: Save As...');
    await workbench.quickInput.saveAs(join(server().workspace, 'other.ipynb'));
    await isShown('other.ipynb');
    await notebook.cell(0).waitFor('running');
    server().write('go', '');
    await notebook.cell(0).waitForOutput('KEPT');
    await notebook.cell(0).waitFor('done');
    assert.equal(await notebook.cell(0).executionCount(), 2);
  });

  scenario('cells of a notebook that says nothing are in the language of the kernel', async (workbench) => {
    const raw = { cell_type: 'raw', id: 'raw', metadata: {}, source: ['as it is'] };
    const plain = plainNotebook('const a: number = 1;\na');
    server().write('plain.ipynb', { ...plain, cells: [...plain.cells, raw] });
    const notebook = await workbench.openNotebook('plain.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await until('a cell in TypeScript', async () => (await notebook.cell(0).status()).includes('TypeScript'), {
      page: workbench.page,
    });
    assert.deepEqual(await notebook.cell(0).runToEnd(), 'done');
    await notebook.save();
    const saved = JSON.parse(server().read('plain.ipynb'));
    assert.equal(saved.metadata.language_info.name, 'typescript');
    assert.equal(saved.metadata.kernelspec.name, 'typescript');
    assert.deepEqual(saved.cells[0].metadata, {});
    assert.equal(saved.cells[1].cell_type, 'raw');

    server().write('empty.ipynb', '');
    await workbench.openFile('empty.ipynb');
    await until('the toolbar', () => notebook.root.locator('.kernel-label').isVisible(), { page: workbench.page });
    await notebook.pickKernel(TYPESCRIPT);
    await notebook.press('Code');
    await until('the first cell in TypeScript', async () => (await notebook.cell(0).status()).includes('TypeScript'), {
      page: workbench.page,
    });
  });

  scenario(
    'cells follow the language of the kernel that is chosen, also when it has run nothing',
    async (workbench) => {
      installPythonKernel(server());
      server().write('changes.ipynb', typescriptNotebook('6 * 7'));
      const notebook = await workbench.openNotebook('changes.ipynb');
      const isIn = (language: string) =>
        until(`a cell in ${language}`, async () => (await notebook.cell(0).status()).includes(language), {
          page: workbench.page,
        });
      await notebook.pickKernel(IPYKERNEL);
      await isIn('Python');
      await notebook.pickKernel(TYPESCRIPT);
      await isIn('TypeScript');
      assert.equal(await notebook.cell(0).runToEnd(), 'done');
      await notebook.cell(0).waitForOutput('42');
    },
  );

  scenario('a window stays usable while much is printed', async (workbench) => {
    server().write(
      'flood.ipynb',
      typescriptNotebook("for (let i = 1; i <= 100_000; i++) console.log('line', i);\n'all printed'"),
    );
    const notebook = await workbench.openNotebook('flood.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    await workbench.page.evaluate(() => {
      const gaps = { longest: 0 };
      Object.assign(window, { gaps });
      let last = performance.now();
      const look = (): void => {
        const now = performance.now();
        gaps.longest = Math.max(gaps.longest, now - last);
        last = now;
        requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    const begin = Date.now();
    await notebook.cell(0).runToEnd();
    await notebook.cell(0).waitForOutput('all printed');
    const { longest } = await workbench.page.evaluate(() => (window as unknown as { gaps: { longest: number } }).gaps);
    console.log(`100,000 lines: ${Date.now() - begin} ms, longest time without a frame ${Math.round(longest)} ms`);
    // A frozen window would not draw for much longer, on any machine.
    assert.ok(longest < 5000, `The window did not draw for ${longest} ms.`);
    await workbench.screenshot('notebook-flood');
  });
});
