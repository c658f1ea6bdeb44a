/** The document on which Observable Plot and D3 draw. Loaded by them alone, see hook.ts. */
import { parseHTML } from 'linkedom/worker';
import { PixelCanvas } from './pixel-canvas.ts';

const { document } = parseHTML('<!doctype html><html><head></head><body></body></html>');
const createElement: (name: string) => unknown = document.createElement.bind(document);

Object.defineProperty(document, 'createElement', {
  // The only elements on which Plot draws pixels: ramps of colour legends, and rasters.
  value: (name: string) => (name === 'canvas' ? new PixelCanvas() : createElement(name)),
});

export { document };
export const window = { document, devicePixelRatio: 1 };
