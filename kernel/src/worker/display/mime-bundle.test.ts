import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import vm from 'node:vm';
import { $display } from './bundle.ts';
import { html, image, latex, md } from './displayable.ts';
import { mimeBundle } from './mime-bundle.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
const png = Buffer.from(PNG, 'base64');

const fail = (): never => assert.fail('a getter or trap ran');
const boom = (): never => {
  throw new Error('boom');
};

const text = (plain: string) => ({ 'text/plain': plain });

/** As node-canvas has it: the method is on the prototype, and gives a data URL. */
class Canvas {
  toDataURL(): string {
    return `data:image/png;base64,${PNG}`;
  }
}
/** As skia-canvas has it. */
class AsyncCanvas {
  async toDataURL(): Promise<string> {
    return new Canvas().toDataURL();
  }
}
/** An element as jsdom and linkedom have it: outerHTML is an accessor of a prototype. */
class Element {
  readonly #markup: string;
  constructor(markup: string) {
    this.#markup = markup;
  }
  get outerHTML(): string {
    return this.#markup;
  }
  cloneNode(): Element {
    return this;
  }
  getAttribute(): null {
    return null;
  }
}
class Chart {
  secret = 'x'.repeat(1_000);
  [$display](): Record<string, unknown> {
    return { 'text/html': '<i>chart</i>', 'image/png': png };
  }
}
class Frame extends Chart {
  [inspect.custom](): string {
    return 'Frame of 3 rows';
  }
}
const vegaLite = (version: string) => ({
  $schema: `https://vega.github.io/schema/vega-lite/${version}.json`,
  mark: 'bar',
});

describe('mimeBundle', () => {
  const cases: readonly (readonly [name: string, value: unknown, data: Record<string, unknown> | null])[] = [
    ['undefined shows nothing', undefined, null],
    ['null', null, text('null')],
    ['a number', 2, text('2')],
    ['a string', 'a', text("'a'")],
    ['a string of HTML is a string', '<b>', text("'<b>'")],
    ['a map of primitives is text', new Map([['a', 1]]), text("Map(1) { 'a' => 1 }")],
    ['a set of primitives is text', new Set([1]), text('Set(1) { 1 }')],
    ['an array of numbers is text', [1, 2], text('[ 1, 2 ]')],
    ['a plain object is text', { toDataURL: 1, $schema: 'x' }, text("{ toDataURL: 1, '$schema': 'x' }")],
    ['an error is text', Object.assign(new Error('no'), { stack: 'Error: no' }), text('[Error: no]')],

    [
      'Jupyter.display',
      { [$display]: () => ({ 'text/html': '<b>' }) },
      { 'text/html': '<b>', 'text/plain': '[text/html, 3 characters]' },
    ],
    ['Jupyter.display, asynchronous', { [$display]: async () => text('later') }, text('later')],
    [
      'Jupyter.display on a class, bytes in base64',
      new Chart(),
      { 'text/html': '<i>chart</i>', 'image/png': PNG, 'text/plain': '[text/html, 12 characters]' },
    ],
    [
      'Jupyter.display beside a custom inspect',
      new Frame(),
      { 'text/html': '<i>chart</i>', 'image/png': PNG, 'text/plain': 'Frame of 3 rows' },
    ],
    ['Jupyter.display on a function', Object.assign(() => 1, { [$display]: () => text('f') }), text('f')],
    [
      'Jupyter.display that gives a displayable',
      { [$display]: () => md`*x*` },
      { 'text/markdown': '*x*', 'text/plain': '*x*' },
    ],
    ['Jupyter.display that shows nothing', { [$display]: () => ({}) }, null],
    [
      'Jupyter.display of a proxy that hides its descriptors',
      new Proxy(
        { [inspect.custom]: () => 'shape: (3, 2)' },
        {
          has: (_, key) => key === $display,
          get: () => () => ({ 'text/html': '<table/>' }),
          getOwnPropertyDescriptor: boom,
        },
      ),
      { 'text/html': '<table/>', 'text/plain': 'shape: (3, 2)' },
    ],
    ['a proxy that answers to every name', new Proxy({ a: 1 }, { get: () => fail }), text('{ a: 1 }')],

    ['html', html`<b>`, { 'text/html': '<b>', 'text/plain': '[text/html, 3 characters]' }],
    ['md', md`# x`, { 'text/markdown': '# x', 'text/plain': '# x' }],
    ['latex', latex`x`, { 'text/latex': '$$x$$', 'text/plain': '$$x$$' }],

    ['PNG in a Buffer', png, { 'image/png': PNG, 'text/plain': '[image/png, 70 bytes]' }],
    ['PNG in an ArrayBuffer', new Uint8Array(png).buffer, { 'image/png': PNG, 'text/plain': '[image/png, 70 bytes]' }],
    [
      'SVG in a Uint8Array',
      new TextEncoder().encode('<svg>ü</svg>'),
      { 'image/svg+xml': '<svg>ü</svg>', 'text/plain': '[image/svg+xml, 12 characters]' },
    ],
    ['other bytes', Buffer.from('hi'), text('<Buffer 68 69>')],
    ['numbers that are not bytes', new Float32Array([1]), text('Float32Array(1) [ 1 ]')],
    [
      'a Blob with a type',
      new Blob([png], { type: 'image/png' }),
      { 'image/png': PNG, 'text/plain': '[image/png, 70 bytes]' },
    ],
    [
      'a Blob of text with a charset',
      new Blob(['<b>ü'], { type: 'text/html;charset=utf-8' }),
      { 'text/html': '<b>ü', 'text/plain': '[text/html, 4 characters]' },
    ],

    ['a canvas', new Canvas(), { 'image/png': PNG, 'text/plain': '[image/png, 70 bytes]' }],
    ['an asynchronous canvas', new AsyncCanvas(), { 'image/png': PNG, 'text/plain': '[image/png, 70 bytes]' }],
    [
      'an SVG element gets its namespace',
      new Element('<svg width="1"><g></g></svg>'),
      {
        'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg" width="1"><g></g></svg>',
        'text/plain': '[image/svg+xml, 63 characters]',
      },
    ],
    [
      'an HTML element',
      new Element('<p>x</p>'),
      { 'text/html': '<p>x</p>', 'text/plain': '[text/html, 8 characters]' },
    ],
    [
      'tslab’s and ijavascript’s methods',
      { _toHtml: () => '<b>', _toPng: async () => PNG },
      { 'text/html': '<b>', 'image/png': PNG, 'text/plain': '[text/html, 3 characters]' },
    ],
    ['_toMime', { _toMime: () => ({ 'text/markdown': '*x*' }) }, { 'text/markdown': '*x*', 'text/plain': '*x*' }],
    [
      '_repr_html_ that gives nothing',
      { _repr_html_: () => null, a: 1 },
      text('{ _repr_html_: [Function: _repr_html_], a: 1 }'),
    ],
    ['_repr_mimebundle_ with metadata', { _repr_mimebundle_: () => [text('x'), {}] }, text('x')],
    [
      'toHTML',
      new (class T {
        toHTML() {
          return '<table/>';
        }
      })(),
      { 'text/html': '<table/>', 'text/plain': '[text/html, 8 characters]' },
    ],
    [
      'toSVG',
      new (class T {
        toSVG() {
          return '<svg/>'.replace('/', ' /');
        }
      })(),
      { 'image/svg+xml': '<svg xmlns="http://www.w3.org/2000/svg" />', 'text/plain': '[image/svg+xml, 42 characters]' },
    ],
    [
      'toPng that gives bytes, later',
      new (class T {
        async toPng() {
          return png;
        }
      })(),
      { 'image/png': PNG, 'text/plain': '[image/png, 70 bytes]' },
    ],
    [
      'toTex, as mathjs has it',
      new (class T {
        toTex() {
          return 'x^2';
        }
      })(),
      { 'text/latex': '$$x^2$$', 'text/plain': '$$x^2$$' },
    ],
    [
      'toPNG that gives no PNG',
      new (class T {
        toPNG() {
          return 'nothing';
        }
      })(),
      text('T {}'),
    ],
    [
      'toHTML that throws',
      new (class T {
        toHTML() {
          return boom();
        }
      })(),
      text('T {}'),
    ],
    [
      'a library’s function of that name',
      {
        toSVG(_node: unknown) {
          return fail();
        },
      },
      text('{ toSVG: [Function: toSVG] }'),
    ],
    [
      'a getter of that name',
      {
        get toHTML() {
          return fail();
        },
      },
      text('{ toHTML: [Getter] }'),
    ],

    [
      'Vega',
      { $schema: 'https://vega.github.io/schema/vega/v5.json' },
      {
        'application/vnd.vega.v5+json': { $schema: 'https://vega.github.io/schema/vega/v5.json' },
        'text/plain': '[Vega chart]',
      },
    ],
    [
      'Vega-Lite 5',
      vegaLite('v5'),
      { 'application/vnd.vegalite.v5+json': vegaLite('v5'), 'text/plain': '[Vega-Lite chart]' },
    ],
    [
      'Vega-Lite 4.17',
      vegaLite('v4.17.0'),
      { 'application/vnd.vegalite.v4+json': vegaLite('v4.17.0'), 'text/plain': '[Vega-Lite chart]' },
    ],
    [
      'Vega-Lite 6 also as 5, which frontends know',
      vegaLite('v6'),
      {
        'application/vnd.vegalite.v6+json': vegaLite('v6'),
        'application/vnd.vegalite.v5+json': vegaLite('v6'),
        'text/plain': '[Vega-Lite chart]',
      },
    ],
    [
      'a vega-lite-api chart',
      new (class Chart {
        toSpec() {
          return vegaLite('v5');
        }
      })(),
      { 'application/vnd.vegalite.v5+json': vegaLite('v5'), 'text/plain': '[Vega-Lite chart]' },
    ],
    [
      'another schema',
      { $schema: 'https://json-schema.org/draft/2020-12/schema' },
      text("{ '$schema': 'https://json-schema.org/draft/2020-12/schema' }"),
    ],
  ];
  for (const [name, value, data] of cases) {
    test(name, async () => assert.deepEqual((await mimeBundle(value))?.data ?? null, data));
  }

  describe('tables', () => {
    const tables: readonly (readonly [name: string, value: unknown, text: string])[] = [
      ['records', [{ a: 1 }], '        a\n   number\n0       1\n1 row × 1 column'],
      [
        'records of another realm',
        vm.runInNewContext('[{ a: 1 }]'),
        '        a\n   number\n0       1\n1 row × 1 column',
      ],
      ['a map of records', new Map([['k', { a: 1 }]]), 'key       a\n     number\n  k       1\n1 row × 1 column'],
      [
        'a data frame',
        { height: 3, head: (n: number) => ({ toRecords: () => [{ a: n }] }), toRecords: fail },
        '        a\n   number\n0     200\n…\n3 rows × 1 column',
      ],
    ];
    for (const [name, value, plain] of tables) {
      test(name, async () => {
        const { data } = (await mimeBundle(value)) ?? assert.fail();
        assert.deepEqual(Object.keys(data), ['text/html', 'application/vnd.dataresource+json', 'text/plain']);
        assert.equal(data['text/plain'], plain);
      });
    }
  });

  test('is synchronous for what is', () => {
    for (const value of [1, { a: 1 }, png, [{ a: 1 }], new Canvas(), new Chart(), html`x`]) {
      assert.ok(!(mimeBundle(value) instanceof Promise), inspect(value));
    }
  });

  test('carries the metadata of images', () => {
    assert.deepEqual(mimeBundle(image(png, { width: 5 })), {
      data: { 'image/png': PNG, 'text/plain': '[image/png, 70 bytes]' },
      metadata: { 'image/png': { width: 5 } },
    });
  });

  describe('shows hostile objects somehow', () => {
    const { proxy: revoked, revoke } = Proxy.revocable({}, {});
    revoke();
    const traps = { get: boom, has: boom, ownKeys: boom, getOwnPropertyDescriptor: boom, getPrototypeOf: boom };
    const cyclic: Record<string, unknown> = { $schema: 'https://vega.github.io/schema/vega-lite/v5.json' };
    cyclic.self = cyclic;
    const detached = new ArrayBuffer(8);
    structuredClone(detached, { transfer: [detached] });
    const endless: object = new Proxy({}, { getPrototypeOf: () => endless });
    const hostile: readonly (readonly [name: string, value: unknown, plain: RegExp])[] = [
      ['a revoked proxy', revoked, /^<Revoked Proxy>$/],
      ['a proxy of throwing traps', new Proxy({ a: 1 }, traps), /^\{ a: 1 \}$/],
      ['a proxy with an endless prototype chain', endless, /^\{\}$/],
      ['a display that throws', { [$display]: boom }, /display failed: Error: boom\]$/],
      ['a display that rejects', { [$display]: async () => boom() }, /display failed: Error: boom\]$/],
      [
        'a display that gives a string',
        { [$display]: () => 'x' },
        /display failed: TypeError: it gave 'x', not an object of media types\]$/,
      ],
      [
        'a display whose JSON has a cycle',
        { [$display]: () => ({ 'application/json': cyclic }) },
        /display failed: TypeError: .*circular/,
      ],
      ['_toHtml that throws', { _toHtml: boom }, /display failed: Error: boom\]$/],
      ['a specification with a cycle', cyclic, /display failed: TypeError: .*circular/],
      [
        'getters everywhere',
        {
          get a() {
            return fail();
          },
        },
        /^\{ a: \[Getter\] \}$/,
      ],
      ['a detached ArrayBuffer', detached, /detached/],
      ['an object without prototype', Object.create(null), /^\[Object: null prototype\] \{\}$/],
    ];
    for (const [name, value, plain] of hostile) {
      test(name, async () => {
        const bundle = await mimeBundle(value);
        assert.match(String(bundle?.data['text/plain']), plain);
      });
    }
  });
});
