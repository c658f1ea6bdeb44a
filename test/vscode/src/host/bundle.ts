/** Our code as the extension host loads it: one CommonJS file whose `run` VS Code calls, and the manifest beside it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { resultsOf } from './report.ts';

export interface HostEntry {
  /** TypeScript that exports `run(file: string): Promise<void>`, which reports its results with `report`. */
  readonly contents: string;
  readonly resolveDir: string;
}

export interface HostBundle {
  /** The folder that stands for an extension under development. */
  readonly extension: string;
  readonly file: string;
  /** Written when `run` has ended. */
  readonly results: string;
}

export async function bundleForHost(folder: string, { contents, resolveDir }: HostEntry): Promise<HostBundle> {
  const file = join(folder, 'bundle.js');
  await build({
    stdin: { contents, resolveDir, sourcefile: 'entry.ts', loader: 'ts' },
    outfile: file,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    sourcemap: 'inline',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const manifest = { name: 'tests', publisher: 'elara', version: '0.0.0', engines: { vscode: '^1.120.0' } };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return { extension: folder, file, results: resultsOf(file) };
}
