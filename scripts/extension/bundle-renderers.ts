/** Bundles what VS Code loads into the outputs of notebooks: ES modules for its browser, with their style sheets and fonts. */
import { join } from 'node:path';
import { build } from 'esbuild';

export async function bundleRenderers(folder = 'extension/dist/renderers'): Promise<void> {
  await build({
    entryPoints: {
      widgets: 'extension/renderers/widgets/main.ts',
      vega: 'extension/renderers/vega/main.ts',
      plotly: 'extension/renderers/plotly/main.ts',
      latex: 'extension/renderers/latex/main.ts',
      json: 'extension/renderers/json/main.ts',
      javascript: 'extension/renderers/javascript/main.ts',
      media: 'extension/renderers/media/main.ts',
      katex: 'katex/dist/katex.css',
    },
    outdir: folder,
    assetNames: 'fonts/[name]',
    // Beside the entries: modules find style sheets beside themselves.
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    legalComments: 'linked',
    // Of a font in several formats, the first one serves.
    loader: { '.woff2': 'file', '.woff': 'empty', '.ttf': 'empty', '.svg': 'dataurl' },
    alias: { 'sanitize-html': './extension/renderers/widgets/sanitize.ts' },
    logLevel: 'warning',
    absWorkingDir: join(import.meta.dirname, '../..'),
  });
}
