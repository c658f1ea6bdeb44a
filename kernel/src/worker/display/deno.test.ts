import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createDenoJupyter } from './deno.ts';
import { recordingPublisher } from './recording-publisher.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

function start() {
  const publisher = recordingPublisher();
  return { Deno: { jupyter: createDenoJupyter(publisher) }, published: publisher.published };
}

describe('Deno.jupyter', () => {
  test('broadcast, as the kernel testbed calls it', async () => {
    const { Deno, published } = start();
    const content = { data: { 'text/html': '<b>bold</b>' }, metadata: {}, transient: { display_id: 'test_update' } };
    await Deno.jupyter.broadcast('update_display_data', content);
    assert.deepEqual(published, [{ msgType: 'update_display_data', content, metadata: {}, buffers: [] }]);
  });

  test('broadcast of buffers of every kind', async () => {
    const { Deno, published } = start();
    const bytes = Uint8Array.of(1, 2, 3, 4);
    await Deno.jupyter.broadcast(
      'comm_msg',
      { comm_id: 'c', data: {} },
      { metadata: { m: 1 }, buffers: [bytes, bytes.buffer, new DataView(bytes.buffer, 1, 2)] },
    );
    assert.deepEqual(published[0]?.metadata, { m: 1 });
    assert.deepEqual(published[0]?.buffers, [bytes, bytes, Uint8Array.of(2, 3)]);
  });

  test('display, with and without an id', async () => {
    const { Deno, published } = start();
    await Deno.jupyter.display(Deno.jupyter.md`# Hello`);
    await Deno.jupyter.display({ 'text/plain': 'x' }, { raw: true, display_id: 'd' });
    await Deno.jupyter.display(1, { update: true, display_id: 'd' });
    assert.deepEqual(
      published.map(({ msgType, content }) => [msgType, content]),
      [
        [
          'display_data',
          { data: { 'text/markdown': '# Hello', 'text/plain': '# Hello' }, metadata: {}, transient: {} },
        ],
        ['display_data', { data: { 'text/plain': 'x' }, metadata: {}, transient: { display_id: 'd' } }],
        ['update_display_data', { data: { 'text/plain': '1' }, metadata: {}, transient: { display_id: 'd' } }],
      ],
    );
  });

  test('without raw, an object of media types is an object', async () => {
    const { Deno, published } = start();
    await Deno.jupyter.display({ 'text/html': 'x' });
    assert.deepEqual(published[0]?.content.data, { 'text/plain': "{ 'text/html': 'x' }" });
  });

  test('format', async () => {
    const { Deno } = start();
    const { $display, format, html, svg, image } = Deno.jupyter;
    assert.equal($display, Symbol.for('Jupyter.display'));
    assert.equal((await format(html`<b>`))['text/html'], '<b>');
    assert.equal((await format(svg`<svg>`))['image/svg+xml'], '<svg>');
    assert.equal((await format(image(Buffer.from(PNG, 'base64'))))['image/png'], PNG);
    assert.deepEqual(await format(undefined), { 'text/plain': 'undefined' });
    assert.deepEqual(await format({ [$display]: () => ({}) }), {});
  });
});
