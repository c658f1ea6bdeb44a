/** Elements of a document (linkedom, jsdom, happy-dom): what Observable Plot and D3 draw. */

import { drawPlot } from './plot/mark.ts';
import { findMethod, findProperty } from './properties.ts';
import type { Shown } from './shown.ts';
import { onPaper, standalone } from './svg.ts';

/** An SVG element as an image, any other as HTML; a selection of D3's as its first element. */
export function asElement(value: object): Shown {
  const markup = markupOf(value) ?? markupOf(selected(value));
  if (markup === undefined) return undefined;
  return /^<svg[\s>]/.test(markup)
    ? { 'image/svg+xml': onPaper(standalone(themed(markup))) }
    : { 'text/html': themed(markup) };
}

/** Marks and options of Observable Plot as the plots that they describe. */
export function asPlot(value: object): Shown {
  const drawn = drawPlot(value);
  return typeof drawn === 'object' && drawn !== null ? asElement(drawn) : undefined;
}

function markupOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (findMethod(value, 'cloneNode') === undefined || findMethod(value, 'getAttribute') === undefined) return undefined;
  if (findProperty(value, 'outerHTML') === undefined) return undefined;
  // outerHTML is an accessor in every document model; that this is an element was seen from its methods.
  const markup: unknown = Reflect.get(value, 'outerHTML');
  return typeof markup === 'string' ? markup : undefined;
}

function selected(value: object): unknown {
  if (findProperty(value, '_groups')?.own !== true || findMethod(value, 'selectAll') === undefined) return undefined;
  return findMethod(value, 'node')?.call(value);
}

/** What Plot takes for granted of the page around it, and how it is said to frontends. */
const THEME: readonly (readonly [plot: RegExp, themed: string])[] = [
  // Halos and tips are painted in the colour of the page, which Plot takes for white.
  [/--plot-background: white/g, '--plot-background: var(--jp-layout-color0, var(--vscode-editor-background, white))'],
  // Headings of notebooks are those of chapters, and their figures are set in.
  [/^<figure style="max-width:initial"/, '<figure style="max-width:initial;margin:0"'],
  [/<h2>/, '<h2 style="font-size:1.2em;margin:.3em 0">'],
  [/<h3>/, '<h3 style="font-size:1em;font-weight:normal;opacity:.8;margin:.3em 0">'],
];

function themed(markup: string): string {
  if (!markup.includes('class="plot-')) return markup;
  return THEME.reduce((text, [plot, theme]) => text.replace(plot, theme), markup);
}
