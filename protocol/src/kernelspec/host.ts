import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { type PlatformPath, posix, win32 } from 'node:path';

/** The machine as far as Jupyter's paths depend on it. Tests bring their own. */
export interface JupyterHost {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Prefix of the Python environment; found from `env` if absent. */
  readonly sysPrefix?: string;
}

/** `partial`, completed by the machine that this process runs on. */
export function hostOf(partial: Partial<JupyterHost> = {}): JupyterHost {
  return { platform: process.platform, env: process.env, ...partial };
}

/** Path functions of the host's platform. */
export function pathOf(host: JupyterHost): PlatformPath {
  return host.platform === 'win32' ? win32 : posix;
}

/** Home directory, links resolved as jupyter_core resolves them. */
export function homeOf(host: JupyterHost): string {
  const named = host.platform === 'win32' ? host.env.USERPROFILE : host.env.HOME;
  const home = named || homedir();
  try {
    return realpathSync(home);
  } catch {
    // A home that does not exist is still where the paths would be.
    return home;
  }
}

/** A switch in the environment, by jupyter_core's rule: set to anything but no, n, false, off, 0 or 0.0. Unset: undefined. */
export function envSwitch(host: JupyterHost, name: string): boolean | undefined {
  const value = host.env[name];
  return value === undefined ? undefined : !['no', 'n', 'false', 'off', '0', '0.0'].includes(value.toLowerCase());
}
