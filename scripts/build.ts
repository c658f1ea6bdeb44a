/** Bundles what starts in production: one file for the command, one for the worker, one for each lazily loaded part. */
import { build } from 'esbuild';

await build({
  entryPoints: {
    elara: 'kernel/src/cli/elara.ts',
    worker: 'kernel/src/worker/main.ts',
    control: 'kernel/src/worker/control.ts',
    bootstrap: 'gateway/src/remote/bootstrap.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.18',
  sourcemap: 'linked',
  legalComments: 'linked',
  // Native addons and what is only loaded for rare syntax stay packages.
  external: ['zeromq', 'typescript-js'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
