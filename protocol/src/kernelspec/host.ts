import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { type PlatformPath, posix, win32 } from 'node:path';
import type { Surroundings } from '../paths.ts';

/** The machine as far as the search for kernelspecs depends on it. Tests bring their own. */
export interface JupyterHost extends Surroundings {
  /** Prefix of the Python environment; found from `env` if absent. */
  readonly sysPrefix?: string;
}

/** `partial`, completed by the machine that this process runs on. */
export function hostOf(partial: Partial<JupyterHost> = {}): JupyterHost {
  const { env = process.env, platform = process.platform } = partial;
  const home = partial.home ?? (platform === 'win32' ? env.USERPROFILE : env.HOME);
  return { ...partial, env, platform, home: resolved(home || homedir()) };
}

/** Path functions of the host's platform. */
export function pathOf(host: JupyterHost): PlatformPath {
  return host.platform === 'win32' ? win32 : posix;
}

/** A switch in the environment, by jupyter_core's rule: set to anything but no, n, false, off, 0 or 0.0. Unset: undefined. */
export function envSwitch(host: JupyterHost, name: string): boolean | undefined {
  const value = host.env[name];
  return value === undefined ? undefined : !['no', 'n', 'false', 'off', '0', '0.0'].includes(value.toLowerCase());
}

/** Links resolved, as jupyter_core resolves those of the home directory. */
function resolved(home: string): string {
  try {
    return realpathSync(home);
  } catch {
    // A home that does not exist is still where the paths would be.
    return home;
  }
}
