import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { savedWidgets, toSaved, withSaved } from './saved.ts';

test("a notebook's widgets are found in the metadata of its file", () => {
  const file = JSON.parse(readFileSync('examples/12-widgets.ipynb', 'utf8'));
  const saved = savedWidgets({ metadata: file.metadata, nbformat: 4 });
  assert.ok(saved);
  assert.ok(Object.values(saved.state).some(({ model_name: name }) => name === 'IntSliderModel'));
});

test('what is no state of widgets is none', () => {
  assert.equal(savedWidgets({}), undefined);
  const widgets = { 'application/vnd.jupyter.widget-state+json': { version_major: 2, state: { a: { state: {} } } } };
  assert.equal(savedWidgets({ metadata: { widgets } }), undefined);
});

test('models are saved as ipywidgets saves them, and read again', () => {
  const state = {
    _model_name: 'ImageModel',
    _model_module: '@jupyter-widgets/controls',
    _model_module_version: '2.0.0',
  };
  const saved = toSaved([{ id: 'a', state, buffers: [{ path: ['value'], bytes: Uint8Array.of(1, 2) }] }]);
  assert.deepEqual(saved.state.a, {
    model_name: 'ImageModel',
    model_module: '@jupyter-widgets/controls',
    model_module_version: '2.0.0',
    state,
    buffers: [{ path: ['value'], encoding: 'base64', data: 'AQI=' }],
  });
  const metadata = { metadata: { widgets: { 'application/vnd.jupyter.widget-state+json': saved } } };
  assert.deepEqual(savedWidgets(metadata), saved);
});

test('of the widgets of a kernel, those are saved that outputs show, with what they are made of', () => {
  const model = (id: string, state: Record<string, unknown>) => ({
    id,
    state: { _model_name: 'M', _model_module: 'm', _model_module_version: '1', ...state },
    buffers: [],
  });
  const models = [
    model('box', { children: ['IPY_MODEL_child'] }),
    model('child', { layout: 'IPY_MODEL_layout' }),
    model('layout', {}),
    model('other', {}),
  ];
  const metadata = { metadata: { kernelspec: { name: 'python3' } }, nbformat: 4 };
  const saved = withSaved(metadata, ['box', 'gone'], models);
  assert.deepEqual(Object.keys(savedWidgets(saved)?.state ?? {}), ['box', 'child', 'layout']);
  assert.deepEqual(saved?.nbformat, 4);
  assert.equal(withSaved(metadata, ['gone'], models), undefined);
});
