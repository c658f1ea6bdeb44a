/**
 * Installs code-server (VS Code as a web application) and playwright-core into the cache folder, and what they need of
 * Debian where it is missing. Does nothing where they are there already.
 *
 *     node test/vscode/install.ts
 *
 * npm installs nothing of code-server's native parts as it is: its own install script takes minutes, and compiles what only
 * other editions need. These are the ones that the server and the extension host load.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { installChromium, installDebianPackages, run } from '../peers/install.ts';
import { cacheFolder, folder, sshd } from './src/paths.ts';

const nativeModules = ['@vscode/spdlog', '@vscode/native-watchdog'];

/** Debian's packages by the command that shows that they are there. */
const buildTools = { 'g++': 'g++', make: 'make', python3: 'python3' };

const npmInstall = ['--ignore-scripts', '--no-audit', '--no-fund'];

export function installVSCode(): void {
  installChromium();
  installSshd();
  const wanted = join(cacheFolder, fingerprint());
  if (existsSync(wanted)) console.log(`${wanted}: already installed`);
  else install(wanted);
  link(join(wanted, 'node_modules'));
}

/** Where systemd runs, its package would start a server that all the world can reach: that is for the user to decide. */
function installSshd(): void {
  if (existsSync(sshd)) console.log(`${sshd}: already installed`);
  else if (existsSync('/run/systemd/system')) throw new Error("Install Debian's openssh-server, then run this again.");
  else installDebianPackages('openssh-server');
}

/** Another lock file, other native modules, or another Node: another folder. */
function fingerprint(): string {
  const hash = createHash('sha256').update(JSON.stringify([nativeModules, process.versions.modules]));
  return hash
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
    .slice(0, 16);
}

/** All or nothing: made beside, and renamed when complete. */
function install(target: string): void {
  const temporary = `${target}.${process.pid}`;
  mkdirSync(temporary, { recursive: true });
  try {
    for (const file of ['package.json', 'package-lock.json']) copyFileSync(join(folder, file), join(temporary, file));
    const env = environment();
    run('npm', ['ci', ...npmInstall], temporary, env);
    const vscode = join(temporary, 'node_modules/code-server/lib/vscode');
    // Not `ci`: code-server's own lock files do not fit their manifests in every version.
    run('npm', ['install', '--omit=dev', ...npmInstall], vscode, env);
    run('npm', ['install', '--omit=dev', ...npmInstall], join(vscode, 'extensions'), env);
    installBuildTools();
    run('npm', ['rebuild', ...nativeModules], vscode, env);
    for (const name of nativeModules) run(process.execPath, ['-e', `require('${name}')`], vscode, env);
    renameSync(temporary, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  for (const name of readdirSync(cacheFolder)) {
    const old = join(cacheFolder, name);
    // One with a dot is being made by another process.
    if (old !== target && !name.includes('.')) rmSync(old, { recursive: true, force: true });
  }
}

/** npm and node-gyp run on the Node that the server will run on. */
function environment(): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` };
  // Addons of N-API build with the headers of any Node: no download where the system has some.
  if (existsSync('/usr/include/node/node_api.h')) env.npm_config_nodedir ??= '/usr';
  return env;
}

function installBuildTools(): void {
  const missing = Object.entries(buildTools).flatMap(([command, debianPackage]) =>
    spawnSync(command, ['--version']).status === 0 ? [] : [debianPackage],
  );
  if (missing.length > 0) installDebianPackages(...missing);
}

/** So that `import 'playwright-core'` finds it, at run time and in the editor. */
function link(target: string): void {
  const place = join(folder, 'node_modules');
  rmSync(place, { recursive: true, force: true });
  symlinkSync(target, place);
}

if (import.meta.main) installVSCode();
