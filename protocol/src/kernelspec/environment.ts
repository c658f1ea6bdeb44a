import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type JupyterHost, pathOf } from './host.ts';

/** The Python environment whose kernels are seen besides those of the user and of the system: `sys.prefix` there. */
export interface PythonEnvironment {
  readonly prefix: string;
  readonly kind: 'venv' | 'conda' | 'base';
}

/**
 * The environment that `jupyter` would run in: the one that is activated (VIRTUAL_ENV, CONDA_PREFIX), else that of the
 * first Python on the PATH that shows by its files to be the root of one. No interpreter is started.
 */
export function pythonEnvironment(host: JupyterHost): PythonEnvironment | undefined {
  const { env } = host;
  if (host.sysPrefix) return { prefix: host.sysPrefix, kind: kindOf(host, host.sysPrefix) };
  if (env.VIRTUAL_ENV) return { prefix: env.VIRTUAL_ENV, kind: 'venv' };
  if (env.CONDA_PREFIX) return { prefix: env.CONDA_PREFIX, kind: kindOf(host, env.CONDA_PREFIX) };
  const prefix = prefixOnPath(host);
  return prefix === undefined ? undefined : { prefix, kind: kindOf(host, prefix) };
}

/** True if kernels of the environment go before those of the user (jupyter_core's `prefer_environment_over_user`). */
export function environmentFirst(environment: PythonEnvironment): boolean {
  return environment.kind !== 'base' && ownedByUs(environment.prefix);
}

/** True if Python adds the user's site directory in that environment (`site.ENABLE_USER_SITE`). */
export function userSiteEnabled(host: JupyterHost, environment: PythonEnvironment | undefined): boolean {
  if (host.env.PYTHONNOUSERSITE) return false;
  if (environment?.kind !== 'venv') return true;
  const config = pathOf(host).join(environment.prefix, 'pyvenv.cfg');
  return existsSync(config) && /^include-system-site-packages\s*=\s*true\s*$/im.test(readFileSync(config, 'utf8'));
}

function kindOf(host: JupyterHost, prefix: string): PythonEnvironment['kind'] {
  const path = pathOf(host);
  if (existsSync(path.join(prefix, 'pyvenv.cfg'))) return 'venv';
  const named = host.env.CONDA_DEFAULT_ENV ?? 'base';
  return host.env.CONDA_PREFIX !== undefined && prefix.startsWith(host.env.CONDA_PREFIX) && named !== 'base'
    ? 'conda'
    : 'base';
}

function prefixOnPath(host: JupyterHost): string | undefined {
  const path = pathOf(host);
  const names = host.platform === 'win32' ? ['python.exe'] : ['python3', 'python'];
  for (const directory of (host.env.PATH ?? '').split(path.delimiter)) {
    if (!path.isAbsolute(directory) || !names.some((name) => existsSync(path.join(directory, name)))) continue;
    // A Windows installation has python.exe in its root, a venv there in Scripts, POSIX in bin.
    const base = path.basename(directory).toLowerCase();
    const prefix = base === 'bin' || base === 'scripts' ? path.dirname(directory) : directory;
    const marks = ['pyvenv.cfg', 'conda-meta', path.join('share', 'jupyter')];
    if (marks.some((mark) => existsSync(path.join(prefix, mark)))) return prefix;
  }
  return undefined;
}

function ownedByUs(file: string): boolean {
  let existing = file;
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  return process.geteuid === undefined || statSync(existing).uid === process.geteuid();
}
