import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withDollars } from './delimiters.ts';

test('formulas between dollars, and environments, stay as they are', () => {
  assert.equal(withDollars(String.raw`$\displaystyle x$`), String.raw`$\displaystyle x$`);
  assert.equal(
    withDollars(String.raw`\begin{align}a &= b\\c &= d\end{align}`),
    String.raw`\begin{align}a &= b\\c &= d\end{align}`,
  );
});

test('delimiters of LaTeX become dollars', () => {
  assert.equal(withDollars(String.raw`Let \(x^2\) and \( y \)`), 'Let $x^2$ and $y$');
  assert.equal(withDollars('\\[\n\\frac{1}{2}\n\\]'), '$$\\frac{1}{2}$$');
});

test('a formula without delimiters gets them', () => {
  assert.equal(withDollars('x^2'), '$$x^2$$');
});
