/** Widgets of Python: ipywidgets and anywidget in ipykernel. */
import assert from 'node:assert/strict';
import { IPYKERNEL, installPythonKernel } from '../jupyter.ts';
import { pythonNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

const INTERACT = `from IPython.display import SVG, display
from ipywidgets import interact

@interact(waves=(1, 10))
def sine(waves=6):
    from math import pi, sin
    points = ' '.join(f'{4 * i},{50 - 40 * sin(i / 100 * 2 * pi * waves)}' for i in range(101))
    print('waves:', waves)
    display(SVG(f'<svg xmlns="http://www.w3.org/2000/svg" width="404" height="100"><polyline fill="none" stroke="teal" points="{points}"/></svg>'))`;

const CALLBACK = `import ipywidgets as widgets
button = widgets.Button(description='Press')
button.on_click(lambda _: print('pressed'))
failing = widgets.Button(description='Fail')
failing.on_click(lambda _: 1 / 0)
widgets.HBox([button, failing])`;

const OUTPUT = `out = widgets.Output()
with out:
    print('inside')
    display({'text/html': '<b class="shown">bold</b>'}, raw=True)
print('outside')
out`;

const ANYWIDGET = `import anywidget, traitlets
class Counter(anywidget.AnyWidget):
    _esm = '''
    export default { render({ model, el }) {
      const button = document.createElement('button');
      button.className = 'counter';
      const show = () => { button.textContent = 'count is ' + model.get('value') + ', ' + model.get('data').byteLength + ' bytes'; };
      button.onclick = () => { model.set('value', model.get('value') + 1); model.set('data', new DataView(new Uint8Array([1, 2, 3, 4]).buffer)); model.save_changes(); };
      model.on('change', show);
      model.on('msg:custom', (message, buffers) => { el.append(' told ' + message.word + ' with ' + buffers[0].byteLength + ' bytes'); });
      show();
      el.append(button);
    } };'''
    value = traitlets.Int(0).tag(sync=True)
    data = widgets.widgets.trait_types.CByteMemoryView(b'abc').tag(sync=True)
counter = Counter()
counter`;

const LINKED = `a, b = widgets.IntSlider(description='a'), widgets.IntText(description='b')
widgets.VBox([a, b, widgets.jslink((a, 'value'), (b, 'value')) and widgets.Label(r'In $\\alpha$')])`;

const FIGURE = `%matplotlib widget
import matplotlib.pyplot as plt
figure, axes = plt.subplots(figsize=(4, 2))
axes.plot([1, 4, 2, 3]);`;

const CANVAS = `from ipycanvas import Canvas
canvas = Canvas(width=200, height=100)
canvas.fill_style = 'green'
canvas.fill_rect(20, 20, 80, 50)
canvas`;

const PLOTLY = `import plotly.graph_objects as go
line = go.FigureWidget(go.Scatter(y=[1, 3, 2]))
line.layout.height = 250
line`;

scenarios('ipywidgets', { height: 1900 }, (scenario, server) => {
  scenario('interact, callbacks, Output and anywidget of ipykernel', async (workbench) => {
    installPythonKernel(server());
    server().write(
      'widgets.ipynb',
      pythonNotebook(
        INTERACT,
        CALLBACK,
        OUTPUT,
        ANYWIDGET,
        "counter.send({'word': 'hello'}, [b'12345'])",
        'counter.value, bytes(counter.data)',
      ),
    );
    const notebook = await workbench.openNotebook('widgets.ipynb');
    await notebook.pickKernel(IPYKERNEL);
    for (const index of [0, 1, 2, 3]) assert.equal(await notebook.cell(index).runToEnd(), 'done');

    await notebook.cell(0).waitForOutput('waves: 6');
    const handle = await notebook.cell(0).waitForElement('.noUi-handle');
    await handle.focus();
    await handle.press('End');
    const shown = await notebook.cell(0).waitForOutput('waves: 10');
    assert.doesNotMatch(shown, /waves: 6/);
    await notebook.cell(0).waitForElement('.widget-output svg polyline');

    const buttons = (await notebook.cell(1).outputs()).locator('.widget-button');
    await buttons.first().click();
    await notebook.cell(1).waitForOutput('pressed');
    await buttons.last().click();
    await notebook.cell(1).waitForOutput('ZeroDivisionError');

    await notebook.cell(2).waitForElement('.widget-output b.shown');
    const inside = (await notebook.cell(2).outputs()).locator('.widget-output').first();
    assert.match(await inside.innerText(), /inside/);
    assert.doesNotMatch(await inside.innerText(), /outside/);

    await notebook.cell(3).waitForOutput('count is 0, 3 bytes');
    await (await notebook.cell(3).waitForElement('button.counter')).click();
    await notebook.cell(3).waitForOutput('count is 1, 4 bytes');
    assert.equal(await notebook.cell(4).runToEnd(), 'done');
    await notebook.cell(3).waitForOutput('told hello with 5 bytes');
    assert.equal(await notebook.cell(5).runToEnd(), 'done');
    await notebook.cell(5).waitForOutput("(1, b'\\x01\\x02\\x03\\x04')");
    await workbench.screenshot('ipywidgets');
  });

  scenario('frontends that other packages of Python bring, and scripts', async (workbench) => {
    installPythonKernel(server());
    server().write(
      'packages.ipynb',
      pythonNotebook(
        FIGURE,
        CANVAS,
        PLOTLY,
        'line.add_scatter(y=[3, 1, 2]);',
        `from IPython.display import Javascript\nJavascript("element.append('written by a script')")`,
        `Javascript("nothing.there()")`,
      ),
    );
    const notebook = await workbench.openNotebook('packages.ipynb');
    await notebook.pickKernel(IPYKERNEL);
    assert.deepEqual(await notebook.runAllToEnd(), Array(6).fill('done'));

    const figure = await notebook.cell(0).waitForElement('.jupyter-matplotlib-canvas-container canvas');
    await until('the figure', () => figure.evaluate(isDrawn), { page: workbench.page });
    // The kernel says where the mouse is.
    await (await notebook.cell(0).outputs()).locator('.jupyter-matplotlib-canvas-container').hover();
    await notebook.cell(0).waitForOutput('(x, y) =');
    const canvas = await notebook.cell(1).waitForElement('canvas');
    await until('the canvas', () => canvas.evaluate(isDrawn), { page: workbench.page });
    await until(
      'both lines',
      async () => (await (await notebook.cell(2).outputs()).locator('.scatterlayer path.js-line').count()) === 2,
      { page: workbench.page },
    );
    const chart = await notebook.cell(2).waitForElement('.plotly');
    await until('a chart that fills its place', () => chart.evaluate(fillsPlace), { page: workbench.page });
    await notebook.cell(4).waitForOutput('written by a script');
    await notebook.cell(5).waitForOutput('The script failed. nothing is not defined');
    await notebook.reveal(0);
    await workbench.screenshot('python-packages');
  });

  scenario(
    'a link in the page works while the kernel is busy; a formula; widgets after a reload',
    async (workbench) => {
      installPythonKernel(server());
      server().write(
        'linked-sliders.ipynb',
        pythonNotebook(`import ipywidgets as widgets\n${LINKED}`, 'import time\ntime.sleep(4)', 'a.value'),
      );
      let notebook = await workbench.openNotebook('linked-sliders.ipynb');
      await notebook.pickKernel(IPYKERNEL);
      assert.equal(await notebook.cell(0).runToEnd(), 'done');
      await notebook.cell(0).waitForElement('.katex');
      const handle = await notebook.cell(0).waitForElement('.noUi-handle');
      await notebook.cell(1).run();
      await notebook.cell(1).waitFor('running');
      await handle.focus();
      await handle.press('End');
      const text = await notebook.cell(0).waitForElement('input[type=number]');
      await until('the text to follow the slider', async () => (await text.inputValue()) === '100', {
        page: workbench.page,
      });
      await notebook.cell(1).waitFor('done');
      assert.equal(await notebook.cell(2).runToEnd(), 'done');
      await notebook.cell(2).waitForOutput('100');
      await notebook.save();
      await workbench.reload();
      notebook = workbench.notebook;
      await notebook.opened();
      await notebook.cell(0).waitForElement('.noUi-handle');
      await notebook.cell(0).waitForOutput('100');
      assert.doesNotMatch(await notebook.cell(0).outputText(), /again/);
      await workbench.screenshot('ipywidgets-reloaded');
    },
  );
});

function isDrawn(canvas: HTMLElement | SVGElement): boolean {
  if (!(canvas instanceof HTMLCanvasElement)) return false;
  const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
  return pixels.some((value) => value !== 0);
}

function fillsPlace(chart: HTMLElement | SVGElement): boolean {
  const width = chart.querySelector('.main-svg')?.getBoundingClientRect().width ?? 0;
  const place = chart.closest('.elara-widget')?.getBoundingClientRect().width ?? 0;
  // Drawn while there was a scroll bar, it is narrower by that; without a place it would have 700 pixels.
  return width > 0 && place - width < 30;
}
