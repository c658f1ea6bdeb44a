type Position = readonly number[];
type Ring = readonly Position[];

/** A chart of the shapes of GeoJSON: without a map below, which would have to come from the net. */
export function geoJsonSpec(data: unknown): object {
  const values = rewound(data);
  const isCollection = isRecord(values) && Array.isArray(values.features);
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 500,
    height: 300,
    data: { values, ...(isCollection && { format: { property: 'features' } }) },
    projection: { type: 'mercator' },
    mark: { type: 'geoshape', fillOpacity: 0.4, stroke: 'currentColor', strokeWidth: 0.8 },
  };
}

/** GeoJSON goes around areas counterclockwise (RFC 7946, 3.1.6); D3 takes such a ring for the rest of the globe. */
function rewound(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewound);
  if (!isRecord(value)) return value;
  if (value.type === 'Polygon') return { ...value, coordinates: polygon(value.coordinates as Ring[]) };
  if (value.type === 'MultiPolygon') return { ...value, coordinates: (value.coordinates as Ring[][]).map(polygon) };
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      /^(features|geometry|geometries)$/.test(name) ? rewound(member) : member,
    ]),
  );
}

function polygon(rings: readonly Ring[]): Ring[] {
  return rings.map((ring, index) => (area(ring) > 0 === (index === 0) ? ring.toReversed() : ring));
}

/** Positive for a ring that goes counterclockwise. */
function area(ring: Ring): number {
  let sum = 0;
  for (const [index, [x = 0, y = 0]] of ring.entries()) {
    const [nextX = 0, nextY = 0] = ring[(index + 1) % ring.length] ?? [];
    sum += x * nextY - nextX * y;
  }
  return sum;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
