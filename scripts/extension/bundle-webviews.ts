/** Bundles the pages that the extension shows in tabs: an ES module each for VS Code's browser, with its style sheet. */
import { join } from 'node:path';
import { build } from 'esbuild';

export async function bundleWebviews(folder = 'extension/dist/webviews'): Promise<void> {
  await build({
    entryPoints: { 'data-view': 'extension/webviews/data-view/main.ts' },
    outdir: folder,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    logLevel: 'warning',
    absWorkingDir: join(import.meta.dirname, '../..'),
  });
}
