import { readdirSync } from 'node:fs';
import { dataDir } from '../paths.ts';
import { environmentFirst, pythonEnvironment, userSiteEnabled } from './environment.ts';
import { envSwitch, hostOf, type JupyterHost, pathOf } from './host.ts';

/** Directories of Jupyter's data files, best first, as `jupyter --paths` prints them under `data`. */
export function jupyterPaths(partial?: Partial<JupyterHost>): string[] {
  const host = hostOf(partial);
  const path = pathOf(host);
  const environment = pythonEnvironment(host);
  const system = systemDirs(host, environment?.prefix);

  const explicit = (host.env.JUPYTER_PATH || undefined)?.split(path.delimiter) ?? [];
  const user = [dataDir(host)];
  if (userSiteEnabled(host, environment)) user.push(...userSiteDirs(host));
  const ofEnvironment = environment ? [path.join(environment.prefix, 'share', 'jupyter')] : [];
  const own = host.platform === 'win32' ? ofEnvironment : ofEnvironment.filter((dir) => !system.includes(dir));

  const preferred = envSwitch(host, 'JUPYTER_PREFER_ENV_PATH') ?? (environment && environmentFirst(environment));
  const ordered = preferred ? [...own, ...user] : [...user, ...own];
  // An empty entry of JUPYTER_PATH would mean the current directory: jupyter_core keeps it, a kernel must not come from there.
  const all = [
    ...explicit.filter((dir) => dir !== '').map((dir) => withoutTrailing(dir, path.sep)),
    ...ordered,
    ...system,
  ];
  return [...new Set(all)];
}

/** Directories that hold kernelspecs, best first: `kernels` under each data directory, and IPython's old place. */
export function kernelDirs(partial?: Partial<JupyterHost>): string[] {
  const host = hostOf(partial);
  const path = pathOf(host);
  const ipython = host.env.IPYTHONDIR || path.join(host.home, '.ipython');
  return [...jupyterPaths(host).map((dir) => path.join(dir, 'kernels')), path.join(ipython, 'kernels')];
}

/** System-wide data directories, best first. */
export function systemDirs(partial?: Partial<JupyterHost>, sysPrefix?: string): string[] {
  const host = hostOf(partial);
  const path = pathOf(host);
  const { env } = host;
  const platformDirs = envSwitch(host, 'JUPYTER_PLATFORM_DIRS') ?? false;
  if (host.platform === 'win32') {
    // %PROGRAMDATA% is writable for everyone by default: jupyter_core reads it only where it is asked to.
    if (envSwitch(host, 'JUPYTER_USE_PROGRAMDATA') && env.PROGRAMDATA) {
      return [path.join(env.PROGRAMDATA, 'jupyter')];
    }
    return sysPrefix === undefined ? [] : [path.join(sysPrefix, 'share', 'jupyter')];
  }
  if (platformDirs && host.platform === 'darwin') return ['/Library/Application Support/Jupyter'];
  if (platformDirs && env.XDG_DATA_DIRS) {
    return env.XDG_DATA_DIRS.split(path.delimiter).map((dir) => path.join(dir, 'jupyter'));
  }
  return ['/usr/local/share/jupyter', '/usr/share/jupyter'];
}

/** Where `pip install --user` puts data files: one place on Linux, one for each Python version elsewhere. */
function userSiteDirs(host: JupyterHost): string[] {
  const path = pathOf(host);
  const base = host.env.PYTHONUSERBASE;
  if (base) return [path.join(base, 'share', 'jupyter')];
  if (host.platform === 'darwin') return versionsIn(path.join(host.home, 'Library', 'Python'), path.join);
  if (host.platform === 'win32') {
    return host.env.APPDATA ? versionsIn(path.join(host.env.APPDATA, 'Python'), path.join) : [];
  }
  return [path.join(host.home, '.local', 'share', 'jupyter')];
}

function versionsIn(directory: string, join: (...parts: string[]) => string): string[] {
  try {
    return readdirSync(directory)
      .sort()
      .reverse()
      .map((version) => join(directory, version, 'share', 'jupyter'));
  } catch {
    // No Python has installed anything for this user.
    return [];
  }
}

function withoutTrailing(dir: string, separator: string): string {
  return dir.length > 1 && dir.endsWith(separator) ? dir.slice(0, -1) : dir;
}
