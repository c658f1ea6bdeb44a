import assert from 'node:assert/strict';
import { test } from 'node:test';
import { geoJsonSpec } from './geojson.ts';

const around = [
  [0, 0],
  [2, 0],
  [2, 2],
  [0, 2],
  [0, 0],
];
const hole = [
  [0.5, 0.5],
  [0.5, 1],
  [1, 1],
  [1, 0.5],
  [0.5, 0.5],
];

test('areas are gone around as D3 does, whichever way they were', () => {
  const geometry = { type: 'Polygon', coordinates: [around, hole] };
  const drawn = { type: 'Polygon', coordinates: [around.toReversed(), hole.toReversed()] };
  const feature = { type: 'Feature', properties: { name: 'a' }, geometry };
  assert.deepEqual(geoJsonSpec(feature), {
    ...geoJsonSpec({ type: 'Feature' }),
    data: { values: { ...feature, geometry: drawn } },
  });
  const other = { type: 'GeometryCollection', geometries: [drawn, { type: 'Point', coordinates: [1, 2] }] };
  assert.deepEqual(Reflect.get(geoJsonSpec(other), 'data'), { values: other });
});

test('each feature of a collection is a shape of its own', () => {
  const data = { type: 'FeatureCollection', features: [] };
  assert.deepEqual(Reflect.get(geoJsonSpec(data), 'data'), { values: data, format: { property: 'features' } });
});
