import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bundleItems, bundleOutput } from './mime-bundle.ts';

const decoder = new TextDecoder();

function texts(data: Record<string, unknown>): [string, string][] {
  return bundleItems(data).map(({ mime, data }) => [mime, decoder.decode(data)]);
}

test('the richest representation comes first', () => {
  const data = { 'text/plain': 'a', 'text/html': '<b>a</b>', 'image/png': '', 'application/vnd.vegalite.v5+json': {} };
  assert.deepEqual(
    bundleItems({ ...data, 'image/png': 'AAAA' }).map(({ mime }) => mime),
    ['application/vnd.vegalite.v5+json', 'text/html', 'image/png', 'text/plain'],
  );
  // An empty one is shown least.
  assert.equal(bundleItems(data).at(-1)?.mime, 'image/png');
});

test('text is as it came, in one or in many lines', () => {
  assert.deepEqual(texts({ 'text/plain': 'a\nb' }), [['text/plain', 'a\nb']]);
  assert.deepEqual(texts({ 'text/markdown': ['a\n', 'b'] }), [['text/markdown', 'a\nb']]);
  assert.deepEqual(texts({ 'image/svg+xml': '<svg/>' }), [['image/svg+xml', '<svg/>']]);
});

test('JSON is JSON, whatever it is', () => {
  assert.deepEqual(texts({ 'application/json': { a: [1] } }), [['application/json', '{"a":[1]}']]);
  assert.deepEqual(texts({ 'application/json': [1, 2] }), [['application/json', '[1,2]']]);
  assert.deepEqual(texts({ 'application/json': 'text' }), [['application/json', '"text"']]);
  assert.deepEqual(texts({ 'application/json': null }), [['application/json', 'null']]);
  assert.deepEqual(texts({ 'application/geo+json': ['a', 'b'] }), [['application/geo+json', '["a","b"]']]);
  assert.deepEqual(texts({ 'application/vnd.a.v1+json': 5 }), [['application/vnd.a.v1+json', '5']]);
});

test('pictures are bytes', () => {
  const [item] = bundleItems({ 'image/png': 'iVBORw0K\nGgo=' });
  assert.deepEqual([...(item?.data ?? [])], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
});

test('the output has the metadata by which VS Code saves it', () => {
  const content = { data: { 'text/plain': '1' }, metadata: { isolated: true }, execution_count: 7 };
  assert.deepEqual(bundleOutput('execute_result', content).metadata, {
    outputType: 'execute_result',
    metadata: { isolated: true },
    executionCount: 7,
  });
  assert.deepEqual(bundleOutput('display_data', content).metadata, {
    outputType: 'display_data',
    metadata: { isolated: true },
  });
});
