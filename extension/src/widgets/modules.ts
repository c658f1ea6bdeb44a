/**
 * The frontends of widgets that neither ipywidgets nor anywidget bring. Packages of Python install theirs for the classic
 * notebook where Jupyter looks: `nbextensions/<module>/index.js`, and beside it an `extension.js`, which tells the notebook
 * where modules of other names are.
 */
import { readdir, readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { discoverKernelSpecs, jupyterPaths } from '@elara/protocol/kernelspec';

const NAME = /^(@[\w-][\w.-]*\/)?[\w-][\w.-]*$/;

/** @param specName The kernel's: its own environment comes first. Resolves to undefined if nobody has the module. */
export async function findModule(name: string, specName: string | undefined): Promise<string | undefined> {
  if (!NAME.test(name)) return undefined;
  for (const data of [...(await environmentsOf(specName)), ...jupyterPaths()]) {
    const folder = join(data, 'nbextensions');
    for await (const place of placesOf(name, folder)) {
      const file = join(folder, place);
      const source = await readIfThere(file);
      if (source !== undefined) return await withAssets(source, dirname(file));
    }
  }
  return undefined;
}

/** What an `extension.js` says of a module: `three: "nbextensions/jupyter-threejs/three"`. */
const PLACE = /([@\w][\w@./-]*)["']?\s*:\s*["']nbextensions\/([\w-][\w.-]*\/[\w-][\w.-]*)["']/g;

/** Where the module may be in a folder: under its name, or else where a package says. */
async function* placesOf(name: string, folder: string): AsyncGenerator<string> {
  yield join(name, 'index.js');
  for (const one of await listIfThere(folder)) {
    const said = (await readIfThere(join(folder, one, 'extension.js'))) ?? '';
    const [, , place] = said.matchAll(PLACE).find(([, known]) => known === name) ?? [];
    if (place !== undefined) yield `${place}.js`;
  }
}

/** Pictures and fonts that bundles of webpack have beside them. */
const ASSET = /\b\w+\.p\s*\+\s*["']([\w-][\w.-]*)["']/g;
const ASSET_TYPES: Readonly<Record<string, string>> = {
  '.gif': 'image/gif',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Puts the files that a module loads from beside it into its text: where it runs there is nothing beside it. */
async function withAssets(source: string, folder: string): Promise<string> {
  const assets = new Map<string, string>();
  for (const [, name = ''] of source.matchAll(ASSET)) {
    const type = ASSET_TYPES[extname(name)];
    const bytes = type && (await readIfThere(join(folder, name), 'base64'));
    if (bytes !== undefined) assets.set(name, `"data:${type};base64,${bytes}"`);
  }
  return source.replaceAll(ASSET, (address, name: string) => assets.get(name) ?? address);
}

/** The data folders of the Python that a kernelspec starts, and of the environment that it lies in. */
async function environmentsOf(specName: string | undefined): Promise<string[]> {
  if (specName === undefined) return [];
  const found = (await discoverKernelSpecs()).found.get(specName.toLowerCase());
  if (found === undefined) return [];
  const [program = ''] = found.spec.argv;
  return [join(dirname(dirname(program)), 'share', 'jupyter'), dirname(dirname(found.resourceDir))];
}

async function readIfThere(file: string, encoding: 'utf8' | 'base64' = 'utf8'): Promise<string | undefined> {
  return await ifThere(() => readFile(file, encoding));
}

async function listIfThere(folder: string): Promise<readonly string[]> {
  return (await ifThere(() => readdir(folder))) ?? [];
}

async function ifThere<Found>(find: () => Promise<Found>): Promise<Found | undefined> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) {
      return undefined;
    }
    throw error;
  }
}
