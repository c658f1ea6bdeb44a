/** JupyterLab's debugger panel on our kernel: a breakpoint stops a TypeScript cell, its variables are shown, and it goes on. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { Jupyter } from '../jupyter.ts';
import { Lab, screenshots } from './lab.ts';
import type { Page } from './playwright.ts';

const timeout = 30_000;
const notebook = 'debugged.ipynb';
const code = [
  'enum Unit { Metre, Foot }',
  'function inMetres(length: number, unit: Unit): number {',
  '  const factor: number = unit === Unit.Metre ? 1 : 0.3048;',
  '  const metres = length * factor;',
  '  return metres;',
  '}',
  'inMetres(100, Unit.Foot)',
];

suite('the debugger of JupyterLab', () => {
  let jupyter: Jupyter;
  let lab: Lab;
  before(async () => {
    jupyter = await Jupyter.install();
    const cell = {
      cell_type: 'code',
      id: 'a',
      execution_count: null,
      metadata: {},
      outputs: [],
      source: code.join('\n'),
    };
    const kernelspec = { name: 'typescript', display_name: 'TypeScript (Elara)', language: 'typescript' };
    const content = { cells: [cell], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
    writeFileSync(join(jupyter.notebooks, notebook), JSON.stringify(content));
    lab = await Lab.start(jupyter);
  });
  after(async () => {
    await lab[Symbol.asyncDispose]();
    jupyter[Symbol.dispose]();
  });

  test('stops at a breakpoint, shows variables, steps and goes on', async () => {
    const page = await lab.open(notebook);
    try {
      await enableDebugger(page);
      await page.locator('.cm-breakpoint-gutter .cm-gutterElement').nth(4).click({ timeout });
      await page.locator('.jp-DebuggerBreakpoint').waitFor({ timeout });
      await page.locator('.jp-Notebook .cm-content').first().click();
      await page.keyboard.press('Shift+Enter');

      await page.locator('.jp-DebuggerCallstackFrame').first().waitFor({ timeout });
      await page.screenshot({ path: join(screenshots, 'debugger-stopped.png') });
      const frames = await page.locator('.jp-DebuggerCallstackFrame').allTextContents();
      assert.match(frames[0] ?? '', /inMetres/);
      assert.match(frames[0] ?? '', /4/);
      await variable(page, /factor/);
      assert.ok((await page.locator('.jp-DebuggerEditor-highlight').allTextContents()).join().includes('metres'));

      await page.locator('.jp-DebuggerSidebar-body [data-command="debugger:next"]').click({ timeout });
      await variable(page, /^30\.48$/);
      await page.screenshot({ path: join(screenshots, 'debugger-stepped.png') });

      await page.locator('.jp-DebuggerSidebar-body [data-command="debugger:continue"]').click({ timeout });
      await page.locator('.jp-OutputArea-output').getByText('30.48').first().waitFor({ timeout });
      assert.equal(await page.locator('.jp-DebuggerCallstackFrame').count(), 0);
    } finally {
      await page.screenshot({ path: join(screenshots, 'debugger.png') });
      await page.close();
    }
  });
});

async function enableDebugger(page: Page): Promise<void> {
  // The button does nothing before the notebook has the focus.
  await page.locator('.jp-Notebook .cm-content').first().click({ timeout });
  await page
    .locator('.jp-DebuggerBugButton[aria-disabled="false"], .jp-DebuggerBugButton:not([aria-disabled])')
    .first()
    .click({ timeout });
  await page.locator('.cm-breakpoint-gutter').first().waitFor({ state: 'attached', timeout });
}

/** Waits for a variable that is listed with this text. */
async function variable(page: Page, text: RegExp): Promise<void> {
  await page.locator('.jp-DebuggerVariables-body').getByText(text).first().waitFor({ timeout });
}
