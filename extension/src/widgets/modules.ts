/**
 * The frontends of widgets that neither ipywidgets nor anywidget bring. Packages of Python install theirs for the classic
 * notebook, as one file, where Jupyter looks: `nbextensions/<module>/index.js`.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { discoverKernelSpecs, jupyterPaths } from '@elara/protocol/kernelspec';

const NAME = /^(@[\w-][\w.-]*\/)?[\w-][\w.-]*$/;

/** @param specName The kernel's: its own environment comes first. Resolves to undefined if nobody has the module. */
export async function findModule(name: string, specName: string | undefined): Promise<string | undefined> {
  if (!NAME.test(name)) return undefined;
  for (const folder of [...(await environmentsOf(specName)), ...jupyterPaths()]) {
    const source = await readIfThere(join(folder, 'nbextensions', name, 'index.js'));
    if (source !== undefined) return source;
  }
  return undefined;
}

/** The data folders of the Python that a kernelspec starts, and of the environment that it lies in. */
async function environmentsOf(specName: string | undefined): Promise<string[]> {
  if (specName === undefined) return [];
  const found = (await discoverKernelSpecs()).found.get(specName.toLowerCase());
  if (found === undefined) return [];
  const [program = ''] = found.spec.argv;
  return [join(dirname(dirname(program)), 'share', 'jupyter'), dirname(dirname(found.resourceDir))];
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw error;
  }
}
