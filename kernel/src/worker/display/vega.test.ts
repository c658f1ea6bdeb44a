import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isPlainObject } from './properties.ts';
import { asVega, asVegaChart } from './vega.ts';

const $schema = 'https://vega.github.io/schema/vega-lite/v5.json';
const TYPE = 'application/vnd.vegalite.v5+json';
const rows = Array.from({ length: 30_000 }, (_, i) => ({ i }));

function shown(spec: object): { spec: Record<string, unknown>; text: unknown } {
  const data = asVega({ $schema, ...spec }) ?? assert.fail();
  const made = data[TYPE];
  assert.ok(isPlainObject(made));
  return { spec: made, text: data['text/plain'] };
}

const lengths = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, inner: unknown) => (key === 'values' && Array.isArray(inner) ? inner.length : inner)),
  );

describe('rows of a specification are bounded, and the chart says so', () => {
  const notice = 'only 20,000 of 30,000 rows';
  const cases: readonly (readonly [name: string, spec: object, made: object, notice: string])[] = [
    [
      'in its data',
      { data: { values: rows } },
      { data: { values: 20_000 }, title: { text: '', subtitle: notice } },
      notice,
    ],
    [
      'below a title',
      { title: 'T', data: { values: rows } },
      { title: { text: 'T', subtitle: notice }, data: { values: 20_000 } },
      notice,
    ],
    [
      'below a title and its subtitle',
      { title: { text: 'T', subtitle: ['s'] }, data: { values: rows } },
      { title: { text: 'T', subtitle: ['s', notice] }, data: { values: 20_000 } },
      notice,
    ],
    [
      'in layers',
      { layer: [{ data: { values: rows } }, { data: { values: rows } }, { mark: 'rule' }] },
      {
        layer: [{ data: { values: 20_000 } }, { data: { values: 20_000 } }, { mark: 'rule' }],
        title: { text: '', subtitle: 'only 40,000 of 60,000 rows' },
      },
      'only 40,000 of 60,000 rows',
    ],
    [
      'in the view of a facet',
      { spec: { hconcat: [{ data: { values: rows } }] } },
      { spec: { hconcat: [{ data: { values: 20_000 } }] }, title: { text: '', subtitle: notice } },
      notice,
    ],
  ];
  for (const [name, spec, made, said] of cases) {
    test(name, () => {
      const { spec: bounded, text } = shown(spec);
      assert.deepEqual(lengths(bounded), { $schema, ...made });
      assert.equal(text, `[Vega-Lite chart: ${said}]`);
    });
  }

  test('in named data sets, and in those of Vega', () => {
    const { spec } = shown({ datasets: { a: rows, b: [1] } });
    assert.ok(isPlainObject(spec.datasets) && Array.isArray(spec.datasets.a));
    assert.equal(spec.datasets.a.length, 20_000);
    const vega = asVega({
      $schema: 'https://vega.github.io/schema/vega/v5.json',
      data: [
        { name: 'a', values: rows },
        { name: 'b', url: 'b.csv' },
      ],
    });
    assert.deepEqual(lengths(vega?.['application/vnd.vega.v5+json']), {
      $schema: 'https://vega.github.io/schema/vega/v5.json',
      data: [
        { name: 'a', values: 20_000 },
        { name: 'b', url: 'b.csv' },
      ],
      title: { text: '', subtitle: notice },
    });
  });

  test('the user’s own specification stays as it is', () => {
    const spec = { $schema, data: { values: rows }, layer: [{ data: { values: rows } }] };
    const before = structuredClone(spec);
    asVega(spec);
    assert.deepEqual(spec, before);
  });

  test('a small one is sent as it is', () => {
    const { spec, text } = shown({ title: 'T', data: { values: [{ i: 1 }] } });
    assert.deepEqual(spec, { $schema, title: 'T', data: { values: [{ i: 1 }] } });
    assert.equal(text, '[Vega-Lite chart]');
  });
});

describe('objects that give a specification', () => {
  class Chart {
    readonly #spec: unknown;
    constructor(spec: unknown) {
      this.#spec = spec;
    }
    toObject(): unknown {
      return this.#spec;
    }
  }

  test('toObject', () => {
    assert.deepEqual(asVegaChart(new Chart({ $schema, mark: 'bar' })), {
      [TYPE]: { $schema, mark: 'bar' },
      'text/plain': '[Vega-Lite chart]',
    });
  });

  test('a method of that name of anything else', () => {
    assert.equal(asVegaChart(new Chart({ a: 1 })), undefined);
    assert.equal(asVegaChart({ toObject: () => assert.fail('no') }), undefined);
  });
});
