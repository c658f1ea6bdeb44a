import { chmod, lstat, mkdir, mkdtemp, rename, rm, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { dataDir } from '../paths.ts';
import { pythonEnvironment } from './environment.ts';
import { KernelSpecError, systemCode } from './errors.ts';
import { getKernelSpec } from './find.ts';
import { hostOf, type JupyterHost } from './host.ts';
import { systemDirs } from './paths.ts';
import { checkedName, parseKernelSpec } from './spec.ts';

/** Where a kernelspec goes: at most one of these; none of them means system-wide, as in Jupyter. */
export interface KernelSpecPlace {
  /** The user's data directory. */
  readonly user?: boolean;
  /** `PREFIX/share/jupyter/kernels`. */
  readonly prefix?: string;
  /** The activated Python environment. */
  readonly sysPrefix?: boolean;
}

export interface InstallKernelSpecOptions extends KernelSpecPlace {
  readonly name: string;
  /** Content by file name, `kernel.json` among them. No subdirectories. */
  readonly sourceFiles: Readonly<Record<string, string | Uint8Array>>;
  /** Replaces one of the same name in the same place; true if absent, as in Jupyter. */
  readonly replace?: boolean;
}

/**
 * Writes a kernelspec, all of it or nothing: the directory appears with its files in it, readable for everyone (0644).
 * @returns the directory.
 * @throws KernelSpecError: ERR_KERNELSPEC_NAME, _BROKEN (its kernel.json), _PLACE, _EXISTS, _PERMISSION, _WRITE.
 */
export async function installKernelSpec(
  options: InstallKernelSpecOptions,
  host?: Partial<JupyterHost>,
): Promise<string> {
  const name = checkedName(options.name);
  const target = join(kernelsDir(options, hostOf(host)), name);
  checkFiles(options.sourceFiles, target);
  try {
    if (options.replace === false && (await exists(target))) {
      throw new KernelSpecError('ERR_KERNELSPEC_EXISTS', `${target} exists already. Remove it or ask to replace it.`);
    }
    await mkdir(dirname(target), { recursive: true, mode: 0o755 });
    // Beside `kernels` and not in it: there a half-written kernelspec would be listed.
    const staged = await mkdtemp(join(dirname(dirname(target)), '.kernelspec-'));
    try {
      await writeInto(join(staged, 'new'), options.sourceFiles);
      await replaceDir(target, join(staged, 'new'), join(staged, 'old'));
    } finally {
      await rm(staged, { recursive: true, force: true });
    }
  } catch (error) {
    throw explained(error, 'install', target);
  }
  return target;
}

/**
 * Removes the kernelspec of that name that Jupyter would use, or the one in `place`.
 * @returns the directory that is gone.
 * @throws NoSuchKernelError; KernelSpecError ERR_KERNELSPEC_NAME, _PLACE, _PERMISSION, _WRITE.
 */
export async function removeKernelSpec(
  name: string,
  host?: Partial<JupyterHost>,
  place?: KernelSpecPlace,
): Promise<string> {
  checkedName(name);
  const complete = hostOf(host);
  const only = place && kernelsDir(place, complete);
  const directory = await directoryOf(name, complete, only);
  try {
    const isLink = (await lstat(directory)).isSymbolicLink();
    await (isLink ? unlink(directory) : rm(directory, { recursive: true }));
  } catch (error) {
    throw explained(error, 'remove', directory);
  }
  return directory;
}

/** `kernels` directory of that place. */
export function kernelsDir(place: KernelSpecPlace, host: JupyterHost): string {
  const asked = [place.user, place.prefix !== undefined, place.sysPrefix].filter(Boolean).length;
  if (asked > 1) {
    throw new KernelSpecError('ERR_KERNELSPEC_PLACE', 'Say only one of user, prefix and sys-prefix.');
  }
  if (place.user) return join(dataDir(host), 'kernels');
  if (place.prefix !== undefined) return join(resolve(place.prefix), 'share', 'jupyter', 'kernels');
  const environment = pythonEnvironment(host);
  if (place.sysPrefix) {
    if (environment) return join(environment.prefix, 'share', 'jupyter', 'kernels');
    throw new KernelSpecError(
      'ERR_KERNELSPEC_PLACE',
      'No Python environment was found for sys-prefix: activate one, or give the prefix itself.',
    );
  }
  const system = systemDirs(host, environment?.prefix)[0];
  if (system !== undefined) return join(system, 'kernels');
  throw new KernelSpecError('ERR_KERNELSPEC_PLACE', 'This system has no place for all users: install for the user.');
}

async function directoryOf(name: string, host: JupyterHost, only: string | undefined): Promise<string> {
  if (only !== undefined && (await exists(join(only, name.toLowerCase())))) return join(only, name.toLowerCase());
  if (only !== undefined) throw new KernelSpecError('ERR_NO_SUCH_KERNEL', `No kernel named ${name} in ${only}.`);
  return (await getKernelSpec(name, host)).resourceDir;
}

function checkFiles(files: InstallKernelSpecOptions['sourceFiles'], target: string): void {
  const spec = files['kernel.json'];
  if (spec === undefined) {
    throw new KernelSpecError('ERR_KERNELSPEC_BROKEN', `No kernel.json among the files for ${target}.`);
  }
  parseKernelSpec(typeof spec === 'string' ? spec : new TextDecoder().decode(spec), 'kernel.json');
  const nested = Object.keys(files).find((file) => file !== basename(file) || file === '..' || file === '.');
  if (nested !== undefined) throw new KernelSpecError('ERR_KERNELSPEC_BROKEN', `${nested} is not a plain file name.`);
}

async function writeInto(directory: string, files: InstallKernelSpecOptions['sourceFiles']): Promise<void> {
  await mkdir(directory);
  // chmod after the fact, because a umask would take away what the mode of mkdir and open gives.
  await chmod(directory, 0o755);
  for (const [file, content] of Object.entries(files)) {
    await writeFile(join(directory, file), content);
    await chmod(join(directory, file), 0o644);
  }
}

/** Puts `fresh` at `target`; what was there is back if that fails. */
async function replaceDir(target: string, fresh: string, aside: string): Promise<void> {
  const had = await exists(target);
  if (had) await rename(target, aside);
  try {
    await rename(fresh, target);
  } catch (error) {
    if (had) await rename(aside, target);
    throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await lstat(file);
    return true;
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
}

function explained(error: unknown, verb: 'install' | 'remove', target: string): KernelSpecError {
  if (error instanceof KernelSpecError) return error;
  const code = systemCode(error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    const instead = verb === 'install' ? 'Install for the user, or into a prefix of your own.' : 'Ask who owns it.';
    return new KernelSpecError('ERR_KERNELSPEC_PERMISSION', `May not ${verb} ${target} (${code}). ${instead}`, {
      cause: error,
    });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new KernelSpecError('ERR_KERNELSPEC_WRITE', `Could not ${verb} ${target}: ${reason}`, { cause: error });
}
