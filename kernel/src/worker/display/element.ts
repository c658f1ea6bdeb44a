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

/** Plot paints halos and tips in the colour of the page, which it takes for white. */
function themed(markup: string): string {
  return markup.replaceAll(
    '--plot-background: white',
    '--plot-background: var(--jp-layout-color0, var(--vscode-editor-background, white))',
  );
}
