/** Gives Observable Plot and D3 a document to draw on, and nothing else a reason to believe that it runs in a browser. */
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';

/** Modules that use a variable of the browser, and which one it is. */
const DRAWING: readonly (readonly [module: RegExp, variable: 'document' | 'window'])[] = [
  // Asks `typeof window` for its document where the options of a plot have none.
  [/\/@observablehq\/plot\/src\/context\.js$/, 'window'],
  // `create`, `select` and `selectAll`, one file each before version 3.0.1.
  [/\/d3-selection\/src\/(?:create|select|selectAll)\.js$/, 'document'],
  [/\/d3-selection\/dist\/d3-selection\.mjs$/, 'document'],
];

/** Where the document is made: a source in development, a bundle beside this one in production. */
const SOURCE = new URL('./window.ts', import.meta.url);
const WINDOW = existsSync(SOURCE) ? SOURCE : new URL('./plot-window.js', import.meta.url);

/**
 * From now on those modules find their variable in their own scope, however they are loaded: by a cell, by a file of the
 * user's, from whichever node_modules. The document model is loaded with the first of them.
 */
export function installDrawing(): void {
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const variable = DRAWING.find(([module]) => module.test(url))?.[1];
      if (variable === undefined || loaded.source === undefined || loaded.source === null) return loaded;
      const source =
        typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array).toString();
      // On the first line, so that the places of all others in stacks stay right.
      return { ...loaded, source: `import { ${variable} } from ${JSON.stringify(WINDOW.href)}; ${source}` };
    },
  });
}
