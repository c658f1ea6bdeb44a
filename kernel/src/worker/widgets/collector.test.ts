import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frontEnd } from './front-end.testing.ts';

function outputArea() {
  const front = frontEnd();
  const area = new front.widgets.Output();
  front.take(area.modelId);
  /** The outputs of each message since the last call. */
  const sent = () => {
    front.flush();
    return front.take(area.modelId).map(({ state }) => (state as { outputs?: unknown }).outputs);
  };
  return { ...front, area, sent };
}

const text = (text: string, name = 'stdout') => ({ output_type: 'stream', name, text });

test('text of one stream is one output; all is sent together', () => {
  const { area, sent } = outputArea();
  area.appendStdout('a');
  assert.deepEqual(sent(), [[text('a')]]);
  area.appendStdout('b');
  area.appendStderr('c');
  area.appendStdout('d');
  assert.deepEqual(sent(), [[text('ab'), text('c', 'stderr'), text('d')]]);
  assert.deepEqual(area.outputs, [text('ab'), text('c', 'stderr'), text('d')]);
});

test('what follows soon is sent by itself a little later', async () => {
  const { area, take } = outputArea();
  area.appendStdout('a');
  take(area.modelId);
  const changed = new Promise((resolve) => area.on('change:outputs', resolve));
  area.appendStdout('b');
  assert.deepEqual(take(area.modelId), []);
  await changed;
  await null;
  assert.deepEqual(
    take(area.modelId).map(({ state }) => state),
    [{ outputs: [text('ab')] }],
  );
});

test('clear takes all away at once, or when the next output comes', () => {
  const { area, sent } = outputArea();
  area.appendStdout('a');
  sent();
  area.clear(true);
  assert.deepEqual(sent(), []);
  area.appendStdout('b');
  assert.deepEqual(sent(), [[text('b')]]);
  area.clear();
  assert.deepEqual(sent(), [[]]);
});

test('what a cell or a frontend has set is gone on with', async () => {
  const { area, sent, change } = outputArea();
  area.outputs = [text('mine\n')];
  sent();
  area.appendStdout('more');
  assert.deepEqual(sent(), [[text('mine\nmore')]]);
  change(area.modelId, { outputs: [] });
  sent();
  await area.append({ a: 1 });
  assert.deepEqual(sent(), [[{ output_type: 'display_data', data: { 'text/plain': '{ a: 1 }' }, metadata: {} }]]);
});
