/** The examples, run in JupyterLab in a real browser, give the outputs that `elara run` gives. */
import assert from 'node:assert/strict';
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Jupyter, repository } from '../jupyter.ts';
import { codeCells } from '../notebooks/outputs.ts';
import { Lab, screenshots } from './lab.ts';
import type { Page } from './playwright.ts';

const timeoutMs = 60_000;
const pollMs = 100;

suite('examples by elara run and in JupyterLab', () => {
  let jupyter: Jupyter;
  let lab: Lab;
  before(async () => {
    jupyter = await Jupyter.install();
    lab = await Lab.start(jupyter);
  });
  after(async () => {
    await lab[Symbol.asyncDispose]();
    jupyter[Symbol.dispose]();
  });

  for (const example of globSync('*.ipynb', { cwd: join(repository, 'examples') }).sort()) {
    test(example, async () => {
      const ours = join(jupyter.folder, `ours-${example}`);
      await jupyter.elara(['run', example, '--output', ours], { timeoutMs });
      const expected = codeCells(ours);

      const page = await lab.open(example);
      try {
        await runAll(
          page,
          expected.flatMap(({ answers }) => answers ?? []),
        );
        await save(page, join(jupyter.notebooks, example));
      } finally {
        await page.screenshot({ path: join(screenshots, `${example}.png`) });
        await page.close();
      }

      const theirs = codeCells(join(jupyter.notebooks, example));
      for (const [index, cell] of expected.entries()) {
        // A browser has somebody to ask where `elara run` has nobody.
        if (cell.answers === undefined && /\bprompt\(/.test(cell.source)) continue;
        assert.deepEqual(theirs[index], cell);
      }
    });
  }
});

/** Runs all cells from the menu and answers questions until nothing runs and nothing waits. */
async function runAll(page: Page, answers: readonly string[]): Promise<void> {
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
  const left = [...answers];
  const end = performance.now() + timeoutMs;
  for (;;) {
    const question = page.locator('.jp-Stdin-input').first();
    if ((await question.count()) > 0) {
      const line = await question.elementHandle();
      await line.fill(left.shift() ?? '');
      await line.press('Enter');
      await line.waitForElementState('hidden');
    }
    const waiting = (await page.locator('.jp-CodeCell .jp-InputPrompt').allTextContents()).filter(
      (text) => text.includes('*') || !/\d/.test(text),
    );
    if (waiting.length === 0) return;
    assert.ok(performance.now() < end, `${waiting.length} cells did not end`);
    await sleep(pollMs);
  }
}

async function save(page: Page, file: string): Promise<void> {
  const before = statSync(file).mtimeMs;
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+s');
  const end = performance.now() + 20_000;
  while (statSync(file).mtimeMs === before || readFileSync(file, 'utf8') === '') {
    assert.ok(performance.now() < end, `${file} was not saved`);
    await sleep(pollMs);
  }
}
