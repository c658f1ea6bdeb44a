/**
 * Measures the extension in a real VS Code: `node test/vscode/bench.ts [FILE.vsix]`. The last line that it writes is JSON: the
 * figures of `src/bench/in-host.ts`, and the size of the .vsix in MiB; the same of the notebook extension FILE.vsix, if there
 * is one, as `beside`. That one runs the kernel of `dist/` by its kernelspec.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../peers/install.ts';
import { installVSCode } from './install.ts';
import type { Figures } from './src/bench/figures.ts';
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
const [other] = process.argv.slice(2);
try {
  const figures = await measure(vsix());
  const beside = other === undefined ? undefined : await measure(other, installKernelSpecs);
  console.log(JSON.stringify({ ...figures, beside }));
} finally {
  await closeBrowser();
}

/** @param prepare Is called before VS Code has a window. */
async function measure(file: string, prepare: (server: CodeServer) => void = () => undefined): Promise<object> {
  const server = await CodeServer.start({ extension: file });
  try {
    prepare(server);
    for (let index = 0; index < NOTEBOOKS; index++) server.write(`${index}.ipynb`, typescriptNotebook('1 + 1'));
    const entry = { contents: "export { run } from './src/bench/in-host.ts';", resolveDir: folder };
    const figures = await runInHost<Figures>(server, entry, { timeoutMs: 300_000 });
    return { ...figures, vsix: statSync(file).size / 2 ** 20 };
  } finally {
    await server[Symbol.asyncDispose]();
  }
}

/** Our kernels, for whoever looks where Jupyter does. */
function installKernelSpecs(server: CodeServer): void {
  run(process.execPath, [join(repository, 'dist/elara.js'), 'install'], repository, server.env);
}
