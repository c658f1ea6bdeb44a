/** What the widgets send at first is what the published specification says of their models. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { frontEnd } from './front-end.testing.ts';
import { models } from './generated/models.ts';

interface Entry {
  readonly model: { readonly name: string; readonly module: string; readonly version: string };
  readonly view: { readonly name: string | null; readonly module: string; readonly version: string };
  readonly attributes: readonly {
    readonly name: string;
    readonly type: string | readonly string[];
    readonly default: unknown;
  }[];
}

const require = createRequire(import.meta.url);
const specification = require('@jupyter-widgets/schema/jupyterwidgetmodels.latest.json') as Entry[];

/** Defaults of the specification that widgets of no use have, or that it writes as text. */
const MADE: Readonly<Record<string, Record<string, unknown>>> = {
  SelectionSlider: { options: ['only'] },
  SelectionRangeSlider: { options: ['only'] },
};

describe('the state at first', () => {
  for (const entry of specification) {
    const known = models.find(({ model }) => model === entry.model.name);
    if (entry.model.name === 'DOMWidgetModel') continue;
    test(entry.model.name, () => {
      assert.ok(known);
      const { widgets, sent } = frontEnd();
      const Class = Reflect.get(widgets, known.name);
      const ends = { source: [new widgets.IntSlider(), 'value'], target: [new widgets.IntText(), 'value'] };
      const options = known.kind === 'link' ? ends : MADE[known.name];
      const widget: { modelId: string } = Reflect.construct(Class, options === undefined ? [] : [options]);
      const opened = sent().find(({ id }) => id === widget.modelId);
      assert.ok(opened);
      const state = { ...(opened.data.state as Record<string, unknown>) };
      for (const [index, path] of (opened.data.buffer_paths as string[][]).entries()) {
        assert.equal(path.length, 1);
        state[String(path[0])] = opened.buffers[index];
      }
      assert.deepEqual(Object.keys(state).sort(), entry.attributes.map(({ name }) => name).sort());
      for (const { name, type, default: value } of entry.attributes) {
        if (type === 'reference') assert.match(String(state[name]), /^IPY_MODEL_/);
        else if (type === 'bytes') assert.deepEqual(state[name], new Uint8Array());
        else if (!(options !== undefined && (name in options || name.startsWith('_options'))))
          assert.deepEqual(state[name], value, name);
      }
      assert.deepEqual(
        [state._model_name, state._model_module, state._model_module_version],
        [entry.model.name, entry.model.module, entry.model.version],
      );
      assert.deepEqual(
        [state._view_name, state._view_module, state._view_module_version],
        [entry.view.name, entry.view.module, entry.view.version],
      );
    });
  }
});

test('every reference of a state is a widget that was opened before', () => {
  const { widgets, sent } = frontEnd();
  new widgets.Tab([new widgets.Button('Go'), new widgets.IntSlider()]);
  const opened = new Set<string>();
  for (const { id, data, metadata } of sent()) {
    assert.deepEqual(metadata, { version: '2.1.0' });
    for (const [, reference] of JSON.stringify(data).matchAll(/IPY_MODEL_([\w-]+)/g))
      assert.ok(opened.has(String(reference)));
    opened.add(id);
  }
});
