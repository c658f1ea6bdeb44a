import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { frontEnd } from './front-end.testing.ts';

const stateOf = (message: Readonly<Record<string, unknown>> | undefined) => message?.state as Record<string, unknown>;
const esm = 'export default { render() {} };\n';

test('its state is shared, and what is needed to show it', async () => {
  const { widgets, sent, take, change } = frontEnd();
  const state = { count: 0, points: [1], bytes: Uint8Array.of(7) };
  const counter = widgets.anywidget({ esm, css: '.a {\n}', state, layout: { width: '9px' } });
  const [opened] = sent().filter(({ id }) => id === counter.modelId);
  const { layout: _, _anywidget_id: id, ...first } = stateOf(opened?.data);
  assert.match(String(id), /^elara\.[0-9a-f]{16}$/);
  assert.deepEqual(first, {
    _model_name: 'AnyModel',
    _model_module: 'anywidget',
    _model_module_version: '0.x',
    _view_name: 'AnyView',
    _view_module: 'anywidget',
    _view_module_version: '0.x',
    _dom_classes: [],
    tabbable: null,
    tooltip: null,
    _esm: esm,
    _css: '.a {\n}',
    count: 0,
    points: [1],
  });
  assert.deepEqual([opened?.data.buffer_paths, opened?.buffers], [[['bytes']], [Uint8Array.of(7)]]);
  take(counter.modelId);
  const seen: unknown[] = [];
  counter.on('change:count', ({ value }) => seen.push(value));
  counter.count += 1;
  counter.points.push(2);
  counter.points = counter.points.slice();
  counter.points.push(3);
  const { points } = counter;
  counter.points = points;
  await null;
  assert.deepEqual(stateOf(take(counter.modelId)[0]), { count: 1, points: [1, 2, 3] });
  change(counter.modelId, { count: 5 });
  assert.deepEqual([counter.count, seen, counter.layout.width], [5, [1, 5], '9px']);
});

test('its commands answer, and its messages go both ways', async () => {
  const { widgets, take, custom, errors } = frontEnd();
  const widget = widgets.anywidget({
    esm,
    commands: {
      double: (n: number) => n * 2,
      reverse: async (_: unknown, [bytes]) => ['done', [bytes?.toReversed() ?? new Uint8Array()]],
    },
  });
  take(widget.modelId);
  await custom(widget.modelId, { kind: 'anywidget-command', id: '1', name: 'double', msg: 4 }).ended;
  const answer = { id: '1', kind: 'anywidget-command-response', response: 8 };
  assert.deepEqual(take(widget.modelId), [{ method: 'custom', content: answer }]);
  await custom(widget.modelId, { kind: 'anywidget-command', id: '2', name: 'reverse' }, [Uint8Array.of(1, 2)]).ended;
  assert.deepEqual(take(widget.modelId)[0]?.content, { ...answer, id: '2', response: 'done' });
  await custom(widget.modelId, { kind: 'anywidget-command', id: '3', name: 'toString' }).ended;
  assert.match(String(errors), /invokes 'toString'/);
  const heard: unknown[] = [];
  widget.on('message', (content, buffers) => heard.push(content, buffers));
  custom(widget.modelId, { hi: 1 }, [Uint8Array.of(9)]);
  assert.deepEqual(heard, [{ hi: 1 }, [Uint8Array.of(9)]]);
});

test('its module and style may be files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'elara-anywidget-'));
  try {
    writeFileSync(join(folder, 'w.js'), esm);
    const { widgets, sent } = frontEnd();
    const { modelId } = widgets.anywidget({ esm: join(folder, 'w.js') });
    const state = stateOf(sent().find(({ id }) => id === modelId)?.data);
    assert.deepEqual([state._esm, state._css], [esm, '']);
    assert.throws(() => widgets.anywidget({ esm: join(folder, 'none.js') }), /none.js of the widget cannot be read/);
    const { modelId: other } = widgets.anywidget({ esm: 'https://esm.sh/mine@1/widget.js' });
    assert.equal(stateOf(sent().find(({ id }) => id === other)?.data)._esm, 'https://esm.sh/mine@1/widget.js');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('names that every widget has are refused', () => {
  const { widgets } = frontEnd();
  for (const name of ['layout', 'close', 'on', 'next', '_esm', '_mine']) {
    assert.throws(() => widgets.anywidget({ esm, state: { [name]: 1 } }), new RegExp(`the name '${name}'`));
  }
});
