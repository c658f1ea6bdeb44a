import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Displayable, html, image, json, latex, md, svg } from './displayable.ts';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

describe('tags', () => {
  const cases: readonly (readonly [name: string, made: Displayable, data: Record<string, unknown>])[] = [
    ['html', html`<b>${1 + 1}</b>`, { 'text/html': '<b>2</b>' }],
    ['html of a string', html('<b>x</b>'), { 'text/html': '<b>x</b>' }],
    ['html in html', html`<p>${html`<b>${'x'}</b>`}</p>`, { 'text/html': '<p><b>x</b></p>' }],
    [
      'a list of html',
      html`<ul>${[1, 2].map((n) => html`<li>${n}</li>`)}</ul>`,
      { 'text/html': '<ul><li>1</li><li>2</li></ul>' },
    ],
    ['undefined and null, as in Deno', html`${undefined}${null}`, { 'text/html': 'null' }],
    ['md', md`# Title\n\n😀`, { 'text/markdown': '# Title\n\n😀' }],
    ['md with escapes that are LaTeX’s', md`$\unit$`, { 'text/markdown': '$\\unit$' }],
    ['svg', svg`<svg></svg>`, { 'image/svg+xml': '<svg></svg>' }],
    ['latex keeps its backslashes', latex`\frac{1}{${2}}`, { 'text/latex': '$$\\frac{1}{2}$$' }],
    ['latex with delimiters', latex`$x$`, { 'text/latex': '$x$' }],
    ['latex with an environment', latex`\begin{align}x\end{align}`, { 'text/latex': '\\begin{align}x\\end{align}' }],
    ['json', json({ a: [1] }), { 'application/json': { a: [1] } }],
  ];
  for (const [name, made, data] of cases) test(name, () => assert.deepEqual(made.data, data));

  test('json refuses what JSON cannot hold', () => {
    assert.throws(() => json({ big: 1n }), TypeError);
    assert.throws(() => json(() => 1), { name: 'TypeError', message: /has no form in JSON/ });
  });
});

describe('image', () => {
  const bytes = Buffer.from(PNG, 'base64');

  test('from bytes, an ArrayBuffer and data URLs', () => {
    const memory = new Uint8Array(bytes).buffer;
    for (const source of [bytes, new Uint8Array(bytes), memory, `data:image/png;base64,${PNG}`]) {
      assert.deepEqual(image(source).data, { 'image/png': PNG });
    }
    assert.deepEqual(image('data:image/svg+xml,%3Csvg%20%2F%3E').data, { 'image/svg+xml': '<svg />' });
  });

  test('from a file, with its size', () => {
    const folder = mkdtempSync(join(tmpdir(), 'image-'));
    try {
      const path = join(folder, 'dot.png');
      writeFileSync(path, bytes);
      assert.deepEqual(image(path, { width: 10 }), image(bytes, { width: 10 }));
      assert.deepEqual(image(path, { width: 10 }).metadata, { 'image/png': { width: 10 } });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('refuses what is no image, and says why', () => {
    assert.throws(() => image(Buffer.from('text')), { name: 'TypeError', message: /no image/ });
    assert.throws(
      () => image('/no/such.png'),
      (error: unknown) =>
        error instanceof TypeError && error.message.includes('/no/such.png') && error.cause instanceof Error,
    );
  });
});
