import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadAmd } from './amd.ts';

Object.assign(globalThis, { document: {} });

const BASE = { DOMWidgetModel: 'the class' };
const load = (name: string) =>
  name === '@jupyter-widgets/base' ? Promise.resolve(BASE) : Promise.reject(new Error(`no ${name}`));

test('a module gets what it depends on', async () => {
  const source = "define(['@jupyter-widgets/base'], (base) => ({ Model: base.DOMWidgetModel }))";
  assert.deepEqual(await loadAmd('a', source, load), { Model: 'the class' });
});

test('a module may have a name, fill its exports, and ask for its place', async () => {
  const source = "define('a', ['module', 'exports'], (module, exports) => { exports.id = module.id; })";
  assert.deepEqual(await loadAmd('a', source, load), { id: 'a' });
});

test('parts with names come before the module', async () => {
  const source = `let times = 0;
    define('part', ['exports'], (e) => { e.x = ++times; });
    define('other', ['part'], (part) => part);
    define(['part', 'other'], (part, other) => ({ x: part.x, same: part === other }));`;
  assert.deepEqual(await loadAmd('a', source, load), { x: 1, same: true });
});

test('a module may ask for what it depends on by name, and for nothing else', async () => {
  const source = "define(['require', '@jupyter-widgets/base'], (require) => ({ get: require }))";
  const { get } = await loadAmd('a', source, load);
  assert.ok(typeof get === 'function');
  assert.equal(get('@jupyter-widgets/base'), BASE);
  assert.throws(() => get('three'), /a needs three, which is not there/);
});

test('a module in the Universal Module Definition takes the way of AMD, which awaits its dependencies', async () => {
  const source = `(function (root, factory) {
    if (typeof exports === 'object' && typeof module === 'object') module.exports = factory(require('@jupyter-widgets/base'));
    else if (typeof define === 'function' && define.amd) define(['@jupyter-widgets/base'], factory);
  })(globalThis, (base) => ({ x: base.DOMWidgetModel }))`;
  assert.deepEqual(await loadAmd('a', source, load), { x: 'the class' });
});

test('what other modules in a bundle would ask for is not looked for', async () => {
  const source = "define([], () => { (function (define) { define?.(['jquery'], () => 0); })(); return { x: 1 }; })";
  assert.deepEqual(await loadAmd('a', source, load), { x: 1 });
});

test('a bundle finds the script that it is', async () => {
  const source = 'define(() => ({ src: document.currentScript.src }))';
  assert.deepEqual(await loadAmd('a', source, load), { src: 'https://nbextensions.invalid/a/index.js' });
  assert.deepEqual(document, {});
});

test('a dependency that is not there is named', async () => {
  await assert.rejects(loadAmd('a', "define(['three'], () => ({}))", load), /no three/);
});

test('a file that defines no module is refused', async () => {
  await assert.rejects(loadAmd('a', 'let x', load), /a defines nothing/);
  await assert.rejects(loadAmd('a', 'define(() => undefined, 1)', load), /a exports nothing/);
});
