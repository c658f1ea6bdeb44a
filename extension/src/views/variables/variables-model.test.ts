import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Emitter } from '../../emitter.ts';
import { shownVariable } from './shown-variable.ts';
import type { Inside, Variable, VariableSource } from './source.ts';
import { type VariableNode, VariablesModel } from './variables-model.ts';

function variable(name: string, more: Partial<Variable> = {}): Variable {
  return { name, type: 'number', value: '1', kind: 'data', ...more };
}

/** A source of these variables; what is inside comes in pages of 100. */
function sourceOf(variables: Variable[], inside: Readonly<Record<string, Variable[]>> = {}) {
  const changed = new Emitter<void>();
  const source: VariableSource & { error?: string; disposed: boolean } = {
    disposed: false,
    async list() {
      if (source.error !== undefined) throw new Error(source.error);
      return { variables, total: variables.length };
    },
    async children(of: Inside, start = 0) {
      const all = inside[String(of)];
      if (all === undefined) throw new Error('busy: it computes');
      return { variables: all.slice(start, start + 100), total: all.length };
    },
    table: undefined,
    onDidChange: changed.event,
    dispose: () => {
      source.disposed = true;
    },
  };
  return { source, changed };
}

function names(nodes: readonly VariableNode[]): string[] {
  return nodes.map((node) => {
    if (node.kind === 'variable') return node.variable.name;
    return node.kind === 'more' ? `… ${node.count}` : node.text;
  });
}

test('variables are searched by name and type, in whatever case', async () => {
  const { source } = sourceOf([variable('Alpha'), variable('beta', { type: 'Map' }), variable('mapped')]);
  const model = new VariablesModel(source);
  assert.deepEqual(names(await model.roots()), ['Alpha', 'beta', 'mapped']);
  assert.equal(model.message, undefined);
  let changes = 0;
  model.onDidChange(() => void changes++);
  model.sought = 'MAP';
  assert.equal(changes, 1);
  assert.deepEqual(names(await model.roots()), ['beta', 'mapped']);
  assert.equal(model.message, '2 of 3 variables have “MAP” in their name or type.');
});

test('where there is nothing to search in, nothing is said of a search', async () => {
  const { source } = sourceOf([]);
  const model = new VariablesModel(source);
  model.sought = 'MAP';
  await model.roots();
  assert.equal(model.message, 'No variables yet.');
});

test('lines of one name have ids of their own, which stay', async () => {
  const keys = [variable("'k'"), variable("'k'"), variable('[Symbol()]')];
  const { source } = sourceOf([variable('map', { inside: 1 })], { 1: keys });
  const model = new VariablesModel(source);
  const [map] = await model.roots();
  assert.ok(map?.kind === 'variable');
  const ids = async () => (await model.children(map)).map(({ id }) => id);
  assert.deepEqual(await ids(), ["/map/'k'", "/map/'k'#1", '/map/[Symbol()]']);
  assert.deepEqual(await ids(), await ids());
});

test('of many the first are shown, and more when they are asked for', async () => {
  const many = Array.from({ length: 250 }, (_, i) => variable(String(i)));
  const { source } = sourceOf([variable('list', { inside: 'l' })], { l: many });
  const model = new VariablesModel(source);
  const [list] = await model.roots();
  assert.ok(list?.kind === 'variable');
  const shown = async () => await model.children(list);
  const first = (await shown()).at(-1);
  assert.equal((await shown()).length, 101);
  assert.ok(first?.kind === 'more' && first.count === 150);
  model.showMore(first);
  const second = (await shown()).at(-1);
  assert.equal((await shown()).length, 201);
  assert.ok(second?.kind === 'more' && second.count === 50);
  model.showMore(second);
  assert.equal((await shown()).length, 250);
});

test('what cannot be known is said where it would stand', async () => {
  const { source } = sourceOf([variable('gone', { inside: 9 })]);
  const model = new VariablesModel(source);
  const [gone] = await model.roots();
  assert.ok(gone?.kind === 'variable');
  assert.deepEqual(names(await model.children(gone)), ['busy: it computes']);
  source.error = 'The kernel did not answer.';
  assert.deepEqual(await model.roots(), []);
  assert.equal(model.message, 'The kernel did not answer.');
  model.dispose();
  assert.ok(source.disposed);
});

test('a line says the type where the value does not', () => {
  const said = (more: Partial<Variable>) => shownVariable(variable('v', more)).description;
  assert.equal(said({}), '1');
  assert.equal(said({ type: 'Array', value: '[ [ 1 ] ]', shape: [1, 1], length: 1 }), 'Array(1×1)  [ [ 1 ] ]');
  assert.equal(said({ type: 'Map', value: 'Map(2) { … }', length: 2 }), 'Map(2) { … }');
  assert.equal(said({ type: 'Object', value: '{ a: 1 }' }), '{ a: 1 }');
  assert.equal(said({ type: 'str', value: "'x'", length: 1 }), "'x'");
  assert.equal(said({ type: 'class', value: '[class C]', kind: 'class' }), '[class C]');
  const { spoken, facts, icon } = shownVariable(
    variable('t', { type: 'Float32Array', value: '[ 0 ]', shape: [1000], length: 1000, bytes: 4000 }),
  );
  assert.equal(spoken, 't, Float32Array(1000), [ 0 ]');
  assert.deepEqual([...facts, icon], ['Float32Array', '1,000 elements', '4 kB', 'symbol-array']);
});
