/** A chart of the shapes of GeoJSON: without a map below, which would have to come from the net. */
export function geoJsonSpec(data: unknown): object {
  const isCollection = typeof data === 'object' && data !== null && 'features' in data;
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 500,
    height: 300,
    data: { values: data, ...(isCollection && { format: { property: 'features' } }) },
    projection: { type: 'mercator' },
    mark: { type: 'geoshape', fillOpacity: 0.4, stroke: 'currentColor', strokeWidth: 0.8 },
  };
}
