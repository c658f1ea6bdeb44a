/** Widgets in JupyterLab in a real browser, with its stock widget manager and anywidget's frontend. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { python } from '../../peers/paths.ts';
import { until } from '../../real-kernel/processes.ts';
import { Jupyter } from '../jupyter.ts';
import { Lab, screenshots } from './lab.ts';
import type { Page } from './playwright.ts';

const cells = [
  `const { IntSlider, Button, Output, VBox, HBox, Label, IntProgress, Text, anywidget, interact } = elara.widgets;
const slider = new IntSlider({ value: 3, description: 'Size' });
const label = new Label({ value: 'not moved' });
slider.on('change:value', ({ value }) => { label.value = \`kernel has \${value}\`; });
new VBox([slider, label])`,
  `const area = new Output();
const button = new Button('Press', () => area.capture(() => console.log('pressed')));
button.buttonStyle = 'primary';
new VBox([button, area])`,
  `const bar = new IntProgress({ max: 4, barStyle: 'success', description: 'Bar' });
display(bar);
for (let n = 1; n <= 4; n++) { await new Promise((resolve) => setTimeout(resolve, 50)); bar.value = n; }`,
  `const counter = anywidget({
  esm: \`export default {
    render({ model, el }) {
      const button = document.createElement('button');
      button.className = 'elara-counter';
      const show = () => { button.textContent = 'count is ' + model.get('count'); };
      button.onclick = () => { model.set('count', model.get('count') + 1); model.save_changes(); };
      model.on('change:count', show);
      show();
      el.append(button);
    },
  };\`,
  css: '.elara-counter { background: gold;\\n}',
  state: { count: 10 },
});
counter.on('change:count', ({ value }) => { if (value === 11) counter.count = 100; });
counter`,
  `interact(({ n, shout }) => shout ? \`\${n} SQUARED IS \${n ** 2}!\` : \`\${n} squared is \${n ** 2}\`, { n: 5, shout: false })`,
  `const name = new Text({ placeholder: 'Your name' });
display(name);
console.log('hello', await name.submitted);`,
];

suite('widgets in JupyterLab', () => {
  let jupyter: Jupyter;
  let lab: Lab;
  let page: Page;

  before(async () => {
    jupyter = await Jupyter.install();
    writeFileSync(join(jupyter.notebooks, 'widgets.ipynb'), JSON.stringify(notebookOf(cells)));
    lab = await Lab.start(jupyter);
    page = await lab.open('widgets.ipynb');
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();
  });
  after(async () => {
    await page?.screenshot({ path: join(screenshots, 'widgets-end.png') });
    await lab?.[Symbol.asyncDispose]();
    jupyter[Symbol.dispose]();
  });

  const shows = (text: string) => page.locator('.jp-OutputArea').getByText(text).first().waitFor({ timeout: 20_000 });

  test('a slider that is moved has the value in the kernel, which answers', async () => {
    const handle = page.locator('.widget-slider .noUi-handle').first();
    await handle.waitFor({ timeout: 30_000 });
    for (let n = 0; n < 4; n++) await handle.press('ArrowRight');
    await shows('kernel has 7');
  });

  test('a button runs its handler, whose output is in the area below it', async () => {
    await page.getByRole('button', { name: 'Press', exact: true }).click();
    await page
      .locator('.jupyter-widgets-output-area, .widget-output')
      .getByText('pressed')
      .waitFor({ timeout: 20_000 });
  });

  test('a bar moves to its end', async () => {
    await page.locator('.widget-hprogress .progress-bar[style*="width: 100%"]').first().waitFor({ timeout: 20_000 });
    await page.screenshot({ path: join(screenshots, 'widgets.png') });
  });

  test('a counter with a frontend of its own counts, and the kernel has the last word', async () => {
    const counter = page.locator('.elara-counter');
    await counter.getByText('count is 10').waitFor({ timeout: 30_000 });
    await counter.click();
    await counter.getByText('count is 100').waitFor({ timeout: 20_000 });
    await counter.click();
    await counter.getByText('count is 101').waitFor({ timeout: 20_000 });
  });

  test('interact runs its function again', async () => {
    await shows('5 squared is 25');
    await page.locator('.widget-checkbox input').first().click();
    await shows('5 SQUARED IS 25!');
    assert.equal(await page.getByText(/5 squared is 25/).count(), 0);
  });

  test('a cell awaits a text, and goes on when it comes', async () => {
    const field = page.locator('.widget-text input').last();
    await field.fill('Ada');
    await field.press('Enter');
    await shows('hello Ada');
  });

  test('a page that is loaded again shows the widgets of the kernel that still runs', async () => {
    // Not by its key: a text field that has the focus keeps it.
    await page.getByRole('menuitem', { name: 'File', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Save Notebook(?! As)/ }).click();
    const file = join(jupyter.notebooks, 'widgets.ipynb');
    await until('the notebook is saved', () => readFileSync(file, 'utf8').includes('widget-view+json'));
    await page.close();
    page = await lab.open('widgets.ipynb');
    await shows('kernel has 7');
    await page.locator('.elara-counter').getByText('count is 101').waitFor({ timeout: 20_000 });
    const handle = page.locator('.widget-slider .noUi-handle').first();
    await handle.press('ArrowRight');
    await shows('kernel has 8');
  });

  test('a notebook that elara run has written shows its widgets before it is run', async () => {
    writeFileSync(join(jupyter.notebooks, 'saved.ipynb'), JSON.stringify(notebookOf(cells.slice(0, 2))));
    await jupyter.elara(['run', 'saved.ipynb', '--inplace'], { timeoutMs: 60_000 });
    await jupyter.run(python, ['-m', 'jupyter', 'trust', 'saved.ipynb'], { timeoutMs: 60_000 });
    const saved = await lab.open('saved.ipynb');
    try {
      await saved.locator('.widget-slider .noUi-handle').first().waitFor({ timeout: 30_000 });
      await saved.getByText('not moved', { exact: true }).waitFor({ timeout: 20_000 });
      await saved.locator('.widget-button').getByText('Press').waitFor({ timeout: 20_000 });
    } finally {
      await saved.screenshot({ path: join(screenshots, 'widgets-saved.png') });
      await saved.close();
    }
  });
});

function notebookOf(sources: readonly string[]): object {
  return {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { name: 'typescript', display_name: 'TypeScript (Elara)', language: 'typescript' } },
    cells: sources.map((source, index) => ({
      id: `cell-${index}`,
      cell_type: 'code',
      metadata: {},
      execution_count: null,
      outputs: [],
      source,
    })),
  };
}
