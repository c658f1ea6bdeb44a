/** Bundles the extension into one CommonJS file, as VS Code loads it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { TYPESCRIPT_PLUGIN } from '../../extension/src/contributions.ts';
import { bundleRenderers } from './bundle-renderers.ts';
import { bundleWebviews } from './bundle-webviews.ts';

export async function bundleExtension(folder = 'extension/dist'): Promise<void> {
  await bundleRenderers(`${folder}/renderers`);
  await bundleWebviews(`${folder}/webviews`);
  await build({
    entryPoints: {
      extension: 'extension/src/main.ts',
      keeper: 'extension/src/keeper/main.ts',
      statements: 'extension/src/files/selection/statements.ts',
    },
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minifySyntax: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    // A package that is named by its folder can be required, not imported.
    supported: { 'dynamic-import': false },
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'linked',
    external: ['vscode', 'bufferutil', 'utf-8-validate'],
    // A bundle of CommonJS has no import.meta.
    define: { 'import.meta.url': '__importMetaUrl' },
    banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
    plugins: [
      {
        name: 'what is not in the bundle',
        setup({ onLoad, onResolve }) {
          // Native addons stay packages, and so does what is seldom needed; the extension uses those of the kernel that it bears.
          onResolve({ filter: /^(zeromq|jsonschema)$/ }, ({ path }) => ({
            path: `../kernel/node_modules/${path}`,
            external: true,
          }));
          onLoad({ filter: /\bload-jsonschema\.ts$/ }, () => ({
            contents: "export const loadJsonSchema = () => require('jsonschema');",
          }));
          // The parser is large and seldom needed: a file of its own, loaded then.
          onResolve({ filter: /\/statements\.ts$/ }, ({ kind }) =>
            kind === 'dynamic-import' ? { path: './statements.cjs', external: true } : undefined,
          );
        },
      },
    ],
    metafile: false,
    logLevel: 'warning',
    absWorkingDir: join(import.meta.dirname, '../..'),
  });
}

/** The plugin of TypeScript's server, as a package: the server loads nothing else. */
export async function bundleTypeScriptPlugin(modules: string): Promise<void> {
  const folder = join(modules, TYPESCRIPT_PLUGIN);
  await build({
    entryPoints: ['extension/typescript-plugin/plugin.ts'],
    outfile: join(folder, 'index.js'),
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node22',
    // TypeScript's server calls what the module is.
    footer: { js: 'module.exports = module.exports.createPlugin;' },
    logLevel: 'warning',
    absWorkingDir: join(import.meta.dirname, '../..'),
  });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: TYPESCRIPT_PLUGIN, version: '0.1.0', private: true }),
  );
}
