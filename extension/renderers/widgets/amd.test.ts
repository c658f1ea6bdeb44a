import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runAmd } from './amd.ts';

const BASE = { DOMWidgetModel: 'the class' };
const find = (name: string) => (name === '@jupyter-widgets/base' ? BASE : undefined);

test('a module gets what it depends on', () => {
  const source = "define(['@jupyter-widgets/base'], (base) => ({ Model: base.DOMWidgetModel }))";
  assert.deepEqual(runAmd('a', source, find), { Model: 'the class' });
});

test('a module may have a name, fill its exports, and ask for its place', () => {
  const source = "define('a', ['module', 'exports'], (module, exports) => { exports.uri = module.uri; })";
  assert.deepEqual({ ...runAmd('a', source, find) }, { uri: 'a/index.js' });
});

test('a module in the Universal Module Definition takes the way of CommonJS or AMD', () => {
  const source = "(function (factory) { if (typeof exports === 'object') factory(exports); })((e) => { e.x = 1; })";
  assert.deepEqual({ ...runAmd('a', source, find) }, { x: 1 });
});

test('a dependency that is not there is named', () => {
  assert.throws(() => runAmd('a', "define(['three'], () => ({}))", find), /a needs three/);
});
