import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { ProtocolError } from './errors.ts';
import { runtimeDir } from './paths.ts';

/** Connection files of kernels, as launchers name them. */
const ANY_KERNEL = 'kernel-*.json';

/**
 * The connection file that a person means, by Jupyter's rules (`--existing`): a path; or a name in the current folder or
 * the runtime folder; or a part of such a name, or a pattern with `*` and `?`. Where several fit, the latest.
 * @param name Default: any kernel's.
 * @param folders Searched in order. Default: the current folder and the runtime folder.
 * @returns An absolute path.
 * @throws ProtocolError ERR_FILE_MISSING
 */
export async function findConnectionFile(
  name = ANY_KERNEL,
  folders: readonly string[] = ['.', runtimeDir()],
): Promise<string> {
  for (const folder of folders) {
    const file = path.resolve(folder, name);
    if (await isFile(file)) return file;
  }
  const pattern = patternOf(/[*?]/.test(name) ? name : `*${name}*`);
  const found: { file: string; time: number }[] = [];
  for (const folder of folders) {
    for (const entry of await namesIn(folder)) {
      if (!pattern.test(entry)) continue;
      const file = path.resolve(folder, entry);
      const time = await modified(file);
      if (time !== undefined) found.push({ file, time });
    }
  }
  const [latest] = found.sort((a, b) => b.time - a.time);
  if (latest !== undefined) return latest.file;
  throw new ProtocolError(
    'ERR_FILE_MISSING',
    `no connection file ${JSON.stringify(name)} in ${folders.map((folder) => path.resolve(folder)).join(' or ')}: ` +
      'the kernel has ended, or the name is wrong',
  );
}

/** Undefined where the kernel has ended and removed its file meanwhile. */
async function modified(file: string): Promise<number | undefined> {
  try {
    return (await stat(file)).mtimeMs;
  } catch {
    return undefined;
  }
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    // Missing, or below something that is no folder: not here.
    return false;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json')).map((entry) => entry.name);
  } catch {
    // The runtime folder is made by the first kernel.
    return [];
  }
}

function patternOf(glob: string): RegExp {
  const source = glob
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`);
}
