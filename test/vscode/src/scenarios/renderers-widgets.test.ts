/** Widgets of our own kernel: both sides change them, in every editor, and they live and die with the kernel. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { TYPESCRIPT } from '../labels.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { repository } from '../paths.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

const PLOT = `elara.widgets.interact(({ waves }) => {
  const points = Array.from({ length: 101 }, (_, i) => \`\${4 * i},\${50 - 40 * Math.sin((i / 100) * 2 * Math.PI * waves)}\`);
  return svg(\`<svg xmlns="http://www.w3.org/2000/svg" width="404" height="100" data-waves="\${waves}"><polyline fill="none" stroke="teal" points="\${points.join(' ')}"/></svg>\`);
}, { waves: [1, 10] })`;

const COUNTER = `const counter = elara.widgets.anywidget({
  esm: \`export default {
    initialize({ model }) { model.set('ready', true); model.save_changes(); },
    render({ model, el, experimental }) {
      const button = document.createElement('button');
      button.className = 'counter';
      const show = () => { button.textContent = 'clicked ' + model.get('count') + ' times'; };
      button.onclick = async () => {
        const [count] = await experimental.invoke('next', model.get('count'));
        model.set('count', count);
        model.save_changes();
      };
      model.on('change:count', show);
      show();
      el.append(button);
    },
  };\`,
  css: '.counter { background: gold; color: black; border: none; padding: 4px 12px }',
  state: { count: 7, ready: false },
  commands: { next: (n) => n + 1 },
});
counter`;

/** Presses a key on the handle of the first slider in an output. */
async function slide(output: Locator, key: string): Promise<void> {
  const handle = output.locator('.noUi-handle').first();
  await handle.focus();
  await handle.press(key);
}

for (const theme of ['Default Light Modern', 'Default Dark Modern']) {
  const name = theme.split(' ')[1]?.toLowerCase();
  scenarios(`widgets, ${name}`, { height: 1500, settings: { 'workbench.colorTheme': theme } }, (scenario, server) => {
    scenario('controls of every kind', async (workbench) => {
      server().write(
        'gallery.ipynb',
        typescriptNotebook(
          'const w = elara.widgets;',
          "const left = new w.VBox([new w.IntSlider({ value: 4, max: 10, description: 'Slider' }), new w.FloatRangeSlider({ value: [2, 5], max: 10, description: 'Range' }), new w.IntProgress({ value: 6, max: 10, description: 'Progress' }), new w.BoundedIntText({ value: 3, description: 'Number' }), new w.Text({ value: 'text', description: 'Text' }), new w.Textarea({ value: 'two\\nlines', description: 'Area' }), new w.Dropdown({ options: ['a', 'b'], description: 'List' }), new w.SelectMultiple({ options: ['x', 'y', 'z'], value: ['y'], description: 'Select' })]);\nconst right = new w.VBox([new w.Checkbox({ value: true, description: 'Checkbox' }), new w.ToggleButtons({ options: ['one', 'two', 'three'], description: 'Toggle' }), new w.RadioButtons({ options: ['red', 'green'], description: 'Radio' }), new w.Button({ description: 'Plain', icon: 'check' }), new w.Button({ description: 'Primary', buttonStyle: 'primary' }), new w.Button({ description: 'Danger', buttonStyle: 'danger' }), new w.DatePicker({ description: 'Date' }), new w.ColorPicker({ value: 'teal', description: 'Colour' }), new w.Valid({ value: true, description: 'Valid' }), new w.TagsInput({ value: ['tag', 'other'] })]);\nnew w.HBox([left, right])",
          "new w.Accordion([new w.Tab([new w.HTMLMath({ value: 'A formula: $\\\\sqrt{x^2+1}$' }), new w.Label({ value: 'second' })], { titles: ['First', 'Second'], selectedIndex: 0 }), new w.Label({ value: 'folded' })], { titles: ['Tabs', 'More'], selectedIndex: 0 })",
        ),
      );
      const notebook = await workbench.openNotebook('gallery.ipynb');
      await notebook.pickKernel(TYPESCRIPT);
      assert.deepEqual(await notebook.runAllToEnd(), ['done', 'done', 'done']);
      await notebook.cell(1).waitForElement('.widget-dropdown select');
      await notebook.cell(2).waitForElement('.katex');
      await workbench.screenshot(`widgets-gallery-${name}`);
    });

    scenario('a slider drives a plot', async (workbench) => {
      server().write('plot.ipynb', typescriptNotebook(PLOT));
      const notebook = await workbench.openNotebook('plot.ipynb');
      await notebook.pickKernel(TYPESCRIPT);
      assert.deepEqual(await notebook.runAllToEnd(), ['done']);
      await notebook.cell(0).waitForElement('svg[data-waves="6"]');
      const output = await notebook.cell(0).outputs();
      await slide(output, 'End');
      await notebook.cell(0).waitForElement('svg[data-waves="10"]');
      await slide(output, 'ArrowLeft');
      await notebook.cell(0).waitForElement('svg[data-waves="9"]');
      await workbench.screenshot(`widgets-plot-${name}`);
    });
  });
}

scenarios('widgets', { height: 1500 }, (scenario, server) => {
  scenario('an anywidget: state, commands, style, and a module that fails', async (workbench) => {
    server().write(
      'any.ipynb',
      typescriptNotebook(
        COUNTER,
        'elara.widgets.anywidget({ esm: \'export default { render() { throw new Error("no canvas here"); } }\', state: {} })',
        "[counter.count, counter.ready].join(' ')",
        'counter.count = 100;',
      ),
    );
    const notebook = await workbench.openNotebook('any.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.equal(await notebook.cell(0).runToEnd(), 'done');
    const button = await notebook.cell(0).waitForElement('button.counter');
    assert.equal(await button.textContent(), 'clicked 7 times');
    assert.equal(await button.evaluate((element) => getComputedStyle(element).backgroundColor), 'rgb(255, 215, 0)');
    await button.click();
    await notebook.cell(0).waitForOutput('clicked 8 times');
    assert.equal(await notebook.cell(1).runToEnd(), 'done');
    await notebook.cell(1).waitForOutput('no canvas here');
    assert.equal(await notebook.cell(2).runToEnd(), 'done');
    await notebook.cell(2).waitForOutput("'8 true'");
    assert.equal(await notebook.cell(3).runToEnd(), 'done');
    await notebook.cell(0).waitForOutput('clicked 100 times');
    await workbench.screenshot('widgets-anywidget');

    // Out of sight, and back.
    server().write('other.ipynb', typescriptNotebook('1'));
    await workbench.openNotebook('other.ipynb');
    await workbench.openNotebook('any.ipynb');
    await notebook.cell(0).waitForOutput('clicked 100 times');
    await (await notebook.cell(0).waitForElement('button.counter')).click();
    await notebook.cell(0).waitForOutput('clicked 101 times');
  });

  scenario('one widget in several cells and editors is one widget', async (workbench) => {
    server().write(
      'shared.ipynb',
      typescriptNotebook(
        "const slider = new elara.widgets.IntSlider({ value: 3, max: 10, description: 'Shared' }); slider",
        'slider',
        'slider.value',
      ),
    );
    const notebook = await workbench.openNotebook('shared.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.deepEqual(await notebook.runAllToEnd(), ['done', 'done', 'done']);
    await notebook.cell(1).waitForElement('.noUi-handle');
    await slide(await notebook.cell(0).outputs(), 'End');
    await notebook.cell(1).waitForOutput('10');
    await workbench.command('View: Split Editor Right');
    const frames = workbench.page.locator('iframe.webview.ready');
    await until('a second webview', async () => (await frames.count()) === 2, { page: workbench.page });
    const readouts = (at: number): Locator =>
      frames.nth(at).contentFrame().locator('#active-frame').contentFrame().locator('.widget-readout');
    const shown = async (): Promise<string[]> => [
      ...(await readouts(0).allTextContents()),
      ...(await readouts(1).allTextContents()),
    ];
    await until('four sliders at 10', async () => (await shown()).join() === '10,10,10,10', { page: workbench.page });
    const handle = frames.nth(1).contentFrame().locator('#active-frame').contentFrame().locator('.noUi-handle').first();
    await handle.focus();
    await handle.press('ArrowLeft');
    await until('four sliders at 9', async () => (await shown()).join() === '9,9,9,9', { page: workbench.page });
    await workbench.screenshot('widgets-shared');
  });

  scenario('an Output widget shows what it captures, and nothing else', async (workbench) => {
    server().write(
      'output.ipynb',
      typescriptNotebook(
        "const area = new elara.widgets.Output();\nconst button = new elara.widgets.Button('More', () => area.capture(() => { console.log('captured'); display(svg('<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"30\" height=\"10\" class=\"inside\"></svg>')); }));\nbutton.on('click', () => console.log('printed'));\nnew elara.widgets.VBox([button, area])",
      ),
    );
    const notebook = await workbench.openNotebook('output.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.deepEqual(await notebook.runAllToEnd(), ['done']);
    await (await notebook.cell(0).waitForElement('button')).click();
    await notebook.cell(0).waitForElement('.widget-output svg.inside');
    const inside = (await notebook.cell(0).outputs()).locator('.widget-output');
    assert.match(await inside.first().innerText(), /^\s*captured\s*$/);
    await notebook.cell(0).waitForOutput('printed');
    await workbench.screenshot('widgets-output');
  });

  scenario(
    'after a reload of the window widgets live on; after a restart they say to run the cell again',
    async (workbench) => {
      server().write('life.ipynb', typescriptNotebook(COUNTER));
      let notebook = await workbench.openNotebook('life.ipynb');
      await notebook.pickKernel(TYPESCRIPT);
      assert.deepEqual(await notebook.runAllToEnd(), ['done']);
      await (await notebook.cell(0).waitForElement('button.counter')).click();
      await notebook.cell(0).waitForOutput('clicked 8 times');
      await notebook.save();
      await workbench.reload();
      notebook = workbench.notebook;
      await notebook.opened();
      await notebook.cell(0).waitForOutput('clicked 8 times');
      await (await notebook.cell(0).waitForElement('button.counter')).click();
      await notebook.cell(0).waitForOutput('clicked 9 times');
      await workbench.screenshot('widgets-reloaded');
      await workbench.command('Elara: Restart Kernel');
      await notebook.cell(0).waitForOutput('Run the cell again');
      await workbench.screenshot('widgets-restarted');
      assert.equal(await notebook.cell(0).runToEnd(), 'done');
      await notebook.cell(0).waitForOutput('clicked 7 times');
      assert.doesNotMatch(await notebook.cell(0).outputText(), /again/);
    },
  );
});

scenarios('saved widgets', { height: 1200, settings: { 'elara.saveWidgets': true } }, (scenario, server) => {
  scenario('where no kernel runs, widgets are shown as they were saved', async (workbench) => {
    server().write('copy.ipynb', readFileSync(join(repository, 'examples/12-widgets.ipynb'), 'utf8'));
    const notebook = await workbench.openNotebook('copy.ipynb');
    const text = await notebook.cell(3).waitForOutput('This is how the widget was saved');
    assert.match(text, /frequency/);
    await notebook.cell(3).waitForElement('.widget-output svg polyline');
    await workbench.screenshot('widgets-saved');
  });

  scenario('where that is set, widgets are saved with their notebook', async (workbench) => {
    server().write(
      'widgets-kept.ipynb',
      typescriptNotebook(
        "const slider = new elara.widgets.IntSlider({ value: 3, max: 10, description: 'Kept' }); slider",
      ),
    );
    let notebook = await workbench.openNotebook('widgets-kept.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.deepEqual(await notebook.runAllToEnd(), ['done']);
    await notebook.cell(0).waitForElement('.noUi-handle');
    await slide(await notebook.cell(0).outputs(), 'End');
    await notebook.cell(0).waitForOutput('10');
    await notebook.save();
    const { widgets } = JSON.parse(server().read('widgets-kept.ipynb')).metadata;
    const { state } = widgets['application/vnd.jupyter.widget-state+json'];
    const values = Object.values<{ state: { value?: unknown } }>(state).map((model) => model.state.value);
    assert.ok(values.includes(10), JSON.stringify(state));

    await workbench.command('Elara: Shut Down Kernel');
    await workbench.reload();
    notebook = workbench.notebook;
    await notebook.opened();
    const text = await notebook.cell(0).waitForOutput('This is how the widget was saved');
    assert.match(text, /Kept[\s\S]*10/);
    await workbench.screenshot('widgets-kept');
  });
});
