/**
 * Runs the scenarios in a real VS Code: `npm run test:vscode [-- FILE…]`. Installs VS Code, makes the .vsix of this platform,
 * checks the types of the scenarios, and runs one file after the other. Ends with `N passed, N failed`.
 *
 *     ELARA_VSIX=FILE   tests this .vsix and makes none
 */
import { spawn, spawnSync } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { installPythonPeers, run } from '../peers/install.ts';
import { installVSCode } from './install.ts';
import { artifacts, folder, repository } from './src/paths.ts';

installVSCode();
// Kernels and clients of somebody else.
installPythonPeers();
if (process.env.ELARA_VSIX === undefined) {
  run('npm', ['run', '--silent', 'build'], repository);
  run('npm', ['run', '--silent', 'package'], repository);
}
rmSync(artifacts, { recursive: true, force: true });

const typed = spawnSync('npx', ['--no', '--', 'tsc', '-p', folder], { cwd: repository, stdio: 'inherit' }).status === 0;
let passed = typed ? 1 : 0;
let failed = typed ? 0 : 1;
const named = process.argv.slice(2);
const files = named.length > 0 ? named : globSync(join(folder, 'src/**/*.test.ts')).sort();
const child = spawn(process.execPath, ['--test', '--test-concurrency=1', '--test-reporter=spec', ...files], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
for await (const line of createInterface({ input: child.stdout })) {
  console.log(line);
  const [, name, number] = /^ℹ (pass|fail|cancelled|skipped|todo) (\d+)$/.exec(line) ?? [];
  if (name === 'pass') passed += Number(number);
  else if (name !== undefined) failed += Number(number);
}
// A file that cannot be run has no count.
if (passed < 2 && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
