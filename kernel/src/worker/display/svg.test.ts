import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onPaper, standalone } from './svg.ts';

test('an SVG that stands for itself declares the namespaces that it uses', () => {
  const cases: readonly (readonly [svg: string, made: string])[] = [
    ['<svg><g></g></svg>', '<svg xmlns="http://www.w3.org/2000/svg"><g></g></svg>'],
    ['<svg xmlns="x"></svg>', '<svg xmlns="x"></svg>'],
    [
      '<svg xmlns="x"><image xlink:href="y"/></svg>',
      '<svg xmlns:xlink="http://www.w3.org/1999/xlink" xmlns="x"><image xlink:href="y"/></svg>',
    ],
    ['<!-- c --><svg xmlns="x">a&nbsp;b</svg>', '<!-- c --><svg xmlns="x">a&#160;b</svg>'],
    ['no svg', 'no svg'],
  ];
  for (const [svg, made] of cases) assert.equal(standalone(svg), made);
});

test('an SVG in the colour of the text around it brings its own paper', () => {
  assert.equal(
    onPaper('<svg fill="currentColor"><g/></svg>'),
    '<svg fill="currentColor"><style>svg:root{background:#fff;color:#000}</style><g/></svg>',
  );
  for (const other of ['<svg fill="red"><g/></svg>', '<svg fill="currentColor" />'])
    assert.equal(onPaper(other), other);
});
