import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { setPriority } from 'node:os';
import { resolve } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { GatewaySpec } from './spec.ts';

/** A child process with the wire on descriptors 3 (to it) and 4 (from it); 1 and 2 stay the user's. */
export interface Child {
  readonly process: ChildProcess;
  readonly input: Writable;
  readonly output: Readable;
  readonly stdout: Readable;
  readonly stderr: Readable;
}

/** Beside this file: as a source in development, as a bundle of its own in production. */
const BOOTSTRAP = ['./remote/bootstrap.ts', './bootstrap.js']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find((path) => existsSync(path));

const NODE_OPTIONS = [
  // The user's code asked for none of Node's experiments: what we use of them warns nobody.
  '--disable-warning=ExperimentalWarning',
  // Files of TypeScript are modules, whether their package says so or not.
  '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
  // An interrupt terminates the code of a timer between Node's bookkeeping of before and after; the check of that
  // bookkeeping would end the process.
  '--no-force-async-hooks-checks',
];

/** @param preload URLs of modules that are loaded while the process starts. */
export function startChildProcess(spec: GatewaySpec, preload: readonly URL[]): Child {
  if (BOOTSTRAP === undefined)
    throw new Error('The bootstrap of the gateway is missing beside its module: build again.');
  const cwd = spec.chdir === undefined ? undefined : resolve(spec.chdir);
  if (cwd !== undefined) mkdirSync(cwd, { recursive: true });
  const child = spawn(spec.node ?? process.execPath, [...NODE_OPTIONS, BOOTSTRAP, ...preload.map(String)], {
    cwd,
    env: { ...process.env, ...spec.env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    // A group of its own: its children end with it, and the terminal's Ctrl-C does not reach it.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  if (spec.nice !== undefined && child.pid !== undefined) setPriority(child.pid, spec.nice);
  return {
    process: child,
    stdout: child.stdout as Readable,
    stderr: child.stderr as Readable,
    input: child.stdio[3] as Writable,
    output: child.stdio[4] as Readable,
  };
}
