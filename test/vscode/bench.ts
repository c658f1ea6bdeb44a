/**
 * Measures the extension in a real VS Code: `node test/vscode/bench.ts`. The last line that it writes is JSON: the figures of
 * `src/bench/in-host.ts`, and the size of the .vsix in MiB.
 */
import { statSync } from 'node:fs';
import { run } from '../peers/install.ts';
import { installVSCode } from './install.ts';
import type { Figures } from './src/bench/in-host.ts';
import { closeBrowser } from './src/browser.ts';
import { runInHost } from './src/host/run.ts';
import { typescriptNotebook } from './src/notebooks.ts';
import { folder, repository, vsix } from './src/paths.ts';
import { CodeServer } from './src/server.ts';

const NOTEBOOKS = 5;

installVSCode();
if (process.env.ELARA_VSIX === undefined) {
  run('npm', ['run', '--silent', 'build'], repository);
  run('npm', ['run', '--silent', 'package'], repository);
}
const server = await CodeServer.start();
try {
  for (let index = 0; index < NOTEBOOKS; index++) server.write(`${index}.ipynb`, typescriptNotebook('1 + 1'));
  const entry = { contents: "export { run } from './src/bench/in-host.ts';", resolveDir: folder };
  const figures = await runInHost<Figures>(server, entry, { timeoutMs: 300_000 });
  console.log(JSON.stringify({ ...figures, vsix: statSync(vsix()).size / 2 ** 20 }));
} finally {
  await closeBrowser();
  await server[Symbol.asyncDispose]();
}
