/** Plots and tables of the packages that people use show themselves. */
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { contentsOf, recordOf, resultOf } from '../../real-kernel/outputs.ts';
import { RealKernel } from '../../real-kernel/real-kernel.ts';

// The packages are found from here.
const kernel = await RealKernel.start({ cwd: import.meta.dirname });
after(() => kernel.stop());
const client = await kernel.connect();

/** The bundle that a cell has as its result. */
async function resultBundle(code: string) {
  const { published, reply } = await client.execute(code);
  assert.equal(reply.content.status, 'ok', `${code}\n${JSON.stringify(reply.content)}`);
  const [{ data, metadata } = {}] = contentsOf(published, 'execute_result');
  return { data: recordOf(data), metadata: recordOf(metadata) };
}

async function resultData(code: string) {
  return (await resultBundle(code)).data;
}

/** Parses as XML does: an unclosed element, an undeclared prefix or an entity of HTML's would be an error. */
function assertXml(text: unknown): asserts text is string {
  assert.ok(typeof text === 'string');
  const open: string[] = [];
  for (const [, end, name = '', , empty] of text.matchAll(/<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (end === '/') assert.equal(open.pop(), name);
    else if (empty === '') open.push(name);
  }
  assert.deepEqual(open, []);
  assert.doesNotMatch(
    text.replace(/<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g, ''),
    /<|&(?!#|amp;|lt;|gt;|quot;)/,
  );
  assert.equal(/xlink:/.test(text), /xmlns:xlink=/.test(text));
}

describe('Observable Plot', () => {
  test('a plot is an SVG, without a document in its options', async () => {
    const { 'image/svg+xml': svg, 'text/plain': text } = await resultData(`
      import * as Plot from '@observablehq/plot';
      const rows = [{ name: 'a & <b>', value: 1 }, { name: 'c', value: 2 }];
      Plot.barY(rows, { x: 'name', y: 'value', tip: true }).plot({ clip: true })`);
    assertXml(svg);
    assert.match(svg, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    assert.match(svg, />a &amp; &lt;b&gt;<\/text>/);
    assert.match(String(text), /^\[image\/svg\+xml, \d+ characters\]$/);
  });

  const plots: readonly (readonly [name: string, code: string, drawn: RegExp])[] = [
    ['a mark', "Plot.barY(rows, { x: 'name', y: 'value' })", /aria-label="bar"/],
    ['a mark of several', "Plot.boxX(rows, { x: 'value' })", /aria-label="bar"/],
    [
      'marks in options',
      '({ height: 123, marks: [Plot.frame(), [Plot.ruleY([0])], null] })',
      /height="123".*aria-label="rule"/s,
    ],
    [
      'a raster',
      'Plot.raster({ fill: (x, y) => x * y, x1: 0, x2: 1, y1: 0, y2: 1, width: 64 })',
      /<image [^>]*data:image\/png;base64,/,
    ],
    ['a legend', "Plot.legend({ color: { type: 'linear', domain: [0, 1] } })", /<image [^>]*data:image\/png;base64,/],
  ];
  for (const [name, code, drawn] of plots) {
    test(`${name} is a plot`, async () => {
      const { 'image/svg+xml': svg } = await resultData(code);
      assertXml(svg);
      assert.match(svg, drawn);
    });
  }

  test('a figure with a title and a legend is HTML', async () => {
    const { 'text/html': html } = await resultData(`Plot.plot({
      title: 'T', color: { legend: true }, marks: [Plot.dot(rows, { x: 'value', fill: 'name' })] })`);
    assert.match(String(html), /^<figure .*<h2 [^>]*>T<\/h2>.*swatches.*<svg/s);
  });

  test('what Plot says is wrong with a mark stands below it', async () => {
    const { 'text/plain': text } = await resultData(
      "({ x: { type: 'nonsense' }, marks: [Plot.dot(rows, { x: 'value' })] })",
    );
    assert.match(String(text), /\[its display failed: Error: unknown scale type: nonsense\]/);
  });

  test('and no package believes that it runs in a browser', async () => {
    const { published } = await client.execute(
      '[typeof window, typeof document, typeof self, typeof navigator.userAgent]',
    );
    assert.equal(resultOf(published), "[ 'undefined', 'undefined', 'undefined', 'string' ]");
  });
});

describe('D3', () => {
  test('a selection, and an element that it has made, are an SVG', async () => {
    await client.execute(`
      import * as d3 from 'd3';
      const svg = d3.create('svg').attr('width', 100);
      svg.selectAll('circle').data([1, 2, 3]).join('circle').attr('r', (d) => d);`);
    for (const code of ['svg', 'svg.node()']) {
      const { 'image/svg+xml': drawn } = await resultData(code);
      assertXml(drawn);
      assert.equal(drawn.match(/<circle/g)?.length, 3);
    }
  });
});

describe('canvases', () => {
  test('@napi-rs/canvas is a PNG with its size', async () => {
    const { data, metadata } = await resultBundle(`
      import { createCanvas } from '@napi-rs/canvas';
      const canvas = createCanvas(30, 20);
      canvas.getContext('2d').fillRect(0, 0, 10, 10);
      canvas`);
    assert.equal(Buffer.from(String(data['image/png']), 'base64').subarray(1, 4).toString(), 'PNG');
    assert.deepEqual(metadata, { 'image/png': { width: 30, height: 20 } });
  });

  test('its pixels are one too', async () => {
    const { data, metadata } = await resultBundle("canvas.getContext('2d').getImageData(0, 0, 5, 4)");
    assert.equal(Buffer.from(String(data['image/png']), 'base64').readUInt32BE(16), 5);
    assert.deepEqual(metadata, { 'image/png': { width: 5, height: 4 } });
  });
});

describe('tables', () => {
  test('an Arrow table, with the types of its schema', async () => {
    const { 'text/plain': text, 'text/html': html } = await resultData(`
      import { tableFromArrays } from 'apache-arrow';
      tableFromArrays({
        n: Float64Array.of(1.5, 2), s: ['x', null], d: [new Date(0), new Date(86_400_000)], big: [1n, 2n], list: [[1], [2, 3]],
      })`);
    assert.deepEqual(String(text).split('\n'), [
      '         n  s                        d                         big  list',
      '   Float64  Dictionary<Int32, Utf8>  Timestamp<MILLISECOND>  Int64  List<Float64>',
      '0      1.5  x                        1970-01-01                 1n  [ 1 ]',
      '1        2  null                     1970-01-02                 2n  [ 2, 3 ]',
      '2 rows × 5 columns',
    ]);
    assert.match(String(html), /<small[^>]*>Dictionary&lt;Int32, Utf8&gt;<\/small>/);
  });

  test('a large Arrow table shows its first and last rows', async () => {
    const { 'text/html': html } = await resultData(
      'tableFromArrays({ i: Int32Array.from({ length: 100_000 }, (_, i) => i) })',
    );
    assert.match(String(html), />100,000 rows × 1 column<.*… 99,875 more rows.*>99999<\/td>/s);
  });

  test('records are HTML, a data resource and text; console.table too has types', async () => {
    const data = await resultData("[{ name: 'a', value: 1 }]");
    assert.deepEqual(Object.keys(data).sort(), ['application/vnd.dataresource+json', 'text/html', 'text/plain']);
    const { published } = await client.execute("console.table([{ name: 'a', value: 1 }])");
    const [{ data: shown } = {}] = contentsOf(published, 'display_data');
    assert.match(String(recordOf(shown)['text/html']), />name<br><small[^>]*>string<\/small>/);
  });
});
