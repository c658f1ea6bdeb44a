/**
 * Installs the peers into the cache folder: Deno, tslab and playwright-core from npm, Jupyter from PyPI, Chromium from Debian
 * where it is missing and can be installed. Does nothing where they are there already.
 *
 *     node test/peers/install.ts [npm] [python] [chromium]
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, chromium, npmFolder, python, venvFolder } from './paths.ts';

/** Runs a command, shows what it writes, and throws unless it ends well. */
export function run(command: string, args: readonly string[], cwd: string, env = process.env): void {
  console.log(`$ ${command} ${args.join(' ')}`);
  const result = spawnSync(command, args, { cwd, env, stdio: 'inherit', timeout: 10 * 60_000 });
  if (result.error) throw new Error(`Cannot run ${command}: ${result.error.message}`, { cause: result.error });
  if (result.status !== 0)
    throw new Error(`${command} ${args[0]} ended with ${result.status ?? result.signal} in ${cwd}`);
}

/** Runs `install` unless `folder` was completely installed from the same `manifest` before. */
function once(folder: string, manifest: string, install: () => void): void {
  const wanted = createHash('sha256').update(readFileSync(manifest)).digest('hex');
  const stamp = join(folder, '.installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) {
    console.log(`${folder}: already installed`);
    return;
  }
  rmSync(stamp, { force: true });
  mkdirSync(folder, { recursive: true });
  install();
  writeFileSync(stamp, wanted);
}

export function installNpmPeers(): void {
  const manifest = join(import.meta.dirname, 'package.json');
  once(npmFolder, manifest, () => {
    copyFileSync(manifest, join(npmFolder, 'package.json'));
    // No install scripts: zeromq and Deno bring their executables in the tarballs.
    run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'], npmFolder);
  });
}

export function installPythonPeers(): void {
  if (process.env.ELARA_PYTHON !== undefined) {
    console.log(`${python}: taken from ELARA_PYTHON`);
    return;
  }
  const requirements = join(import.meta.dirname, 'requirements.txt');
  once(venvFolder, requirements, () => {
    // Debian's python3 comes without it.
    if (spawnSync('python3', ['-c', 'import ensurepip']).status !== 0) installDebianPackages('python3-venv');
    run('python3', ['-m', 'venv', venvFolder], cacheFolder);
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '-r', requirements], cacheFolder);
  });
}

export function installChromium(): void {
  if (chromium() !== undefined) {
    console.log(`${chromium()}: already installed`);
    return;
  }
  installDebianPackages('chromium');
}

/** Throws, saying what to install, where there is no apt-get that we may use. */
export function installDebianPackages(...packages: string[]): void {
  const rights = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  if (!existsSync('/usr/bin/apt-get') || (rights.length > 0 && spawnSync('sudo', ['-n', 'true']).status !== 0)) {
    throw new Error(`Install what Debian has as ${packages.join(' ')}, then run this again.`);
  }
  const aptGet = (...args: string[]): void => {
    const [command = 'apt-get', ...rest] = [...rights, 'apt-get', ...args];
    run(command, rest, '/');
  };
  aptGet('update', '-qq');
  aptGet('install', '-y', '-qq', '--no-install-recommends', ...packages);
}

const installers = { npm: installNpmPeers, python: installPythonPeers, chromium: installChromium };

if (import.meta.main) {
  const named = process.argv.slice(2);
  const unknown = named.filter((name) => !(name in installers));
  if (unknown.length > 0)
    throw new Error(`Unknown peers: ${unknown.join(' ')}. Known: ${Object.keys(installers).join(' ')}.`);
  for (const [name, install] of Object.entries(installers)) if (named.length === 0 || named.includes(name)) install();
}
