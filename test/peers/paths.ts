/** Where the peers lie once `install.ts` has put them there. */
import { existsSync, globSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

/** Survives between runs and checkouts: `$ELARA_CACHE`, or `.cache` at the root of the repository. */
export const cacheFolder = resolve(process.env.ELARA_CACHE ?? join(import.meta.dirname, '../../.cache'), 'peers');

export const npmFolder = join(cacheFolder, 'npm');
export const venvFolder = join(cacheFolder, 'venv');

const scripts = process.platform === 'win32' ? 'Scripts' : 'bin';

/** Python with jupyter_client and the rest of `requirements.txt`. `$ELARA_PYTHON` names another one. */
export const python = process.env.ELARA_PYTHON ?? join(venvFolder, scripts, 'python');

/** A command of the virtual environment, such as `jupyter-lab`. */
export function pythonCommand(name: string): string {
  return join(python, '..', name);
}

/**
 * Deno's executable itself: the npm package `deno` holds a launcher that starts Node first, and the one for this platform in
 * an optional dependency.
 */
export function denoExecutable(): string {
  const [found] = globSync(`@deno/${process.platform}-${process.arch}*/deno{,.exe}`, {
    cwd: join(npmFolder, 'node_modules'),
  });
  if (found === undefined)
    throw new Error(`No Deno for ${process.platform}-${process.arch} in ${npmFolder}: run test/peers/install.ts.`);
  return join(npmFolder, 'node_modules', found);
}

export const tslabScript = join(npmFolder, 'node_modules/tslab/bin/tslab');

/** Chromium of the system (Debian's package `chromium`), or `undefined`. */
export function chromium(): string | undefined {
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));
}
