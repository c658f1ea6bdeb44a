import { homedir } from 'node:os';
import path from 'node:path';

/** What decides where the cache is. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
}

/** Where the kernels of a user keep what can be had again. ELARA_CACHE names another place. */
export function cacheFolder(
  { env, home, platform }: Surroundings = { env: process.env, home: homedir(), platform: process.platform },
): string {
  const { join, resolve } = platform === 'win32' ? path.win32 : path.posix;
  if (env.ELARA_CACHE) return resolve(env.ELARA_CACHE);
  switch (platform) {
    case 'win32':
      return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'elara', 'Cache');
    case 'darwin':
      return join(home, 'Library', 'Caches', 'elara');
    default:
      // Relative ones are to be ignored. Spec: XDG Base Directory.
      return join(env.XDG_CACHE_HOME?.startsWith('/') ? env.XDG_CACHE_HOME : join(home, '.cache'), 'elara');
  }
}
