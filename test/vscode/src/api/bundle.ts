/** The tests as the extension host loads them: one CommonJS file whose `run` runs them all, and the manifest beside it. */
import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { resultsOf } from './runner.ts';

interface ApiTests {
  /** The folder that stands for an extension under development. */
  readonly extension: string;
  readonly tests: string;
  /** Written when they have ended. */
  readonly results: string;
}

export async function bundleApiTests(folder: string): Promise<ApiTests> {
  const files = globSync('*.api.ts', { cwd: import.meta.dirname }).sort();
  const entry = [...files.map((file) => `import './${file}';`), "export { run } from './runner.ts';"].join('\n');
  const tests = join(folder, 'tests.js');
  await build({
    stdin: { contents: entry, resolveDir: import.meta.dirname, sourcefile: 'tests.ts', loader: 'ts' },
    outfile: tests,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    sourcemap: 'inline',
    external: ['vscode'],
    logLevel: 'warning',
  });
  const manifest = { name: 'api-tests', publisher: 'elara', version: '0.0.0', engines: { vscode: '^1.120.0' } };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  return { extension: folder, tests, results: resultsOf(tests) };
}
