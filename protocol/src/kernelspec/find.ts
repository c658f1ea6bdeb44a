import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KernelSpecError, NoSuchKernelError, systemCode } from './errors.ts';
import type { JupyterHost } from './host.ts';
import { kernelDirs } from './paths.ts';
import { checkedName, type FoundKernelSpec, parseKernelSpec } from './spec.ts';

/** A directory that should be a kernelspec and cannot be used. */
export interface BrokenKernelSpec {
  readonly name: string;
  readonly resourceDir: string;
  readonly error: KernelSpecError;
}

export interface DiscoveredKernelSpecs {
  /** Usable kernelspecs by name. */
  readonly found: Map<string, FoundKernelSpec>;
  /** Those that cannot be used, with the reason. */
  readonly broken: readonly BrokenKernelSpec[];
}

/** Every kernelspec where Jupyter looks; of several with one name the first wins, also if it is broken, as in Jupyter. */
export async function discoverKernelSpecs(host?: Partial<JupyterHost>): Promise<DiscoveredKernelSpecs> {
  const found = new Map<string, FoundKernelSpec>();
  const broken: BrokenKernelSpec[] = [];
  const taken = new Set<string>();
  for (const directory of kernelDirs(host)) {
    for (const entry of await entriesOf(directory, broken)) {
      const resourceDir = join(directory, entry);
      const name = entry.toLowerCase();
      if (taken.has(name)) continue;
      try {
        const spec = await readKernelSpec(resourceDir);
        if (spec === undefined) continue;
        found.set(checkedName(entry), { name, resourceDir, spec });
      } catch (error) {
        if (!(error instanceof KernelSpecError)) throw error;
        broken.push({ name, resourceDir, error });
      }
      taken.add(name);
    }
  }
  return { found, broken };
}

/** The usable kernelspecs by name. */
export async function findKernelSpecs(host?: Partial<JupyterHost>): Promise<Map<string, FoundKernelSpec>> {
  return (await discoverKernelSpecs(host)).found;
}

/**
 * The kernelspec of that name; letter case does not matter.
 * @throws NoSuchKernelError, naming those that there are; KernelSpecError ERR_KERNELSPEC_BROKEN with the reason.
 */
export async function getKernelSpec(name: string, host?: Partial<JupyterHost>): Promise<FoundKernelSpec> {
  const { found, broken } = await discoverKernelSpecs(host);
  const wanted = name.toLowerCase();
  const spec = found.get(wanted);
  if (spec) return spec;
  const unusable = broken.find((one) => one.name === wanted);
  if (unusable) throw unusable.error;
  throw new NoSuchKernelError(name, [...found.keys()].sort());
}

/** Reads `kernel.json` in that directory; undefined if it has none, and so is no kernelspec. */
async function readKernelSpec(resourceDir: string): Promise<FoundKernelSpec['spec'] | undefined> {
  const file = join(resourceDir, 'kernel.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new KernelSpecError('ERR_KERNELSPEC_BROKEN', `${file}: cannot be read (${code})`, { cause: error });
  }
  return parseKernelSpec(text, file);
}

async function entriesOf(directory: string, broken: BrokenKernelSpec[]): Promise<string[]> {
  try {
    return (await readdir(directory)).sort();
  } catch (error) {
    const code = systemCode(error);
    if (code !== 'ENOENT' && code !== 'ENOTDIR') {
      const reason = `${directory}: cannot be listed (${code})`;
      broken.push({
        name: '',
        resourceDir: directory,
        error: new KernelSpecError('ERR_KERNELSPEC_BROKEN', reason, { cause: error }),
      });
    }
    return [];
  }
}
