import { existsSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { PackageError } from '../../packages/errors.ts';

/** What decides which npm is used. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** The Node that runs. */
  readonly execPath: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly exists: (file: string) => boolean;
  readonly realpath: (file: string) => string;
}

const HERE: Machine = {
  platform: process.platform,
  execPath: process.execPath,
  env: process.env,
  exists: existsSync,
  realpath: realpathSync,
};

/**
 * How npm is started: the one that came with this Node, or else that of PATH. It is a program of Node's wherever possible:
 * the npm.cmd of Windows would need a shell, with its quoting.
 * @throws PackageError ERR_NPM_MISSING
 */
export function npmProgram(machine: Machine = HERE): readonly [program: string, ...args: string[]] {
  const { platform, execPath, env, exists, realpath } = machine;
  const { join, dirname, delimiter } = platform === 'win32' ? path.win32 : path.posix;
  const beside = (folder: string): string => join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js');
  const ownFolder = dirname(execPath);
  const own = platform === 'win32' ? beside(ownFolder) : beside(join(dirname(ownFolder), 'lib'));
  if (exists(own)) return [execPath, own];
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    if (platform === 'win32') {
      if (exists(join(folder, 'npm.cmd')) && exists(beside(folder))) return [execPath, beside(folder)];
      continue;
    }
    const command = join(folder, 'npm');
    if (!exists(command)) continue;
    const program = realpath(command);
    return program.endsWith('.js') ? [execPath, program] : [program];
  }
  throw new PackageError(
    'ERR_NPM_MISSING',
    `There is no npm: neither with the Node that runs (${execPath}) nor in PATH. Install Node with npm from nodejs.org, or put npm in PATH, and restart the kernel.`,
  );
}
