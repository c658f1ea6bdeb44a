import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { $display } from './bundle.ts';
import { createDisplayGlobals } from './globals.ts';
import { mimeBundle } from './mime-bundle.ts';
import { recordingPublisher } from './recording-publisher.ts';

function start() {
  const publisher = recordingPublisher();
  return { ...createDisplayGlobals(publisher), published: publisher.published };
}

/** A value that shows itself after `turns` turns of the event loop. */
const slow = (text: string, turns = 1) => ({
  async [$display]() {
    for (let i = 0; i < turns; i++) await new Promise((resolve) => setImmediate(resolve));
    return { 'text/plain': text };
  },
});

const texts = (published: readonly { content: Record<string, unknown> }[]) =>
  published.map(({ content }) => (content.data as Record<string, unknown>)['text/plain']);

describe('display', () => {
  test('display_data carries data, metadata and a display id, and is sent at once', () => {
    const { display, published } = start();
    const { id } = display(1, { metadata: { isolated: true } });
    assert.deepEqual(published, [
      {
        msgType: 'display_data',
        content: { data: { 'text/plain': '1' }, metadata: { isolated: true }, transient: { display_id: id } },
        metadata: undefined,
        buffers: undefined,
      },
    ]);
  });

  test('every display has an id of its own', () => {
    const { display } = start();
    assert.notEqual(display(1).id, display(1).id);
    assert.equal(display(1, { displayId: 'a' }).id, 'a');
    assert.equal(display(1, { display_id: 'b' }).id, 'b');
  });

  test('an object of media types is a bundle', () => {
    const { display, published } = start();
    display({ 'text/html': '<b>', 'image/png': Buffer.from([1]), 'application/json': { a: 1 } });
    assert.deepEqual(published[0]?.content.data, {
      'text/html': '<b>',
      'image/png': 'AQ==',
      'application/json': { a: 1 },
    });
  });

  test('an object whose keys only look like media types is not', () => {
    const { display, published } = start();
    display({ 'GET/users': 1 });
    assert.deepEqual(published[0]?.content.data, { 'text/plain': "{ 'GET/users': 1 }" });
  });

  test('raw: any object is a bundle', () => {
    const { display, published } = start();
    display({ plain: 'x' }, { raw: true });
    assert.deepEqual(published[0]?.content.data, { plain: 'x' });
  });

  test('undefined is shown where it is displayed', () => {
    const { display, published } = start();
    display(undefined);
    assert.deepEqual(texts(published), ['undefined']);
  });

  test('its members display what they make', async () => {
    const { display, published } = start();
    display.html`<b>${1}</b>`;
    display.md('# x');
    display.svg`<svg/>`;
    display.latex`\pi`;
    display.json({ a: 1 }, { expanded: true });
    display.image(Buffer.from('%PDF-'));
    assert.deepEqual(
      published.map(({ content }) => Object.keys(content.data as object)[0]),
      ['text/html', 'text/markdown', 'image/svg+xml', 'text/latex', 'application/json', 'application/pdf'],
    );
    assert.deepEqual(published[4]?.content.metadata, { 'application/json': { expanded: true } });
  });

  test('update replaces by the same id', async () => {
    const { display, updateDisplay, published } = start();
    const handle = await display(1);
    await handle.update(2);
    await updateDisplay(handle.id, 3);
    display(4, { displayId: handle.id, update: true });
    assert.deepEqual(
      published.map(({ msgType }) => msgType),
      ['display_data', 'update_display_data', 'update_display_data', 'update_display_data'],
    );
    assert.deepEqual(texts(published), ['1', '2', '3', '4']);
    for (const { content } of published) assert.deepEqual(content.transient, { display_id: handle.id });
  });

  test('updates keep their order when values take their time', async () => {
    const { display, published } = start();
    const handle = display(slow('first', 3));
    const last = [handle.update(slow('second', 2)), handle.update('third')];
    await Promise.all(last);
    assert.deepEqual(texts(published), ['first', 'second', "'third'"]);
  });

  test('await waits until the value is sent', async () => {
    const { display, published } = start();
    await display(slow('later'));
    assert.deepEqual(texts(published), ['later']);
  });

  test('the handle, as the result of a cell, shows nothing', async () => {
    const { display } = start();
    const handle = display(1);
    assert.equal(await mimeBundle(handle), null);
    assert.equal(await mimeBundle(await handle), null);
  });

  test('what cannot be sent is an error of the cell', async () => {
    const { display } = start();
    assert.throws(() => display({ 'application/json': 1n }), TypeError);
  });
});

describe('settled', () => {
  test('waits for displays under way', async () => {
    const { display, settled, published } = start();
    display(slow('a'));
    display(slow('b', 3));
    assert.equal(await settled(), 0);
    assert.deepEqual(texts(published), ['a', 'b']);
  });

  test('gives up on those that never come', async () => {
    const { display, settled } = start();
    display({ [$display]: () => new Promise(() => undefined) });
    assert.equal(await settled(1), 1);
  });
});

test('clearOutput', () => {
  const { clearOutput, published } = start();
  clearOutput();
  clearOutput(true);
  assert.deepEqual(
    published.map(({ msgType, content }) => [msgType, content]),
    [
      ['clear_output', { wait: false }],
      ['clear_output', { wait: true }],
    ],
  );
});
