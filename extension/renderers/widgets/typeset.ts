import { loadStyleSheet } from '../style-sheet.ts';

const FORMULA = /\$|\\\(|\\\[/;

const DELIMITERS = [
  { left: '$$', right: '$$', display: true },
  { left: '\\[', right: '\\]', display: true },
  { left: '$', right: '$', display: false },
  { left: '\\(', right: '\\)', display: false },
];

let styled: Promise<void> | undefined;

/** Shows the formulas in a text of a widget. KaTeX is loaded with the first of them. */
export async function typeset(element: HTMLElement): Promise<void> {
  if (!FORMULA.test(element.textContent)) return;
  styled ??= loadStyleSheet('katex.css');
  const [{ default: render }] = await Promise.all([import('katex/contrib/auto-render'), styled]);
  render(element, { delimiters: DELIMITERS, throwOnError: false });
}
