/** What VS Code has no renderer for, or a poor one, and what of its own has to work with our kernel. */
import assert from 'node:assert/strict';
import { TYPESCRIPT } from '../labels.ts';
import { typescriptNotebook } from '../notebooks.ts';
import { scenarios } from '../scenario.ts';
import { until } from '../waiting.ts';

const CHART = `({
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  title: 'Rain',
  params: [{ name: 'pick', select: 'point' }],
  data: { values: [{ day: 'Mon', mm: 3, place: 'Bern' }, { day: 'Tue', mm: 8, place: 'Bern' }, { day: 'Mon', mm: 5, place: 'Basel' }, { day: 'Tue', mm: 6, place: 'Basel' }] },
  mark: { type: 'bar', tooltip: true },
  encoding: { x: { field: 'day', type: 'nominal' }, xOffset: { field: 'place' }, y: { field: 'mm', type: 'quantitative' }, color: { field: 'place' }, opacity: { condition: { param: 'pick', value: 1 }, value: 0.3 } },
})`;

const VEGA = `({
  $schema: 'https://vega.github.io/schema/vega/v6.json',
  width: 200, height: 40,
  marks: [{ type: 'text', encode: { enter: { x: { value: 10 }, y: { value: 20 }, text: { signal: "'width ' + width" }, fill: { value: 'teal' } } } }],
})`;

const GEO = JSON.stringify({
  type: 'FeatureCollection',
  features: [
    {
      type: 'Feature',
      properties: {},
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [6, 46],
            [10, 46],
            [10, 47.5],
            [8, 47.8],
            [6, 46],
          ],
        ],
      },
    },
  ],
});

for (const theme of ['Default Light Modern', 'Default Dark Modern', 'Default High Contrast']) {
  const name = theme.split(' ').slice(1, 2).join('').toLowerCase();
  scenarios(`renderers, ${name}`, { height: 2600, settings: { 'workbench.colorTheme': theme } }, (scenario, server) => {
    scenario('charts, formulas, trees, tables, maps', async (workbench) => {
      server().write(
        'outputs.ipynb',
        typescriptNotebook(
          CHART,
          VEGA,
          String.raw`latex('Let \\(a^2\\) be, then \\[\\frac{a}{b}\\]')`,
          "json({ name: 'tree', list: Array.from({ length: 250 }, (_, i) => i), deep: { er: { value: null, ok: true } } })",
          'Array.from({ length: 90 }, (_, i) => ({ i, square: i ** 2, even: i % 2 === 0 }))',
          `display({ 'application/geo+json': ${GEO}, 'text/plain': 'a map' }, { raw: true });`,
          'html(\'<div class="target">before</div><script>document.querySelector(".target").textContent = "a script ran"</script>\')',
          "import { Buffer } from 'node:buffer';\nconst wav = Buffer.alloc(8044, 128); wav.write('RIFF', 0); wav.writeUInt32LE(8036, 4); wav.write('WAVEfmt ', 8); wav.writeUInt32LE(16, 16); wav.writeUInt16LE(1, 20); wav.writeUInt16LE(1, 22); wav.writeUInt32LE(8000, 24); wav.writeUInt32LE(8000, 28); wav.writeUInt16LE(1, 32); wav.writeUInt16LE(8, 34); wav.write('data', 36); wav.writeUInt32LE(8000, 40);\ndisplay({ 'audio/wav': wav.toString('base64') }, { raw: true });\ndisplay({ 'application/pdf': Buffer.from('%PDF-1.4').toString('base64') }, { raw: true });",
        ),
      );
      const notebook = await workbench.openNotebook('outputs.ipynb');
      await notebook.pickKernel(TYPESCRIPT);
      assert.deepEqual(await notebook.runAllToEnd(), Array(8).fill('done'));

      const chart = await notebook.cell(0).waitForElement('svg.marks');
      assert.equal(await chart.locator('.mark-rect path').count(), 4);
      await notebook.cell(1).waitForElement('svg.marks');
      await until(
        'two formulas',
        async () => (await (await notebook.cell(2).outputs()).locator('.katex').count()) === 2,
        { page: workbench.page },
      );

      await notebook.cell(3).waitForOutput('list: [ 250 elements ]');
      await (await notebook.cell(3).outputs()).getByText('250 elements').click();
      await notebook.cell(3).waitForOutput('99: 99');
      await notebook.cell(3).waitForOutput('Show 100 more of 150');
      await (await notebook.cell(3).outputs()).getByText('250 elements').click();

      const table = await notebook.cell(4).outputs();
      assert.equal(await table.getByText('1369').isVisible(), false);
      await table.getByText('Rows 25 to 49').click();
      await until('row 37', () => table.getByText('1369').isVisible(), { page: workbench.page });
      await table.getByText('Rows 25 to 49').click();

      await notebook.cell(5).waitForElement('svg.marks');
      await notebook.cell(6).waitForOutput('a script ran');
      const seconds = await until(
        'a sound of a second',
        async () => {
          const audio = (await notebook.cell(7).outputs()).locator('audio');
          const duration = await audio.evaluate((element: HTMLAudioElement) => element.duration);
          return duration > 0 && duration;
        },
        { page: workbench.page },
      );
      assert.equal(Math.round(seconds), 1);
      await notebook.cell(7).waitForOutput('Save the PDF document');
      await notebook.reveal(0);
      await workbench.screenshot(`renderers-${name}`);
    });
  });
}
