/** What cells show. */
import assert from 'node:assert/strict';
import { TYPESCRIPT } from '../labels.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';

/** A red pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';

const VEGA_LITE = {
  $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
  data: {
    values: [
      { day: 'Mon', mm: 3 },
      { day: 'Tue', mm: 8 },
      { day: 'Wed', mm: 5 },
    ],
  },
  mark: 'bar',
  encoding: { x: { field: 'day', type: 'nominal' }, y: { field: 'mm', type: 'quantitative' } },
};

scenarios('outputs', { height: 2200 }, (scenario, server) => {
  scenario('images, SVG, HTML, tables, LaTeX, Markdown, JSON, Vega-Lite', async (workbench) => {
    server().write(
      'show.ipynb',
      typescriptNotebook(
        `display.image(Buffer.from('${PNG}', 'base64'), { width: 40, height: 20 });`,
        'svg(\'<svg xmlns="http://www.w3.org/2000/svg" width="60" height="20"><circle cx="10" cy="10" r="9" fill="teal"/></svg>\')',
        'html(\'<b class="shown">bold</b> and <i>italic</i>\')',
        "console.table([{ city: 'Bern', people: 134_591 }, { city: 'Basel', people: 173_552 }]);",
        "latex('$$\\\\int_0^1 x^2\\\\,dx = \\\\frac{1}{3}$$')",
        "md('A **list**\\n\\n- one\\n- two')",
        `({ data: ${JSON.stringify({ 'application/vnd.vegalite.v5+json': VEGA_LITE, 'text/plain': 'a chart' })}, metadata: {}, [Symbol.for('Jupyter.display')]() { return this.data; } })`,
        'json({ deep: { list: [1, 2, 3] } })',
      ),
    );
    const notebook = await workbench.openNotebook('show.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.deepEqual(await notebook.runAllToEnd(), Array(8).fill('done'));
    const image = await notebook.cell(0).waitForElement('img');
    assert.deepEqual(
      await image.evaluate((img: HTMLImageElement) => [img.naturalWidth, img.clientWidth, img.clientHeight]),
      [1, 40, 20],
    );
    await notebook.cell(1).waitForElement('svg circle');
    await notebook.cell(2).waitForElement('b.shown');
    await notebook.cell(3).waitForOutput('Basel');
    await notebook.cell(4).waitForElement('.katex');
    await notebook.cell(5).waitForElement('li');
    await notebook.cell(6).waitForElement('canvas, svg.marks');
    await notebook.cell(7).waitForOutput('deep');
    await workbench.screenshot('outputs');
  });

  scenario('streams as a terminal shows them, updates and clear_output', async (workbench) => {
    server().write(
      'streams.ipynb',
      typescriptNotebook(
        "for (const percent of [0, 50, 100]) process.stdout.write('\\r' + percent + ' %');\nconsole.log();\nconsole.log('\\u001b[31mred\\u001b[0m');",
        "const shown = await display('first');\nawait shown.update('second');",
        "console.log('old');\nclearOutput(true);\nconsole.log('new');",
      ),
    );
    const notebook = await workbench.openNotebook('streams.ipynb');
    await notebook.pickKernel(TYPESCRIPT);
    assert.deepEqual(await notebook.runAllToEnd(), ['done', 'done', 'done']);
    const text = await notebook.cell(0).waitForOutput('red');
    assert.match(text, /^100 %\s+red\s*$/);
    await notebook.cell(1).waitForOutput('second');
    assert.doesNotMatch(await notebook.cell(1).outputText(), /first/);
    await notebook.cell(2).waitForOutput('new');
    assert.doesNotMatch(await notebook.cell(2).outputText(), /old/);
    await workbench.screenshot('outputs-streams');
  });
});
