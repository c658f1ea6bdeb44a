/**
 * Runs the tests that need the peers, which it installs: `npm run test:peers`. Ends with `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Counts, report } from '../../scripts/run-tests.ts';
import { Jupyter, repository } from '../interop/jupyter.ts';
import { installChromium, installNpmPeers, installPythonPeers } from './install.ts';
import { python } from './paths.ts';

/** Runs a suite, shows what it writes, and takes its counts from its last line. One that ends without them has failed. */
async function suite(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<Counts> {
  const child = spawn(command, args, { cwd: repository, env, stdio: ['ignore', 'pipe', 'inherit'] });
  let counts: Counts | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    const [, passed, failed] = /^(\d+) passed, (\d+) failed$/.exec(line) ?? [];
    if (passed !== undefined && failed !== undefined) counts = { passed: Number(passed), failed: Number(failed) };
    else console.log(line);
  }
  return counts ?? { passed: 0, failed: 1 };
}

installNpmPeers();
installPythonPeers();
installChromium();

using jupyter = await Jupyter.install();
const tests = globSync('test/interop/**/*.test.ts', { cwd: repository }).sort();
const interop = join(repository, 'test/interop');
const results = [
  await suite(python, [join(interop, 'run_suites.py'), 'jupyter_kernel_test', 'jupyter_console'], jupyter.env),
  await suite(process.execPath, [join(repository, 'scripts/test.ts'), ...tests], {
    ...process.env,
    ELARA_PYTHON: python,
  }),
];
report({
  passed: results.reduce((sum, counts) => sum + counts.passed, 0),
  failed: results.reduce((sum, counts) => sum + counts.failed, 0),
});
