/** Bundles what starts in production: one file for the command, one for the worker, one for each lazily loaded part. */
import { cpSync, rmSync } from 'node:fs';
import { build } from 'esbuild';

rmSync('dist', { recursive: true, force: true });

await build({
  entryPoints: {
    elara: 'kernel/src/cli/elara.ts',
    worker: 'kernel/src/worker/main.ts',
    widgets: 'kernel/src/worker/widgets/index.ts',
    commands: 'kernel/src/worker/commands/index.ts',
    control: 'kernel/src/worker/control.ts',
    files: 'kernel/src/worker/files/index.ts',
    packages: 'kernel/src/worker/packages/index.ts',
    variables: 'kernel/src/worker/variables/index.ts',
    'debug-agent': 'kernel/src/debugger/agent/agent.ts',
    'plot-window': 'kernel/src/worker/display/plot/window.ts',
    bootstrap: 'gateway/src/remote/bootstrap.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  sourcemap: 'linked',
  legalComments: 'linked',
  // Native addons and what is only loaded for rare syntax stay packages.
  external: ['zeromq', 'typescript-js'],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
  logLevel: 'warning',
});

// What the kernel gives to cells, for the language server.
cpSync('kernel/types', 'dist/types', { recursive: true });
