import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseColor } from './color.ts';

test('colours', () => {
  const cases: readonly (readonly [css: string, color: readonly number[]])[] = [
    ['rgb(1, 2, 3)', [1, 2, 3, 255]],
    ['rgba(1, 2, 3, 0.5)', [1, 2, 3, 127.5]],
    ['rgb(1 2 3 / 50%)', [1, 2, 3, 127.5]],
    ['rgb(100%, 0%, 20%)', [255, 0, 51, 255]],
    ['#0f8', [0, 255, 136, 255]],
    ['#01020380', [1, 2, 3, 128]],
    [' #010203 ', [1, 2, 3, 255]],
    ['hsl(0, 100%, 50%)', [255, 0, 0, 255]],
    ['hsl(120deg 100% 50%)', [0, 255, 0, 255]],
    ['hsl(-120, 100%, 50%)', [0, 0, 255, 255]],
    ['hsla(240, 0%, 50%, 0)', [127.5, 127.5, 127.5, 0]],
    ['nonsense', [0, 0, 0, 0]],
    ['', [0, 0, 0, 0]],
  ];
  for (const [css, color] of cases) assert.deepEqual(parseColor(css), color, css);
});
