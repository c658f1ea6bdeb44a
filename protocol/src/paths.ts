/** Where Jupyter keeps its files, by platform, as jupyter_core has it. Spec: "Wire". */
import { homedir } from 'node:os';
import path from 'node:path';

/** The machine as far as the places depend on it. Tests give their own; everyone else leaves it out. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
}

export function surroundings(): Surroundings {
  return { env: process.env, platform: process.platform, home: homedir() };
}

/** A variable that is set and not empty. */
function variable(of: Surroundings, name: string): string | undefined {
  return of.env[name] || undefined;
}

function pathsOf(of: Surroundings): path.PlatformPath {
  return of.platform === 'win32' ? path.win32 : path.posix;
}

/** jupyter_core's opt-in for the places that the platform recommends. */
function platformDirs(of: Surroundings): boolean {
  const value = variable(of, 'JUPYTER_PLATFORM_DIRS')?.toLowerCase();
  return value !== undefined && !['no', 'n', 'false', 'off', '0', '0.0'].includes(value);
}

/** The user's data: kernelspecs and the runtime folder. JUPYTER_DATA_DIR names another place. */
export function dataDir(of: Surroundings = surroundings()): string {
  const named = variable(of, 'JUPYTER_DATA_DIR');
  if (named !== undefined) return named;
  const { join } = pathsOf(of);
  switch (of.platform) {
    case 'darwin':
      return platformDirs(of)
        ? join(of.home, 'Library', 'Application Support', 'Jupyter')
        : join(of.home, 'Library', 'Jupyter');
    case 'win32': {
      if (platformDirs(of)) return join(variable(of, 'LOCALAPPDATA') ?? join(of.home, 'AppData', 'Local'), 'Jupyter');
      const appData = variable(of, 'APPDATA');
      if (appData !== undefined) return join(appData, 'jupyter');
      return join(variable(of, 'JUPYTER_CONFIG_DIR') ?? join(of.home, '.jupyter'), 'data');
    }
    default:
      return join(variable(of, 'XDG_DATA_HOME') ?? join(of.home, '.local', 'share'), 'jupyter');
  }
}

/** Where connection files are. JUPYTER_RUNTIME_DIR names another place. */
export function runtimeDir(of: Surroundings = surroundings()): string {
  return variable(of, 'JUPYTER_RUNTIME_DIR') ?? pathsOf(of).join(dataDir(of), 'runtime');
}

/** Where the connection file of a kernel is: `kernel-ID.json` in the runtime folder. */
export function connectionFilePath(id: string, of: Surroundings = surroundings()): string {
  return pathsOf(of).join(runtimeDir(of), `kernel-${id}.json`);
}
