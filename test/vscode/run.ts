/**
 * Runs the scenarios in a real VS Code: `npm run test:vscode [-- FILE…]`. Installs VS Code, makes the .vsix of this platform,
 * checks the types of the scenarios, and runs one file after the other, all in one window as far as they want the same. Ends with `N passed, N failed`.
 *
 *     ELARA_VSIX=FILE   tests this .vsix and makes none
 */
import { spawnSync } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { report, runTests } from '../../scripts/run-tests.ts';
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
const named = process.argv.slice(2);
const files = named.length > 0 ? named : globSync(join(folder, 'src/**/*.test.ts')).sort();
const { passed, failed } = await runTests(files, '--test-isolation=none');
report({ passed: passed + (typed ? 1 : 0), failed: failed + (typed ? 0 : 1) });
